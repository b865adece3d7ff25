-- Hands back what claims have leased whose answer nobody heard. ARGV: their nonces. Returns how many jobs.
-- Goes through all leases of the queue, as only lines tell the claim; it is rare, and what runs at once is not much.
local PAGE = 1000
local unheard, found = {}, {}
for i = 1, #ARGV do
  unheard[ARGV[i]] = true
end

drain()
local leased = redis.call('ZRANGE', LEASES, 0, -1)
for first = 1, #leased, PAGE do
  local last = math.min(first + PAGE - 1, #leased)
  local lines = redis.call('HMGET', STATES, unpack(leased, first, last))
  for i = first, last do
    local line = lines[i - first + 1]
    if line and unheard[string.match(line, '^R([^|]*)')] then
      found[#found + 1] = leased[i]
    end
  end
end
for i = #found, 1, -1 do -- backwards, so that the first to be claimed is the first in its list again
  local job = load(found[i])
  if job and job.has_line and is_sound(job) then -- else somebody has damaged the data, and its lease runs out
    note(job, job.worker, 'Q')
    leave(job)
    job.releases = job.releases + 1
    to_front(job)
  end
end
wake(readied)
return { #found }
