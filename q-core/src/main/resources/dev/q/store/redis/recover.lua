-- Takes back jobs whose lease has run out. ARGV: how many at most, then the workers that are draining.
-- Returns what is known of each.
local draining, views = {}, {}
for i = 2, #ARGV do
  draining[ARGV[i]] = true
end

-- As JobView reads a failure.
local function failure(kind, message)
  return struct.pack('>H', #kind) .. kind .. struct.pack('>I4', #message) .. message
end

local function bury(job, worker, reason, message)
  note(job, worker, 'L', failure('worker-lost', message))
  redis.call('HSET', ENDINGS, job.id, 'X' .. reason)
  finish(job, 'X')
end

local function recover(job)
  local worker = job.worker
  leave(job)
  if draining[worker] then
    job.releases = job.releases + 1
  else
    job.crashes = job.crashes + 1
  end
  if starts_once(job.record) then
    bury(job, worker, 'G', 'The worker was lost while it ran this job, which may not start twice. It was ' .. worker)
    return
  elseif tonumber(job.crashes) >= struct.unpack('>I4', string.sub(job.record, 15, 18)) then
    bury(job, worker, 'C', 'The worker was lost ' .. job.crashes
      .. ' times while it ran this job, which is as often as its limit of crashes allows. The last one was ' .. worker)
    return
  end
  note(job, worker, draining[worker] and 'Q' or 'L')
  if job.expires ~= '' and tonumber(job.expires) <= now then
    finish(job, 'E')
  else
    to_front(job)
  end
end

-- Nobody can run or read what is left of a job whose record was damaged. It has ended, and is purged as others are.
local function give_up(job)
  redis.call('HSET', STATES, job.id, 'X|0,0,0,0,0||||' .. digits(now) .. '|||')
  redis.call('HSET', ENDINGS, job.id, 'XC')
  redis.call('ZADD', ENDS.X, now, job.id)
end

drain()
local lost = redis.call('ZRANGE', LEASES, '-inf', now, 'BYSCORE', 'LIMIT', 0, ARGV[1])
for i = #lost, 1, -1 do -- backwards, so that the first to be lost is the first in its list
  local job = load(lost[i])
  redis.call('ZREM', LEASES, lost[i])
  if job and (job.state == 'R' or not job.has_line) then -- a lease without a line: somebody has damaged the data
    if is_sound(job) then
      recover(job)
    else
      give_up(job)
    end
  end
end
wake(readied)
for i = 1, #lost do
  views[#views + 1] = view(lost[i]) or nil
end
return views
