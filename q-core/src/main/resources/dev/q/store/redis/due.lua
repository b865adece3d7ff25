-- Whether there is anything to do for maintenance: {delayed jobs due, leases run out, jobs expired}, each at most 1.
local function any(set)
  local first = redis.call('ZRANGE', set, 0, 0, 'WITHSCORES')
  return first[2] and tonumber(first[2]) <= now and 1 or 0
end
return { any(DELAYED), any(LEASES), any(EXPIRING) }
