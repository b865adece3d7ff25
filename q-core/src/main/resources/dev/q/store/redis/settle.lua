-- Applies what became of attempts, each only while its lease holds.
-- ARGV: how many successes are kept, or 0; 1 if dead jobs are kept; 1 if cancelled ones are; then for each id, nonce, outcome:
--   D result | T delay bar error | X reason letter, 1 if it counts as a failure, error | C reason | Q (shutdown)
--   N (nack), Z (snooze), H (no handler): each with a delay
-- Returns 1 (applied) or 0 (lost) for each.
local keep = { D = tonumber(ARGV[1]), X = tonumber(ARGV[2]), C = tonumber(ARGV[3]) }
local ids, answer, done, gone = {}, {}, {}, {}
local states, ends, endings, forms = {}, {}, {}, {}

-- Jobs that were claimed together have equal lines, mostly.
local function form_of(line)
  local form = forms[line]
  if not form then
    local job = parse(line)
    form = { special = job.unique == 'u' or job.expires ~= '' }
    job.state, job.mark, job.worker, job.since, job.finish = 'D', '', '', '', digits(now)
    form.line = format(job)
    forms[line] = form
  end
  return form
end

local function succeed(id, line, result)
  local form = form_of(line)
  done[#done + 1] = id
  if form.special then
    local job = parse(line)
    job.id, job.record = id, redis.call('HGET', JOBS, id)
    release(job, 'D')
  end
  if keep.D > 0 then
    states[#states + 1], states[#states + 2] = id, form.line
    ends[#ends + 1], ends[#ends + 2] = now, id
    if result ~= '' then
      endings[#endings + 1], endings[#endings + 2] = id, result
    end
  else
    gone[#gone + 1] = id
  end
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
    answer[i] = 0
  else
    answer[i], settled[id] = 1, true
    local kind, data = string.sub(outcome, 1, 1), string.sub(outcome, 2)
    if kind == 'D' then
      succeed(id, line, data)
    else
      local job = load(id)
      local holder = job.worker
      leave(job)
      note(job, holder, kind, outcomes[kind](job, data))
    end
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
