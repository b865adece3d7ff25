-- All that is known of a job, for JobView.
local function view(id)
  local record = redis.call('HGET', JOBS, id)
  if not record then
    return false
  end
  return { id, record, redis.call('HGET', STATES, id) or '', redis.call('ZSCORE', LEASES, id) or '',
    redis.call('HGET', ERRORS, id) or '', redis.call('HGET', ENDINGS, id) or '' }
end
