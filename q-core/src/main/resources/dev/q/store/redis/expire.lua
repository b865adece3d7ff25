-- Ends jobs whose time is over. ARGV: how many at most. Returns what is known of each.
local views = {}
drain()
local over = redis.call('ZRANGE', EXPIRING, '-inf', now, 'BYSCORE', 'LIMIT', 0, ARGV[1])
for i = 1, #over do
  local job = load(over[i])
  redis.call('ZREM', EXPIRING, over[i])
  if job and not ended(job) then
    if job.state == 'R' then
      revoke(job.worker, job.id)
    end
    leave(job)
    finish(job, 'E')
    views[#views + 1] = view(job.id)
  end
end
return views
