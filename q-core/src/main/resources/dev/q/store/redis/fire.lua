-- Stores the job of a tick and moves the schedule on, if it still stands where it stood.
-- KEYS: those of the queue, then schedules and their next times. ARGV: name, schedule, its time, the next one, then the job.
local schedules, times = KEYS[KEYS_OF_QUEUE + 1], KEYS[KEYS_OF_QUEUE + 2]
if redis.call('HGET', schedules, ARGV[1]) ~= ARGV[2] or redis.call('ZSCORE', times, ARGV[1]) ~= ARGV[3] then
  return 0
end
if store(0, 5)[1] ~= 0 then
  return 0
end
redis.call('ZADD', times, ARGV[4], ARGV[1])
return 1
