-- Deletes jobs. ARGV: letters of the states that are meant, then ids. Returns the ids of those that are gone now.
local changed = {}
for _, id in ipairs(meant(ARGV, 2, ARGV[1])) do
  local job = load(id)
  if job then
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
