-- KEYS: register of workers. Returns what each says of itself whose entry holds.
local now, answer = clock(), {}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local till, info = string.match(all[i + 1], '^(%d+)|(.*)$')
  if tonumber(till) > now then
    answer[#answer + 1] = info
  end
end
return answer
