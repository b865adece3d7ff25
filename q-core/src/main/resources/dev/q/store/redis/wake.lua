-- Tells workers on their channels. Whoever is told waits no longer: its next claim in vain registers it again.
local function wake(jobs)
  if jobs > 0 then
    local told = redis.call('ZPOPMAX', WAITERS, math.min(jobs, 8))
    if #told > 0 then
      local channels, queue = string.match(JOBS, '^(.*){(.*)}')
      for i = 1, #told, 2 do
        redis.call('PUBLISH', channels .. 'worker:' .. told[i], 'ready ' .. queue)
      end
    end
  end
end

local function revoke(worker, id)
  redis.call('PUBLISH', string.match(JOBS, '^(.*){') .. 'worker:' .. worker, 'lost ' .. id)
end
