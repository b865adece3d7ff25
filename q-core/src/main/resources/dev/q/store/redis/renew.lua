-- Makes leases hold for their full length from now on. ARGV: for each id, nonce, length. Returns 1 or 0 for each.
local ids, answer, leases = {}, {}, {}
for i = 1, #ARGV, 3 do
  ids[#ids + 1] = ARGV[i]
end
drain()
local lines = redis.call('HMGET', STATES, unpack(ids))
local now = clock()
for i = 1, #ids do
  local held = 'R' .. ARGV[3 * i - 1] .. '|'
  answer[i] = (lines[i] and string.sub(lines[i], 1, #held) == held) and 1 or 0
  if answer[i] == 1 then
    leases[#leases + 1], leases[#leases + 2] = now + ARGV[3 * i], ids[i]
  end
end
if #leases > 0 then
  redis.call('ZADD', LEASES, unpack(leases))
end
return answer
