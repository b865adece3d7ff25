-- Jobs that are ready at once, without key, expiry or limit: the common case, with no more keys than it needs.
-- KEYS: see plain.lua. ARGV: the priorities, then for each job id and record.
-- Returns {0, and for each job that was known its place}, or {2} when the queue takes nothing in.
local meta = redis.call('HMGET', META, 'pause', 'lanes')
if meta[1] == 'IN' or meta[1] == 'ALL' then
  return { 2 }
end
local ids = {}
for i = 2, #ARGV, 2 do
  ids[#ids + 1] = ARGV[i]
end
local known = redis.call('HMGET', JOBS, unpack(ids))
local head = struct.pack('>I6', clock())
local seq = redis.call('HINCRBY', META, 'seq', #ids) - #ids
local records, lists, answer, taken, count = {}, {}, { 0 }, {}, 0
for i = 1, #ids do
  local id, record = ids[i], ARGV[2 * i + 1]
  if known[i] or taken[id] then
    answer[#answer + 1] = i
  else
    taken[id] = true
    count = count + 1
    local mark = struct.pack('>I6', seq + i) -- see first_mark in line.lua
    records[2 * count - 1], records[2 * count] = id, head .. mark .. record
    local lane = string.sub(record, 2, 2)
    local list = lists[lane]
    if not list then
      list = {}
      lists[lane] = list
    end
    list[#list + 1] = id .. mark
  end
end
if count > 0 then
  redis.call('HSET', JOBS, unpack(records))
  local lanes = meta[2] or ''
  for lane, list in pairs(lists) do
    redis.call('RPUSH', KEYS[3 + string.find(ARGV[1], lane, 1, true)], unpack(list))
    if not string.find(lanes, lane, 1, true) then
      lanes = lanes .. lane
      redis.call('HSET', META, 'lanes', lanes)
    end
  end
  wake(count)
end
return answer
