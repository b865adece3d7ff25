-- Counts without looking at jobs. Dead entries at the head of a list are thrown away on the way, or passed over where the
-- server takes no writes: up to 1000 at a time. If there are more and none can be thrown away, it is not known which ready job
-- is the oldest, and '' is said for its due time.
-- Returns {{pause, who said so, since}, known, running, delayed and retrying, retrying, D, X, C, E, due time of the oldest ready job or '', 1 if more
-- entries must be thrown away to know it, due time of the first delayed job or '', blocked, 1 if the queue has been empty for
-- too long to be listed}. ARGV: how long that is, in ms.
local left, oldest, writes = 1000, '', true

local function head(lane)
  local place = 0
  while left > 0 do
    local entry = redis.call('LINDEX', KEYS[LANES + lane], place)
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
    local thrown = writes and redis.pcall('LPOP', KEYS[LANES + lane])
    if not writes or type(thrown) == 'table' then
      writes, place = false, place + 1
    end
    left = left - 1
  end
end

local meta = redis.call('HMGET', META, 'pause', 'lanes', 'retrying', 'blocked', 'empty', 'pauser', 'paused')
local known = redis.call('HLEN', JOBS)
local is_over = known == 0 and (not meta[1] or meta[1] == 'NONE') and meta[5] and tonumber(meta[5]) <= now - ARGV[1]
for lane = 0, 9 do
  if string.find(meta[2] or '', lane, 1, true) then
    head(lane)
  end
end
if left == 0 and not writes then
  oldest = ''
end
local due = redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2]
return { { meta[1] or 'NONE', meta[6] or '', meta[7] or '' }, known, redis.call('ZCARD', LEASES), redis.call('ZCARD', DELAYED),
  tonumber(meta[3] or 0), redis.call('ZCARD', ENDS.D), redis.call('ZCARD', ENDS.X), redis.call('ZCARD', ENDS.C),
  redis.call('ZCARD', ENDS.E), oldest == '' and '' or digits(oldest), left == 0 and writes and 1 or 0,
  due and due ~= NEVER and due or '', tonumber(meta[4] or 0), is_over and 1 or 0 }
