-- Counts without looking at jobs. Dead entries at the head of a list are thrown away on the way.
-- Returns {pause, known, running, delayed and retrying, retrying, D, X, C, E, due time of the oldest ready job or '', 1 if more
-- entries must be thrown away to know it, due time of the first delayed job or '', blocked, 1 if the queue has been empty for
-- too long to be listed}. ARGV: how long that is, in ms.
local left, oldest = 1000, ''

local function head(lane)
  while left > 0 do
    local entry = redis.call('LINDEX', KEYS[LANES + lane], 0)
    if not entry then
      return
    end
    local id = string.sub(entry, 1, 16)
    local job = load(id)
    if job and stands_by(entry, job) then
      local run = job.run ~= '' and tonumber(job.run) or struct.unpack('>I6', string.sub(job.record, 1, 6))
      oldest = (oldest == '' or run < oldest) and run or oldest
      return
    end
    redis.call('LPOP', KEYS[LANES + lane])
    left = left - 1
  end
end

local meta = redis.call('HMGET', META, 'pause', 'lanes', 'retrying', 'blocked', 'empty')
local known = redis.call('HLEN', JOBS)
local is_over = known == 0 and (not meta[1] or meta[1] == 'NONE') and meta[5] and tonumber(meta[5]) <= now - ARGV[1]
for lane = 0, 9 do
  if string.find(meta[2] or '', lane, 1, true) then
    head(lane)
  end
end
local due = redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2]
return { meta[1] or 'NONE', known, redis.call('ZCARD', LEASES), redis.call('ZCARD', DELAYED),
  tonumber(meta[3] or 0), redis.call('ZCARD', ENDS.D), redis.call('ZCARD', ENDS.X), redis.call('ZCARD', ENDS.C),
  redis.call('ZCARD', ENDS.E), oldest == '' and '' or digits(oldest), left == 0 and 1 or 0,
  due and due ~= NEVER and due or '', tonumber(meta[4] or 0), is_over and 1 or 0 }
