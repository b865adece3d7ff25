-- KEYS: schedules, their next times, those of paused ones, their last jobs. ARGV: how many at most of those that are due,
-- or -1 for all that there are. Returns {time, when the next of the others is due or '', and for each schedule
-- name, schedule, next time, '1' if it is paused, last job or ''}.
local now = clock()
local answer = { now, '' }

local function add(names, paused)
  for i = 1, #names, 2 do
    local schedule = redis.call('HGET', KEYS[1], names[i])
    if schedule then -- else somebody has damaged the data, and the others must go on
      local at = #answer
      answer[at + 1], answer[at + 2], answer[at + 3], answer[at + 4] = names[i], schedule, names[i + 1], paused
      answer[at + 5] = redis.call('HGET', KEYS[4], names[i]) or ''
    end
  end
end

if tonumber(ARGV[1]) < 0 then
  add(redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES'), '')
  add(redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES'), '1')
else
  add(redis.call('ZRANGE', KEYS[2], '-inf', now, 'BYSCORE', 'LIMIT', 0, ARGV[1], 'WITHSCORES'), '')
  local after = string.format('(%.0f', now)
  answer[2] = redis.call('ZRANGE', KEYS[2], after, '+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')[2] or ''
end
return answer
