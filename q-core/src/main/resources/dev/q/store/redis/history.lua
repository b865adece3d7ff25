-- Attempts that ended, but not well: see AttemptBook.
local MOST_ATTEMPTS, STACK_TRACES = 20, 5
local ATTEMPT = '>I4I6I6c1c1Hc0I4c0'

local function read_book(bytes)
  local failure, at = struct.unpack('>I4c0', bytes)
  local attempts = {}
  while at <= #bytes do
    local a = {}
    a.number, a.start, a.finish, a.outcome, a.mark, a.worker, a.text, at = struct.unpack(ATTEMPT, bytes, at)
    attempts[#attempts + 1] = a
  end
  return failure, attempts
end

local function without_stack_trace(failure)
  local kind = struct.unpack('>H', failure)
  return string.sub(failure, 1, 6 + kind + struct.unpack('>I4', failure, 3 + kind))
end

-- The attempts that are kept when another one comes, and the last failure.
local function kept(job, failure)
  local number, bytes = tonumber(job.deliveries), redis.call('HGET', ERRORS, job.id)
  local ok, last, attempts = pcall(read_book, bytes or '')
  local entries = {}
  if not ok then -- there is none, or somebody has damaged the data
    return failure or '', entries
  end
  for i = 1, #attempts do
    local a = attempts[i]
    if a.mark == '=' and failure then
      a.mark, a.text = '!', last
    end
    if a.mark == '!' and a.number <= number - STACK_TRACES then
      a.text = without_stack_trace(a.text)
    end
    if a.number > number - MOST_ATTEMPTS and a.number < number then
      entries[#entries + 1] =
        struct.pack(ATTEMPT, a.number, a.start, a.finish, a.outcome, a.mark, #a.worker, a.worker, #a.text, a.text)
    end
  end
  return failure or last, entries
end

-- Takes down what became of the attempt of a job, and its failure, if it has one.
local function note(job, worker, outcome, failure)
  local last, entries = kept(job, failure)
  if tonumber(job.deliveries) > 0 then -- else somebody has damaged the data
    entries[#entries + 1] = struct.pack(ATTEMPT, tonumber(job.deliveries), tonumber(job.start) or now, now, outcome,
      failure and '=' or '-', #worker, worker, 0, '')
  end
  redis.call('HSET', ERRORS, job.id, struct.pack('>I4', #last) .. last .. table.concat(entries))
end
