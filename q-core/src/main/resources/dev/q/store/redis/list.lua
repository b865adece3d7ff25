-- KEYS: names of all queues. ARGV: names to add. Removes nothing first, so that it works at maxmemory too.
redis.call('SREM', KEYS[1], '')
redis.call('SADD', KEYS[1], unpack(ARGV))
