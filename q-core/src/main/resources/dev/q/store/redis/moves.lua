-- Moves of single jobs: out of one place, into another, and the line says where.
local now = clock()
local readied = 0
local NEVER = '253402300800000' -- due time of a job on hold: behind all that there can be. See StateLine
local LATEST = 253402300799999 -- the end of the year 9999

-- The line of a job that has none.
local function first_line(record)
  return 'Q|0,0,0,0,0|||||||' .. (is_unique(record) and 'u' or '')
end

local function load(id)
  local record = redis.call('HGET', JOBS, id)
  if not record then
    return nil
  end
  local line = redis.call('HGET', STATES, id)
  local job = line and parse(line)
  local has_line = job and job.state ~= nil -- else there is none, or somebody has damaged the data
  job = has_line and job or parse(first_line(record))
  job.id, job.record, job.has_line = id, record, has_line
  return job
end

-- Whether a job can be moved. If not, somebody has damaged the data.
local function is_sound(job)
  local record = job.record
  if not is_whole(record) then
    return false
  elseif job.unique ~= 'u' then
    return true
  end
  local key = #record >= 24 and struct.unpack('>H', string.sub(record, 23, 24))
  return key and is_unique(record) and #record >= 24 + key + (scope_of(record) == WINDOW and 6 or 0)
end

