-- Puts waiting jobs on hold. ARGV: ids. Returns the ids of those that are on hold now.
local changed = {}
drain()
for i = 1, #ARGV do
  local job = load(ARGV[i])
  if job and (job.state == 'S' or job.state == 'T' or job.state == 'Q') and not is_held(job) then
    leave(job)
    hold(job)
    changed[#changed + 1] = job.id
  end
end
return changed
