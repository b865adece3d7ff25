-- Deletes jobs. ARGV: letters of the states that are meant, then ids. Returns the ids of those that are gone now.
local changed = {}
for i = 2, #ARGV do
  local job = load(ARGV[i])
  if job and is_in(ARGV[1], job) then
    if job.state == 'R' then
      revoke(job.worker, job.id)
    end
    leave(job)
    release(job)
    forget({ job.id })
    changed[#changed + 1] = job.id
  end
end
wake(readied)
return changed
