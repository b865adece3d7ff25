-- Ends jobs whose time is over. ARGV: how many at most. Returns what is known of each.
local views = {}
drain()
local over = redis.call('ZRANGE', EXPIRING, '-inf', now, 'BYSCORE', 'LIMIT', 0, ARGV[1])
for i = 1, #over do
  local job = load(over[i])
  if job.state == 'R' then
    revoke(job.worker, job.id)
  end
  leave(job)
  finish(job, 'E')
  views[i] = view(job.id)
end
return views
