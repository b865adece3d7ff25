-- Brings back jobs that are dead, cancelled or expired. ARGV: ids. Returns the ids of those that are ready now.
local changed = {}
drain()
for i = 1, #ARGV do
  local job = load(ARGV[i])
  if job and ended(job) and job.state ~= 'D' then
    local key = job.unique == 'u' and key_of(job.record)
    if not key or redis.call('HSETNX', UNIQUE, key, job.id) == 1 then
      revive(job)
      changed[#changed + 1] = job.id
    end
  end
end
wake(readied)
return changed
