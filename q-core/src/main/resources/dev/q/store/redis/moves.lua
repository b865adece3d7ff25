-- Moves of single jobs: out of one place, into another, and the line says where.
local now = clock()
local readied = 0
local NEVER = '253402300800000' -- due time of a job on hold: behind all that there can be. See StateLine

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
  local job = parse(line or first_line(record))
  job.id, job.record, job.has_line = id, record, line and true
  return job
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

-- What a living job holds is free the moment that it ends.
local function release(job)
  if job.unique == 'u' then
    local key = key_of(job.record)
    if redis.call('HGET', UNIQUE, key) == job.id then
      redis.call('HDEL', UNIQUE, key)
    end
  end
  if job.expires ~= '' then
    redis.call('ZREM', EXPIRING, job.id)
  end
end

local function finish(job, state)
  release(job)
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
