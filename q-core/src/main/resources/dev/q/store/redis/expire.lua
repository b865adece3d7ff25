-- Ends jobs whose time is over, and forgets windows of unique keys that are. ARGV: how many jobs at most. Returns what is known
-- of each job.
local MOST_WINDOWS = 1000
local views, windows, left = {}, 0, tonumber(ARGV[1])

local function end_all(over)
  for i = 1, #over do
    if #over[i] > 16 then
      forget_window(over[i])
      windows = windows + 1
    else
      local job = load(over[i])
      redis.call('ZREM', EXPIRING, over[i])
      left = left - 1
      if job and not ended(job) and is_sound(job) then
        if job.state == 'R' then
          note(job, job.worker, 'E')
          revoke(job.worker, job.id)
        end
        leave(job)
        finish(job, 'E')
        views[#views + 1] = view(job.id)
      end
    end
  end
end

drain()
while left > 0 and windows < MOST_WINDOWS do
  local over = redis.call('ZRANGE', EXPIRING, '-inf', now, 'BYSCORE', 'LIMIT', 0, left)
  if #over == 0 then
    break
  end
  end_all(over)
end
wake(readied)
return views
