-- Looks at a piece of a list. ARGV: priority, first and last place. Returns {entries there, {what is known of ready jobs}}.
local views = {}
local entries = redis.call('LRANGE', KEYS[LANES + ARGV[1]], ARGV[2], ARGV[3])
for i = 1, #entries do
  local id = string.sub(entries[i], 1, 16)
  local job = load(id)
  if job and stands_by(entries[i], job) then
    views[#views + 1] = view(id)
  end
end
return { #entries, views }
