-- Whoever was told of jobs and can take none leaves them to another one.
wake(1)
