-- Gives waiting jobs another time. ARGV: due as in store.lua, then ids. Returns the ids of those that were changed.
local due, changed = due_of(ARGV[1]), {}
drain()
for i = 2, #ARGV do
  local job = load(ARGV[i])
  if job and (job.state == 'S' or job.state == 'T' or job.state == 'Q' and due > now) then
    leave(job)
    if due > now then
      delay(job, 'S', due)
    else
      job.run = digits(now)
      to_end(job)
    end
    changed[#changed + 1] = job.id
  end
end
wake(readied)
return changed
