-- Moves a schedule on if it still stands as given, and stores the job of a tick, if there is one and the queue takes it in.
-- KEYS: those of the queue, then schedules, their next times, those of paused ones, their last jobs.
-- ARGV: name, schedule, its time, the next one, '1' if it is paused, its last job or '', then the job.
local FIRST = 7
local schedules, lasts = KEYS[KEYS_OF_QUEUE + 1], KEYS[KEYS_OF_QUEUE + 4]
local times = KEYS[KEYS_OF_QUEUE + (ARGV[5] == '1' and 3 or 2)]
if redis.call('HGET', schedules, ARGV[1]) ~= ARGV[2] or redis.call('ZSCORE', times, ARGV[1]) ~= ARGV[3]
  or (redis.call('HGET', lasts, ARGV[1]) or '') ~= ARGV[6] then
  return 0
end
if #ARGV >= FIRST then
  if store(0, FIRST)[1] ~= 0 then
    return 0
  end
  redis.call('HSET', lasts, ARGV[1], ARGV[FIRST])
end
redis.call('ZADD', times, ARGV[4], ARGV[1])
return 1
