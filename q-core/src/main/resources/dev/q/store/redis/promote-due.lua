-- Makes due jobs ready. ARGV: how many at most. Returns how many.
drain()
local promoted = promote(tonumber(ARGV[1]))
wake(promoted)
return promoted
