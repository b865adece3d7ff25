-- Takes in a group of jobs. For each: id, due ('' now, '+ms' a delay, 'ms' an instant), age and deadline in ms or '', record.
local ARGS_OF_JOB = 5
local LATEST = 253402300799999 -- the end of the year 9999

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

-- Looks before anything is written: which jobs are new, and who stands in the way of the others.
local function look(first)
  local fresh, holders, ids, keys = {}, {}, {}, {}
  for i = first, #ARGV, ARGS_OF_JOB do
    local id, record = ARGV[i], ARGV[i + 4]
    local key = string.byte(record, 1) % 2 == 1
      and string.sub(record, 13, 12 + struct.unpack('>H', string.sub(record, 11, 12)))
    local holder = key and (keys[key] or redis.call('HGET', UNIQUE, key))
    if ids[id] or redis.call('HEXISTS', JOBS, id) == 1 then
      holders[#holders + 1] = { (i - first) / ARGS_OF_JOB + 1, id }
    elseif holder then
      holders[#holders + 1] = { (i - first) / ARGS_OF_JOB + 1, holder }
    else
      ids[id] = true
      fresh[#fresh + 1] = { at = i, key = key }
      if key then
        keys[key] = id
      end
    end
  end
  return fresh, holders
end

local function enter(new, head, lanes)
  local id, record = ARGV[new.at], head .. ARGV[new.at + 4]
  local due, expires = due_of(ARGV[new.at + 1]), expiry_of(ARGV[new.at + 2], ARGV[new.at + 3])
  local job = parse('Q|0,0,0,0,0|||||||' .. (new.key and 'u' or ''))
  job.id, job.record = id, record
  redis.call('HSET', JOBS, id, record)
  if new.key then
    redis.call('HSET', UNIQUE, new.key, id)
  end
  if expires then
    job.expires = digits(math.max(expires, 0))
    redis.call('ZADD', EXPIRING, job.expires, id)
  end
  if due > now then
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

-- Returns {0, and for each job that was not stored its place and who holds its id or key}, {1, length} or {2}.
local function store(max, first)
  local meta = redis.call('HMGET', META, 'pause', 'lanes')
  if meta[1] == 'IN' or meta[1] == 'ALL' then
    return { 2 }
  end
  local fresh, holders = look(first)
  if max > 0 and #fresh > 0 then
    local length = waiting()
    if length + #fresh > max then
      return { 1, length }
    end
  end
  local lanes, known = {}, meta[2] or ''
  if #fresh > 0 then
    local seq = redis.call('HINCRBY', META, 'seq', #fresh) - #fresh
    for i = 1, #fresh do
      enter(fresh[i], struct.pack('>I6I6', now, seq + i), lanes)
    end
  end
  for lane in pairs(lanes) do
    if not string.find(known, lane, 1, true) then
      known = known .. lane
      redis.call('HSET', META, 'lanes', known)
    end
  end
  wake(readied)
  local answer = { 0 }
  for i = 1, #holders do
    answer[#answer + 1] = holders[i][1]
    answer[#answer + 1] = holders[i][2]
  end
  return answer
end
