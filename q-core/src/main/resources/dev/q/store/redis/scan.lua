-- One step through all jobs. ARGV: cursor, how many to look at, letters of the states that are meant, or nothing for
-- all. A job in no state that is known here is among them: whoever fetches it says so. Returns {next cursor, {ids}}.
local step = redis.call('HSCAN', JOBS, ARGV[1], 'COUNT', ARGV[2])
local ids = {}
for i = 1, #step[2], 2 do
  local id = step[2][i]
  local state = string.sub(redis.call('HGET', STATES, id) or 'Q', 1, 1)
  if ARGV[3] == '' or string.find(ARGV[3], state, 1, true) or not string.find(state, '^[QSTBRDXCE]') then
    ids[#ids + 1] = id
  end
end
return { step[1], ids }