-- The ids, from one place on, of jobs that are in one of these states; no letter means any. To be asked before any of them
-- is changed: the end of one may move another.
local function meant(ids, from, letters)
  local found = {}
  for i = from, #ids do
    local job = load(ids[i])
    if job and (letters == '' or string.find(letters, job.state, 1, true)) then
      found[#found + 1] = ids[i]
    end
  end
  return found
end

local function ended(job)
  return ENDS[job.state] ~= nil
end

-- Whether this entry is the one by which a job stands in its list. Others are dead.
local function stands_by(entry, job)
  return job.state == 'Q' and string.sub(entry, 17) == (job.mark ~= '' and job.mark or first_mark(job.record))
end

local function member(job)
  return first_mark(job.record) .. priority_of(job.record) .. job.id
end

-- A ready job leaves its entry behind in the list; it is known to be dead by the mark that the line no longer has.
local function leave(job)
  if job.state == 'R' then
    redis.call('ZREM', LEASES, job.id)
  elseif job.state == 'S' or job.state == 'T' then
    redis.call('ZREM', DELAYED, member(job))
    if job.state == 'T' then
      redis.call('HINCRBY', META, 'retrying', -1)
    end
  elseif job.state == 'B' then
    redis.call('HINCRBY', META, 'blocked', -1)
  elseif ended(job) then
    redis.call('ZREM', ENDS[job.state], job.id)
  end
  job.worker, job.mark, job.finish = '', '', ''
end

local function write(job)
  redis.call('HSET', STATES, job.id, format(job))
end

local function ready(job, push)
  job.state, job.mark = 'Q', digits(redis.call('HINCRBY', META, 'seq', 1))
  redis.call(push, KEYS[LANES + priority_of(job.record)], job.id .. job.mark)
  readied = readied + 1
  write(job)
end

local function to_end(job)
  ready(job, 'RPUSH')
end

local function to_front(job)
  ready(job, 'LPUSH')
end

local function delay(job, state, time)
  job.state, job.run = state, digits(time)
  redis.call('ZADD', DELAYED, job.run, member(job))
  if state == 'T' then
    redis.call('HINCRBY', META, 'retrying', 1)
  end
  if redis.call('ZRANGE', DELAYED, 0, 0)[1] == member(job) then
    readied = math.max(readied, 1) -- some idle worker must shorten its wait
  end
  write(job)
end

local function is_held(job)
  return job.state == 'S' and job.run == NEVER
end

local function hold(job)
  job.state, job.run = 'S', NEVER
  redis.call('ZADD', DELAYED, NEVER, member(job))
  write(job)
end

-- Brings back a job that has ended. Its key must be its own by now.
local function revive(job)
  leave(job)
  redis.call('HDEL', ENDINGS, job.id)
  job.failures, job.crashes, job.run, job.since, job.expires = 0, 0, digits(now), '', ''
  to_end(job)
end

-- A key is held by 'id', by 'id P' until that job is claimed, by 'id W time' until that time, or by 'id N next', where the
-- blocked job next waits for it. Nobody frees the key when a job is claimed or a window is over: whoever wants it looks.

-- Windows stand among the jobs that expire, under names that are longer than an id.
local WINDOW_MARK = string.rep('~', 17)

local function forget_window(member)
  local key = string.sub(member, 18)
  local hold = redis.call('HGET', UNIQUE, key)
  redis.call('ZREM', EXPIRING, member)
  if hold and string.sub(hold, 17, 17) == 'W' and tonumber(string.sub(hold, 18)) <= now then
    redis.call('HDEL', UNIQUE, key)
  end
end

-- Gives a key to its job, whoever had it. A window begins at a time.
local function take_key(id, record, time)
  local key, scope = key_of(record), scope_of(record)
  if scope == WINDOW then
    local till = math.min(time + window_of(record), LATEST)
    local over = redis.call('ZRANGE', EXPIRING, '-inf', now, 'BYSCORE', 'LIMIT', 0, 2)
    for i = 1, #over do
      if #over[i] > 16 then -- who opens windows closes as many, so that no more are left than are open
        forget_window(over[i])
      end
    end
    redis.call('HSET', UNIQUE, key, id .. 'W' .. digits(till))
    redis.call('ZADD', EXPIRING, digits(till), WINDOW_MARK .. key)
  else
    redis.call('HSET', UNIQUE, key, id .. (scope == PENDING and 'P' or ''))
  end
end

-- Whether the holder of a key has ever been claimed, or will never be. Its id may be that of another job by now.
local function has_started(found)
  if found.started == nil then
    local job = load(found.id)
    found.started = not job or job.unique ~= 'u' or not is_sound(job) or key_of(job.record) ~= found.key or ended(job)
      or tonumber(job.deliveries) > 0
  end
  return found.started
end

-- Who holds a key, or nil if it is free.
local function held(key)
  local hold = redis.call('HGET', UNIQUE, key)
  if not hold then
    return nil
  end
  local kind, rest = string.sub(hold, 17, 17), string.sub(hold, 18)
  local found = { id = string.sub(hold, 1, 16), key = key, till = kind == 'W' and tonumber(rest), next = kind == 'N' and rest }
  if found.till and found.till <= now or kind == 'P' and has_started(found) then
    return nil
  end
  return found
end

-- A job whose scope wants its key again takes it, unless another one has it.
local function has_key(job)
  local scope = job.unique == 'u' and scope_of(job.record)
  if not scope or scope == WINDOW or scope == PENDING and tonumber(job.deliveries) > 0 then
    return true
  end
  local found = held(key_of(job.record))
  if not found then
    take_key(job.id, job.record, now)
  end
  return not found or found.id == job.id
end

-- The blocked job that waits for a key, or nil. It may have ended since it was noted.
local function waits_for(key, id)
  local job = id and load(id)
  return job and job.state == 'B' and is_sound(job) and key_of(job.record) == key and job or nil
end

-- A job has come into a state in which it has ended, or is gone, and lets go of its key if its scope says so. Who waits for
-- the key has it in the same step, and its time counts from here.
local function let_go(job, state)
  local key = key_of(job.record)
  local hold = redis.call('HGET', UNIQUE, key)
  if not hold or string.sub(hold, 1, 16) ~= job.id or string.sub(hold, 17, 17) == 'W'
    or state == 'X' and scope_of(job.record) == UNTIL_SUCCESS then
    return
  end
  local heir = waits_for(key, string.sub(hold, 17, 17) == 'N' and string.sub(hold, 18))
  if not heir then
    redis.call('HDEL', UNIQUE, key)
    return
  end
  leave(heir)
  take_key(heir.id, heir.record, now)
  if tonumber(heir.run) > now then
    delay(heir, 'S', tonumber(heir.run))
  else
    heir.run = digits(now)
    to_end(heir)
  end
end

-- What a living job holds is free the moment that it ends.
local function release(job, state)
  if job.unique == 'u' then
    let_go(job, state)
  end
  if job.expires ~= '' then
    redis.call('ZREM', EXPIRING, job.id)
  end
end

local function finish(job, state)
  release(job, state)
  job.state, job.finish = state, digits(now)
  redis.call('ZADD', ENDS[state], now, job.id)
  write(job)
end

local function forget(ids)
  if #ids > 0 then
    redis.call('HDEL', JOBS, unpack(ids))
    redis.call('HDEL', STATES, unpack(ids))
    redis.call('HDEL', ERRORS, unpack(ids))
    redis.call('HDEL', ENDINGS, unpack(ids))
  end
end
