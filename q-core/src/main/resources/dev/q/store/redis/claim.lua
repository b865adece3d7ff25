-- Leases ready jobs, queue by queue and priority by priority.
-- KEYS: those of each queue. ARGV: how many jobs, length of a lease, nonce, worker, 1 if the worker hears signals, how many bytes
-- of records; if some of the queues are exclusive, for each queue 1 if it is.
-- Returns {now, when the next delayed job is due or -1, then for each queue {id, record, line before the claim, ...}}.
local limit, lease, nonce, worker = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4]
local extra = 1000 -- most jobs that one call promotes or drops beside those that it takes
local MOST_WAITERS = 128
local room, looked_at, size = tonumber(ARGV[6]), 0, 0
local next_due, count = -1, 0
local fresh = 'R' .. nonce .. '|0,1,0,0,0||' .. digits(now) .. '|||' .. worker .. '||'

local function come_back_at(time)
  if next_due < 0 or time < next_due then
    next_due = time
  end
end

-- Makes due jobs ready, and notes when the next one will be due.
local function promote_due()
  local first = redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')
  local promoted = 0
  if first[2] and tonumber(first[2]) <= now then
    promoted = promote(limit - count + extra)
    first = redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')
  end
  if first[2] and first[2] ~= NEVER then
    come_back_at(tonumber(first[2]))
  end
  return promoted
end

-- The line of a claimed job, or nil if its entry is dead, its time is over, or somebody has damaged its record.
local function start(entry, record, line)
  if not is_whole(record) then
    return nil
  end
  if not line then
    return string.sub(entry, 17) == first_mark(record) and fresh .. (is_unique(record) and 'u' or '') or nil
  end
  local job = parse(line)
  job.id, job.record = string.sub(entry, 1, 16), record
  if not stands_by(entry, job) then
    return nil
  end
  if job.expires ~= '' and tonumber(job.expires) <= now then
    job.mark = ''
    finish(job, 'E')
    return nil
  end
  job.state, job.mark, job.worker, job.start, job.deliveries = 'R', nonce, worker, digits(now), job.deliveries + 1
  return format(job)
end

-- How many entries to take from a list. Records may be large, and those before show how large.
local function piece()
  if looked_at == 0 then
    return math.min(limit - count, 32)
  end
  return math.max(math.min(limit - count, 128, math.floor(room * looked_at / size)), 1)
end

local function weigh(record)
  looked_at, size, room = looked_at + 1, size + #record, room - #record
end

local function take(entries, found)
  local ids = {}
  for i = 1, #entries do
    ids[i] = string.sub(entries[i], 1, 16)
  end
  local records, lines = redis.call('HMGET', JOBS, unpack(ids)), redis.call('HMGET', STATES, unpack(ids))
  local states, leases, taken = {}, {}, {}
  for i = 1, #ids do
    local id = ids[i]
    local line = records[i] and not taken[id] and start(entries[i], records[i], lines[i])
    if line then
      taken[id] = true
      local own = struct.unpack('>I4', string.sub(records[i], 19, 22))
      states[#states + 1], states[#states + 2] = id, line
      leases[#leases + 1], leases[#leases + 2] = now + (own > 0 and own or lease), id
      found[#found + 1], found[#found + 2], found[#found + 3] = id, records[i], lines[i] or ''
      count = count + 1
      weigh(records[i])
    else
      extra = extra - 1
    end
  end
  if #states > 0 then
    redis.call('HSET', STATES, unpack(states))
    redis.call('ZADD', LEASES, unpack(leases))
  end
  if room <= 0 and count < limit then
    limit = count -- the answer is full: what is left must not be overtaken by jobs of other queues
    come_back_at(now)
  end
end

local function has_ready(lanes)
  for lane = 0, 9 do
    if string.find(lanes, lane, 1, true) and redis.call('LLEN', KEYS[LANES + lane]) > 0 then
      return true
    end
  end
  return false
end

-- Whether a queue runs one job at a time, and one runs. A lease counts until it is gone, also when it has run out.
local function is_exclusive(queue)
  return ARGV[6 + queue] == '1'
end

local function is_worked()
  return redis.call('ZCARD', LEASES) > 0
end

-- Whoever leaves jobs behind, or makes some ready for others, tells one who waits for them.
local function tell_others(lanes, promoted)
  if redis.call('ZCARD', WAITERS) > 0 and has_ready(lanes) then
    wake(math.max(promoted, 1))
  end
end

local function take_from(lanes, found)
  for lane = 0, 9 do
    while count < limit and extra > 0 and string.find(lanes, lane, 1, true) do
      local entries = redis.call('LPOP', KEYS[LANES + lane], piece())
      if not entries then
        break
      end
      take(entries, found)
    end
  end
end

-- One job, and none while another one runs. Who works that one looks again when it ends.
local function claim_alone()
  local found = {}
  local meta = redis.call('HMGET', META, 'pause', 'lanes')
  if is_worked() or meta[1] == 'OUT' or meta[1] == 'ALL' then
    return found
  end
  local all = limit
  promote_due()
  limit = count + 1
  take_from(meta[2] or '', found)
  if room > 0 then
    limit = all
  elseif count < all then
    come_back_at(now)
  end
  if #found == 0 and extra <= 0 and has_ready(meta[2] or '') then
    come_back_at(now)
  end
  return found
end

local function claim_from_queue()
  local found = {}
  local meta = redis.call('HMGET', META, 'pause', 'lanes')
  local lanes = meta[2] or ''
  if meta[1] == 'OUT' or meta[1] == 'ALL' then
    return found
  end
  local promoted = promote_due()
  take_from(lanes, found)
  if count >= limit then
    tell_others(lanes, promoted)
  elseif extra <= 0 and has_ready(lanes) then
    come_back_at(now)
  end
  return found
end

drain()
local answer = { 0, 0 }
local queues = #KEYS / KEYS_OF_QUEUE
for queue = 1, queues do
  turn_to(queue)
  if count < limit then
    answer[queue + 2] = is_exclusive(queue) and claim_alone() or claim_from_queue()
  else
    answer[queue + 2] = {}
    if redis.call('ZCARD', WAITERS) > 0 and not (is_exclusive(queue) and is_worked()) then
      local meta = redis.call('HMGET', META, 'pause', 'lanes')
      if meta[1] ~= 'OUT' and meta[1] ~= 'ALL' then
        tell_others(meta[2] or '', 0)
      end
    end
  end
end
if count < limit and ARGV[5] == '1' then
  for queue = 1, queues do
    turn_to(queue)
    if redis.call('ZADD', WAITERS, now, worker) == 1 and redis.call('ZCARD', WAITERS) > MOST_WAITERS then
      redis.call('ZREMRANGEBYRANK', WAITERS, 0, -MOST_WAITERS - 1) -- those that died while they waited
    end
  end
end
answer[1], answer[2] = now, next_due
return answer
