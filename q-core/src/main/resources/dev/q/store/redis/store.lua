-- Takes in a group of jobs. For each: id, due ('' now, '+ms' a delay, 'ms' an instant), age and deadline in ms or '', record.
local ARGS_OF_JOB = 5

local function waiting()
  return redis.call('HLEN', JOBS) - redis.call('ZCARD', LEASES) - redis.call('ZCARD', ENDS.D) - redis.call('ZCARD', ENDS.X)
    - redis.call('ZCARD', ENDS.C) - redis.call('ZCARD', ENDS.E)
end

local function due_of(text)
  if text == '' then
    return now
  elseif string.sub(text, 1, 1) == '+' then
    return math.min(now + string.sub(text, 2), LATEST)
  end
  return math.max(now, tonumber(text))
end

local function expiry_of(age, deadline)
  local by_age = age ~= '' and now + age
  if deadline ~= '' and not (by_age and by_age <= tonumber(deadline)) then
    return tonumber(deadline)
  end
  return by_age
end

-- Where the fields begin in a record whose head begins at a place.
local function fields_at(record, head)
  local flags = string.byte(record, head)
  if flags % 2 == 0 then
    return head + 10
  end
  local window = math.floor(flags / 4) % 4 == WINDOW and 6 or 0
  return head + 12 + struct.unpack('>H', string.sub(record, head + 10, head + 11)) + window
end

-- The fields of a record that are of the payload - type, content type, version and bytes - or all others.
local OF_PAYLOAD = { [1] = true, [2] = true, [3] = true, [15] = true }

