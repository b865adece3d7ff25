-- KEYS: those of the queue. ARGV: how many jobs may wait, or 0; then the jobs as store.lua reads them.
return store(tonumber(ARGV[1]), 2)
