-- ARGV: what the queue is not to do, who says so. It goes on as it is if it does not do just that already. Whoever waits is
-- told when it hands jobs out again.
drain()
local before = redis.call('HGET', META, 'pause') or 'NONE'
if ARGV[1] == 'NONE' then
  redis.call('HSET', META, 'pause', ARGV[1])
  redis.call('HDEL', META, 'pauser', 'paused')
elseif before ~= ARGV[1] then
  redis.call('HSET', META, 'pause', ARGV[1], 'pauser', ARGV[2], 'paused', string.format('%.0f', clock()))
end
if (before == 'OUT' or before == 'ALL') and ARGV[1] ~= 'OUT' and ARGV[1] ~= 'ALL' then
  wake(8)
end
