-- Pauses a schedule or lets it come again. KEYS: schedules, their next times, those of paused ones, their last jobs.
-- ARGV: name, '1' to pause. Returns how many there are.
local from, to = KEYS[3], KEYS[2]
if ARGV[2] == '1' then
  from, to = to, from
end
local at = redis.call('ZSCORE', from, ARGV[1])
if at then
  redis.call('ZREM', from, ARGV[1])
  redis.call('ZADD', to, at, ARGV[1])
end
return redis.call('HEXISTS', KEYS[1], ARGV[1])
