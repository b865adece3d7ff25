-- A job, and what stands around it. ARGV: id, how many jobs are counted at most that come before it.
-- Returns {view, now, {pause, who said so, since}, who holds the key that it waits for or '', how many come before it, whose
-- lease ends first of the queue or ''}, or nothing.
local STEP = 500
local MOST_LOOKS = 10000 -- entries that are looked at; dead ones may stand among them
local MOST_DUE = 5000 -- due jobs that are looked at
local room = 4194304 -- bytes of records that are read
local most, looks = tonumber(ARGV[2]), 0
local job = load(ARGV[1])
if not job then
  return {}
end

local function has_expired(line)
  local expires = line and parse(line).expires or ''
  return expires ~= '' and tonumber(expires) <= now
end

local function ids_of(entries, first, last)
  local ids = {}
  for i = 1, #entries do
    ids[i] = string.sub(entries[i], first, last)
  end
  return ids
end

-- Whether an entry is that of a job to which nothing has happened yet, and not that of an earlier job of its id. The record
-- tells, and may be large: when enough were read, that it is there must do.
local function is_first_of(entry, id)
  if room <= 0 then
    return redis.call('HEXISTS', JOBS, id) == 1
  end
  local record = redis.call('HGET', JOBS, id)
  room = room - #(record or '')
  return record and string.sub(entry, 17) == first_mark(record)
end

-- How many living entries stand in a list before that of the job.
local function ahead_in(lane, others)
  local ahead, place = 0, 0
  while ahead < most do
    local entries = redis.call('LRANGE', KEYS[LANES + lane], place, place + STEP - 1)
    if #entries == 0 then
      return ahead
    end
    local lines = redis.call('HMGET', STATES, unpack(ids_of(entries, 1, 16)))
    for i = 1, #entries do
      local id = string.sub(entries[i], 1, 16)
      if id == job.id and stands_by(entries[i], job) then
        return ahead
      end
      local line, lives, mark = lines[i], id ~= job.id and not others[id], ''
      if lives and line then
        local other = parse(line)
        mark = other.mark
        lives = other.state == 'Q' and (mark == '' or mark == string.sub(entries[i], 17)) and not has_expired(line)
      end
      if lives and mark == '' then
        lives = is_first_of(entries[i], id)
      end
      if lives then
        others[id] = true
        ahead = ahead + 1
      end
    end
    place, looks = place + #entries, looks + #entries
    if looks >= MOST_LOOKS then
      return most
    end
  end
  return most
end

-- How many due jobs a claim makes ready before this one.
local function ahead_when_due()
  local due = redis.call('ZRANGE', DELAYED, '-inf', now, 'BYSCORE', 'LIMIT', 0, MOST_DUE)
  if #due == 0 then
    return 0
  elseif #due == MOST_DUE then
    return most
  end
  local priority, own = priority_of(job.record), member(job)
  local lines = redis.call('HMGET', STATES, unpack(ids_of(due, 8, -1)))
  local ahead, past = 0, job.state == 'Q'
  for i = 1, #due do
    past = past or due[i] == own
    local other = string.sub(due[i], 7, 7)
    if (other < priority or other == priority and not past) and not has_expired(lines[i]) then
      ahead = ahead + 1
    end
  end
  return ahead
end

local function count_ahead()
  local is_due = (job.state == 'S' or job.state == 'T') and tonumber(job.run) <= now
  if job.state ~= 'Q' and not is_due or job.expires ~= '' and tonumber(job.expires) <= now then
    return 0
  end
  local ahead, others = ahead_when_due(), {}
  for lane = 0, tonumber(priority_of(job.record)) do
    if ahead < most then
      ahead = ahead + ahead_in(lane, others)
    end
  end
  return math.min(ahead, most)
end

local holder = job.state == 'B' and held(key_of(job.record))
local meta = redis.call('HMGET', META, 'pause', 'pauser', 'paused')
return { view(job.id), now, { meta[1] or 'NONE', meta[2] or '', meta[3] or '' }, holder and holder.id or '', count_ahead(),
  redis.call('ZRANGE', LEASES, 0, 0)[1] or '' }
