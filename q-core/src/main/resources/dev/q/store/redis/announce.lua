-- KEYS: register of workers. ARGV: worker, how long its entry holds, what it says of itself. Throws out who has gone.
local now = clock()
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + ARGV[2]) .. '|' .. ARGV[3])
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if tonumber(string.match(all[i + 1], '^(%d+)|')) <= now then
    redis.call('HDEL', KEYS[1], all[i])
  end
end
