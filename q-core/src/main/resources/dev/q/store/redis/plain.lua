-- As few keys as a plain insert needs: each costs time. The lists of the priorities in use follow.
local JOBS, META, WAITERS = KEYS[1], KEYS[2], KEYS[3]
