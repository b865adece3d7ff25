-- KEYS: schedules, their next times, those of paused ones, their last jobs. ARGV: for each name, trigger, whole schedule,
-- next time, '1' if it is paused, last job or ''. One that is known keeps what has become of it, and its next time if its
-- trigger is as it was.
for i = 1, #ARGV, 6 do
  local name, trigger, schedule, at = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local before = redis.call('HGET', KEYS[1], name)
  local held = redis.call('ZSCORE', KEYS[3], name)
  local known = before and (held or redis.call('ZSCORE', KEYS[2], name))
  redis.call('HSET', KEYS[1], name, schedule) -- first, so that it is refused at maxmemory
  if not known then -- and what may be left of it is damaged
    redis.call('ZREM', KEYS[2], name)
    redis.call('ZREM', KEYS[3], name)
    redis.call('HDEL', KEYS[4], name)
    held = ARGV[i + 4] == '1'
    if ARGV[i + 5] ~= '' then
      redis.call('HSET', KEYS[4], name, ARGV[i + 5])
    end
  end
  if not known or string.sub(before, 1, #trigger) ~= trigger then
    redis.call('ZADD', held and KEYS[3] or KEYS[2], at, name)
  end
end
