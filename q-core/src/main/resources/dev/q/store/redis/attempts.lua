-- ARGV: id. Returns {what is known of the job, its attempts that were noted}, or nothing if there is no such job.
local seen = view(ARGV[1])
return seen and { seen, redis.call('HGET', ERRORS, ARGV[1]) or '' } or {}
