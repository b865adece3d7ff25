-- Brings back jobs that are dead, cancelled or expired. ARGV: ids. Returns the ids of those that are ready now.
local changed = {}
drain()
for i = 1, #ARGV do
  local job = load(ARGV[i])
  if job and ended(job) and job.state ~= 'D' and has_key(job) then
    revive(job)
    changed[#changed + 1] = job.id
  end
end
wake(readied)
return changed
