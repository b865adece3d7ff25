-- Delayed jobs whose time has come go to the end of their lists, by due time and then by order of enqueue.
local function promote(limit)
  local due = redis.call('ZRANGE', DELAYED, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit)
  if #due == 0 then
    return 0
  end
  redis.call('ZREM', DELAYED, unpack(due))
  local ids = {}
  for i = 1, #due do
    ids[i] = string.sub(due[i], 8)
  end
  local lines = redis.call('HMGET', STATES, unpack(ids))
  local mark = redis.call('HINCRBY', META, 'seq', #due) - #due
  local states, lists, retrying = {}, {}, 0
  for i = 1, #due do
    local line = lines[i]
    if not line then -- somebody has damaged the data, and the others must go on
      local record = redis.call('HGET', JOBS, ids[i])
      line = record and first_line(record)
    end
    if line then
      local job = parse(line)
      retrying = retrying + (job.state == 'T' and 1 or 0)
      job.state, job.mark = 'Q', digits(mark + i)
      states[#states + 1], states[#states + 2] = ids[i], format(job)
      local lane = string.sub(due[i], 7, 7)
      lists[lane] = lists[lane] or {}
      table.insert(lists[lane], ids[i] .. job.mark)
    end
  end
  if #states > 0 then
    redis.call('HSET', STATES, unpack(states))
  end
  for lane, entries in pairs(lists) do
    redis.call('RPUSH', KEYS[LANES + lane], unpack(entries))
  end
  if retrying > 0 then
    redis.call('HINCRBY', META, 'retrying', -retrying)
  end
  return #due
end
