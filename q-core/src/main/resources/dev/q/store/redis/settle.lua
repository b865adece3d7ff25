-- Applies what became of attempts, each only while its lease holds.
-- ARGV: how many successes are kept, or 0; 1 if dead jobs are kept; 1 if cancelled ones are; then for each id, nonce, outcome:
--   D result | T delay bar error | X reason letter, 1 if it counts as a failure, error | C reason | Q (shutdown)
--   N (nack), Z (snooze), H (no handler): each with a delay
-- Returns for each 1 (applied), 0 (lost), or 2: refused, since what is stored of the job is damaged. Of a script that fails
-- stays what it has written, so nothing is written of a job before that is known.
local LOST, APPLIED, REFUSED = 0, 1, 2
local keep = { D = tonumber(ARGV[1]), X = tonumber(ARGV[2]), C = tonumber(ARGV[3]) }
local ids, answer, done, gone = {}, {}, {}, {}
local states, ends, endings, forms = {}, {}, {}, {}

-- Jobs that were claimed together have equal lines, mostly.
local function form_of(line)
  local form = forms[line]
  if not form then
    local job = parse(line)
    form = { readable = job.state ~= nil, special = job.unique == 'u' or job.expires ~= '' }
    if form.readable then
      job.state, job.mark, job.worker, job.since, job.finish = 'D', '', '', '', digits(now)
      form.line = format(job)
    end
    forms[line] = form
  end
  return form
end

local function succeed(id, line, result)
  local form = form_of(line)
  if not form.readable then
    return REFUSED
  end
  if form.special then
    local job = parse(line)
    job.id, job.record = id, redis.call('HGET', JOBS, id)
    if not job.record then
      return LOST
    elseif not is_sound(job) then
      return REFUSED
    end
    release(job, 'D')
  end
  done[#done + 1] = id
  if keep.D > 0 then
    states[#states + 1], states[#states + 2] = id, form.line
    ends[#ends + 1], ends[#ends + 2] = now, id
    if result ~= '' then
      endings[#endings + 1], endings[#endings + 2] = id, result
    end
  else
    gone[#gone + 1] = id
  end
  return APPLIED
end

local function stop(job, state)
  if keep[state] > 0 then
    finish(job, state)
  else
    release(job)
    gone[#gone + 1] = job.id
  end
end

local function put_back(job, state, wait)
  local delay_ms = tonumber(wait)
  job.run = digits(now + delay_ms)
  if delay_ms > 0 then
    delay(job, state, now + delay_ms)
  else
    to_end(job)
  end
end

-- Each returns the failure, if there is one.
local outcomes = {
  T = function(job, data)
    local wait, failure = string.match(data, '^(%d+)|(.*)$')
    job.failures, job.since = job.failures + 1, ''
    put_back(job, 'T', wait)
    return failure
  end,
  X = function(job, data)
    job.failures, job.since = job.failures + tonumber(string.sub(data, 2, 2)), ''
    redis.call('HSET', ENDINGS, job.id, 'X' .. string.sub(data, 1, 1))
    stop(job, 'X')
    return string.sub(data, 3)
  end,
  C = function(job, data)
    job.since = ''
    redis.call('HSET', ENDINGS, job.id, 'C' .. data)
    stop(job, 'C')
  end,
  Q = function(job)
    job.releases, job.since = job.releases + 1, ''
    to_front(job)
  end,
  N = function(job, wait)
    job.nacks, job.since = job.nacks + 1, ''
    put_back(job, 'S', wait)
  end,
  Z = function(job, wait)
    job.releases, job.since = job.releases + 1, ''
    put_back(job, 'S', wait)
  end,
  H = function(job, wait)
    job.releases, job.since = job.releases + 1, job.since ~= '' and job.since or digits(now)
    put_back(job, 'S', wait)
  end
}

local function end_otherwise(id, kind, data)
  local job = load(id)
  if not job then
    return LOST
  elseif not job.has_line or not is_sound(job) then
    return REFUSED
  end
  local holder = job.worker
  leave(job)
  note(job, holder, kind, outcomes[kind](job, data))
  return APPLIED
end

for i = 4, #ARGV, 3 do
  ids[#ids + 1] = ARGV[i]
end
drain()
local lines = redis.call('HMGET', STATES, unpack(ids))
local settled = {}
for i = 1, #ids do
  local id, line, outcome = ids[i], lines[i], ARGV[3 * i + 3]
  local held = 'R' .. ARGV[3 * i + 2] .. '|'
  if settled[id] or not line or string.sub(line, 1, #held) ~= held then
    answer[i] = LOST
  else
    settled[id] = true
    local kind, data = string.sub(outcome, 1, 1), string.sub(outcome, 2)
    answer[i] = kind == 'D' and succeed(id, line, data) or end_otherwise(id, kind, data)
  end
end
if #done > 0 then
  redis.call('ZREM', LEASES, unpack(done))
end
if #states > 0 then
  redis.call('HSET', STATES, unpack(states))
  redis.call('ZADD', ENDS.D, unpack(ends))
end
if #endings > 0 then
  redis.call('HSET', ENDINGS, unpack(endings))
end
if keep.D > 0 and #done > 0 then
  local surplus = redis.call('ZCARD', ENDS.D) - keep.D
  if surplus > 0 then
    local oldest = redis.call('ZPOPMIN', ENDS.D, math.min(surplus, 1000))
    for i = 1, #oldest, 2 do
      gone[#gone + 1] = oldest[i]
    end
  end
end
forget(gone)
wake(readied)
return answer
