-- Deletes finished jobs. ARGV: how many at most, how many successes are kept, then for how long D, C, E and X are, in ms.
local left, gone = tonumber(ARGV[1]), 0

local function free_keys(ids)
  for i = 1, #ids do
    local job = load(ids[i])
    if job and job.unique == 'u' then
      let_go(job)
    end
  end
end

local function delete(set, ids)
  if #ids > 0 then
    redis.call('ZREM', set, unpack(ids))
    if set == ENDS.X then -- of all that have ended, the dead alone may hold a key
      free_keys(ids)
    end
    forget(ids)
    gone, left = gone + #ids, left - #ids
  end
end

local surplus = math.min(redis.call('ZCARD', ENDS.D) - ARGV[2], left)
if surplus > 0 then
  delete(ENDS.D, redis.call('ZRANGE', ENDS.D, 0, surplus - 1))
end
for i, state in ipairs({ 'D', 'C', 'E', 'X' }) do
  if left > 0 then
    delete(ENDS[state], redis.call('ZRANGE', ENDS[state], '-inf', digits(now - ARGV[i + 2]), 'BYSCORE', 'LIMIT', 0, left))
  end
end
-- Since when this has found the queue empty and not paused. See count.lua.
local meta = redis.call('HMGET', META, 'pause', 'empty')
local is_empty = redis.call('HLEN', JOBS) == 0 and (not meta[1] or meta[1] == 'NONE')
if is_empty and not meta[2] then
  drain()
  redis.call('HSET', META, 'empty', digits(now))
elseif meta[2] and not is_empty then
  redis.call('HDEL', META, 'empty')
end
wake(readied)
return gone
