-- Changes what a job is, if it still is what it was. ARGV: id, state letter, deliveries, what it was, what it is to be (each the
-- client's part of the record), 1 if it is to be brought back. Returns {the answer, as EditAnswer names it}.
local id, state, deliveries, was, wanted, comes_back = unpack(ARGV)
local job = load(id)
if not job then
  return { 'UNKNOWN' }
end
if job.state ~= state or tonumber(job.deliveries) ~= tonumber(deliveries) or string.sub(job.record, 13) ~= was then
  return { 'CHANGED' }
end
drain()
if comes_back == '1' and not has_key(job) then
  return { 'KEY_TAKEN' }
end

local record = string.sub(job.record, 1, 12) .. wanted
local lane = priority_of(record)
local moves = lane ~= priority_of(job.record) and state ~= 'B' and not ended(job)
if moves then
  leave(job)
end
job.record = record
redis.call('HSET', JOBS, id, record)
local lanes = redis.call('HGET', META, 'lanes') or ''
if not string.find(lanes, lane, 1, true) then
  redis.call('HSET', META, 'lanes', lanes .. lane)
end
if comes_back == '1' then
  revive(job)
elseif moves and state == 'Q' then
  to_end(job)
elseif moves then
  delay(job, state, tonumber(job.run))
end
wake(readied)
return { 'DONE' }
