-- KEYS: schedules and their next times. ARGV: for each name, trigger, whole schedule, next time.
-- A schedule whose trigger is as it was keeps its next time, if that is not lost.
for i = 1, #ARGV, 4 do
  local name, trigger, schedule, at = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local before = redis.call('HGET', KEYS[1], name)
  if not before or string.sub(before, 1, #trigger) ~= trigger or not redis.call('ZSCORE', KEYS[2], name) then
    redis.call('ZADD', KEYS[2], at, name)
  end
  redis.call('HSET', KEYS[1], name, schedule)
end
