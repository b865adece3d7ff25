-- The last failure stands at the head of the attempts: see AttemptBook.
local function last_failure(id)
  local book = redis.call('HGET', ERRORS, id)
  return book and #book >= 4 and string.sub(book, 5, 4 + struct.unpack('>I4', book)) or ''
end

-- All that is known of a job, for JobView.
local function view(id)
  local record = redis.call('HGET', JOBS, id)
  if not record then
    return false
  end
  return { id, record, redis.call('HGET', STATES, id) or '', redis.call('ZSCORE', LEASES, id) or '',
    last_failure(id), redis.call('HGET', ENDINGS, id) or '' }
end
