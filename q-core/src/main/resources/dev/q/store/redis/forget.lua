-- Deletes jobs that have ended. ARGV: ids. Returns what was known of each that is gone now.
local views = {}
for i = 1, #ARGV do
  local job = load(ARGV[i])
  if job and ended(job) then
    views[#views + 1] = view(job.id)
    leave(job)
    release(job)
    forget({ job.id })
  end
end
wake(readied)
return views
