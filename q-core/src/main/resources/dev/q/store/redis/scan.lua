-- One step through all jobs. ARGV: cursor, how many to look at. Returns {next cursor, {ids}}.
local step = redis.call('HSCAN', JOBS, ARGV[1], 'COUNT', ARGV[2])
local ids = {}
for i = 1, #step[2], 2 do
  ids[#ids + 1] = step[2][i]
end
return { step[1], ids }
