-- Tries every command that the scripts run, on keys that hold nothing before and after. Returns those that are not permitted.
local denied = {}

local function try(command, ...)
  local answer = redis.pcall(command, ...)
  if type(answer) == 'table' and answer.err then
    denied[#denied + 1] = command .. ' (' .. answer.err .. ')'
  end
end

local list, channels = KEYS[LANES], string.match(JOBS, '^(.*){')
drain()
try('TIME')
for _, hash in ipairs({ META, UNIQUE }) do
  try('HSET', hash, 'probe', '1')
end
try('HSETNX', META, 'probe', '1')
try('HGET', META, 'probe')
try('HMGET', META, 'probe')
try('HGETALL', UNIQUE)
try('HEXISTS', UNIQUE, 'probe')
try('HLEN', UNIQUE)
try('HSCAN', UNIQUE, '0')
try('HINCRBY', UNIQUE, 'probe', 1)
for _, hash in ipairs({ META, UNIQUE }) do
  try('HDEL', hash, 'probe')
end
try('ZADD', EXPIRING, 1, 'a', 2, 'b', 3, 'c')
try('ZCARD', EXPIRING)
try('ZSCORE', EXPIRING, 'a')
try('ZRANGE', EXPIRING, 0, 0)
try('ZPOPMIN', EXPIRING)
try('ZPOPMAX', EXPIRING)
try('ZREMRANGEBYRANK', EXPIRING, 1, -1)
try('ZREM', EXPIRING, 'a', 'b', 'c')
try('SADD', ENDINGS, 'probe')
try('SREM', ENDINGS, 'probe')
try('RPUSH', list, 'b')
try('LPUSH', list, 'a')
try('LLEN', list)
try('LINDEX', list, 0)
try('LRANGE', list, 0, 1)
try('LPOP', list, 2)
try('PUBLISH', channels .. 'worker:probe', 'probe')
try('PUBLISH', channels .. 'ends', 'probe')
return denied
