-- Ends jobs that have not ended. ARGV: letters of the states that are meant, reason, then ids. Returns the ids of those
-- that are cancelled now.
local changed = {}
drain()
for _, id in ipairs(meant(ARGV, 3, ARGV[1])) do
  local job = load(id)
  if job and not ended(job) then
    if job.state == 'R' then
      note(job, job.worker, 'C')
      revoke(job.worker, job.id)
    end
    leave(job)
    redis.call('HSET', ENDINGS, job.id, 'C' .. ARGV[2])
    finish(job, 'C')
    changed[#changed + 1] = job.id
  end
end
wake(readied)
return changed
