-- KEYS: schedules and their next times. ARGV: how many at most of those that are due, or -1 for all that there are.
-- Returns {name, schedule, next time, ...}.
local names = tonumber(ARGV[1]) < 0 and redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
  or redis.call('ZRANGE', KEYS[2], '-inf', clock(), 'BYSCORE', 'LIMIT', 0, ARGV[1], 'WITHSCORES')
local answer = {}
for i = 1, #names, 2 do
  local schedule = redis.call('HGET', KEYS[1], names[i])
  if schedule then -- else somebody has damaged the data, and the others must go on
    answer[#answer + 1], answer[#answer + 2], answer[#answer + 3] = names[i], schedule, names[i + 1]
  end
end
return answer
