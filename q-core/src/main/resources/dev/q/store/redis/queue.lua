-- The keys of one queue, in the order of QueueKeys. A script of several queues turns from one to the next.
local KEYS_OF_QUEUE = 24
local JOBS, STATES, LEASES, DELAYED, EXPIRING, WAITERS, META, UNIQUE, ERRORS, ENDINGS, ENDS
local LANES -- the list of priority p is KEYS[LANES + p]

local function turn_to(queue)
  local base = (queue - 1) * KEYS_OF_QUEUE
  JOBS, STATES, LEASES, DELAYED, EXPIRING, WAITERS, META, UNIQUE, ERRORS, ENDINGS = unpack(KEYS, base + 1, base + 10)
  ENDS = { D = KEYS[base + 11], X = KEYS[base + 12], C = KEYS[base + 13], E = KEYS[base + 14] }
  LANES = base + 15
end

turn_to(1)

-- At maxmemory a script may write only after it has removed something. This removes nothing, and opens the door.
local function drain()
  redis.call('ZREM', LEASES, '')
end
