-- Makes jobs ready that are on hold. ARGV: ids. Returns the ids of those that are ready now.
local changed = {}
drain()
for i = 1, #ARGV do
  local job = load(ARGV[i])
  if job and is_held(job) then
    leave(job)
    job.run = digits(now)
    to_end(job)
    changed[#changed + 1] = job.id
  end
end
wake(readied)
return changed
