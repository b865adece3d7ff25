-- KEYS: schedules and their next times. ARGV: name. Returns how many there were.
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
