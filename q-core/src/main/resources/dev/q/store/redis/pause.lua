-- ARGV: what the queue is not to do. Whoever waits is told when it hands jobs out again.
drain()
local before = redis.call('HGET', META, 'pause') or 'NONE'
redis.call('HSET', META, 'pause', ARGV[1])
if (before == 'OUT' or before == 'ALL') and ARGV[1] ~= 'OUT' and ARGV[1] ~= 'ALL' then
  wake(8)
end