local function fields(record, at, of_payload)
  local found = {}
  while at <= #record do
    local last = at + 4 + struct.unpack('>I4', string.sub(record, at + 1, at + 4))
    if (OF_PAYLOAD[string.byte(record, at)] or false) == of_payload then
      found[#found + 1] = string.sub(record, at, last)
    end
    at = last + 1
  end
  return table.concat(found)
end

-- A record with the payload of a job that comes in.
local function with_payload(record, other)
  local flags, json = string.byte(record, 13), math.floor(string.byte(other, 1) / 2) % 2
  local at = fields_at(record, 13)
  flags = flags + 2 * (json - math.floor(flags / 2) % 2)
  return string.sub(record, 1, 12) .. string.char(flags) .. string.sub(record, 14, at - 1)
    .. fields(other, fields_at(other, 1), true) .. fields(record, at, false)
end

-- A job has met another one of its key and does something to it.
local function change(met)
  local job = load(met.id)
  local due = due_of(ARGV[met.at + 1])
  if met.how ~= RESCHEDULE then
    redis.call('HSET', JOBS, met.id, with_payload(job.record, ARGV[met.at + 4]))
  elseif due > now then
    leave(job)
    delay(job, 'S', due)
  elseif job.state == 'S' then -- what is ready already, and shall be, keeps its place
    leave(job)
    job.run = digits(now)
    to_end(job)
  end
end

-- Looks before anything is written: which jobs are new, and who stands in the way of the others. Of each key one job is new at
-- most: the holder, or the one that waits for it.
local Look = { keys = {}, ids = {}, steps = {}, fresh = 0, holders = {} }

function Look.enter(new)
  Look.ids[ARGV[new.at]] = true
  Look.fresh = Look.fresh + 1
  Look.steps[#Look.steps + 1] = new
end

function Look.known(place, id)
  Look.holders[#Look.holders + 1] = { place, id }
end

function Look.change(place, met)
  Look.steps[#Look.steps + 1] = met
  Look.holders[#Look.holders + 1] = { -place, met.id }
end

-- A job whose key is taken.
function Look.meet(at, place, found)
  local how = math.floor(string.byte(ARGV[at + 4], 1) / 16) % 4
  if how == 0 then
    Look.known(place, found.id)
  elseif not has_started(found) then
    Look.change(place, { at = at, id = found.id, how = how })
  elseif how ~= AGAIN then
    Look.known(place, found.id)
  elseif found.till then
    Look.keys[found.key] = { id = ARGV[at], key = found.key, started = false }
    Look.enter({ at = at, key = found.key, after = found.till })
  elseif found.waits or waits_for(found.key, found.next) then
    Look.change(place, { at = at, id = found.next, how = how })
  else
    found.next, found.waits = ARGV[at], true
    Look.enter({ at = at, key = found.key, behind = found.id })
  end
end

function Look.at(at, place)
  local id, record = ARGV[at], ARGV[at + 4]
  if Look.ids[id] or redis.call('HEXISTS', JOBS, id) == 1 then
    Look.known(place, id)
  elseif string.byte(record, 1) % 2 == 0 then
    Look.enter({ at = at })
  else
    local key = string.sub(record, 13, 12 + struct.unpack('>H', string.sub(record, 11, 12)))
    local found = Look.keys[key] or held(key)
    Look.keys[key] = found or { id = id, key = key, started = false }
    if found then
      Look.meet(at, place, found)
    else
      Look.enter({ at = at, key = key })
    end
  end
end

local function block(job, due, new)
  job.state, job.run = 'B', digits(due)
  redis.call('HINCRBY', META, 'blocked', 1)
  redis.call('HSET', UNIQUE, new.key, new.behind .. 'N' .. job.id)
  write(job)
end

local function enter(new, head, lanes)
  local id, record = ARGV[new.at], head .. ARGV[new.at + 4]
  local due, expires = due_of(ARGV[new.at + 1]), expiry_of(ARGV[new.at + 2], ARGV[new.at + 3])
  local job = parse('Q|0,0,0,0,0|||||||' .. (new.key and 'u' or ''))
  job.id, job.record = id, record
  redis.call('HSET', JOBS, id, record)
  if new.after then
    due = math.max(due, new.after)
  end
  if new.key and not new.behind then
    take_key(id, record, new.after and due or now)
  end
  if expires then
    job.expires = digits(math.max(expires, 0))
    redis.call('ZADD', EXPIRING, job.expires, id)
  end
  if new.behind then
    block(job, due, new)
  elseif due > now then
    delay(job, 'S', due)
  else
    redis.call('RPUSH', KEYS[LANES + priority_of(record)], id .. first_mark(record))
    readied = readied + 1
    if expires then
      write(job)
    end
  end
  lanes[priority_of(record)] = true
end

-- Does what was found to be done, in the order of the jobs.
local function work(lanes)
  local seq = Look.fresh > 0 and redis.call('HINCRBY', META, 'seq', Look.fresh) - Look.fresh
  for i = 1, #Look.steps do
    local step = Look.steps[i]
    if step.how then
      change(step)
    else
      seq = seq + 1
      enter(step, struct.pack('>I6I6', now, seq), lanes)
    end
  end
end

-- Returns {0, and for each job that was not stored its place and who holds its id or key, or the place below zero and whom it
-- has changed}, {1, length} or {2}.
local function store(max, first)
  local meta = redis.call('HMGET', META, 'pause', 'lanes')
  if meta[1] == 'IN' or meta[1] == 'ALL' then
    return { 2 }
  end
  for at = first, #ARGV, ARGS_OF_JOB do
    Look.at(at, (at - first) / ARGS_OF_JOB + 1)
  end
  if max > 0 and Look.fresh > 0 then
    local length = waiting()
    if length + Look.fresh > max then
      return { 1, length }
    end
  end
  local lanes, known = {}, meta[2] or ''
  work(lanes)
  for lane in pairs(lanes) do
    if not string.find(known, lane, 1, true) then
      known = known .. lane
      redis.call('HSET', META, 'lanes', known)
    end
  end
  wake(readied)
  local answer = { 0 }
  for i = 1, #Look.holders do
    answer[#answer + 1] = Look.holders[i][1]
    answer[#answer + 1] = Look.holders[i][2]
  end
  return answer
end
