-- The state of a job as one line: see StateLine. A job without a line is ready, and nothing has happened to it yet.
local FIELDS = '^(%a)([^|]*)|(%d+),(%d+),(%d+),(%d+),(%d+)|(%d*)|(%d*)|(%d*)|(%d*)|([^|]*)|(%d*)|(u?)$'

local function parse(line)
  local s = {}
  s.state, s.mark, s.failures, s.deliveries, s.crashes, s.nacks, s.releases, s.run, s.start, s.since, s.finish, s.worker,
    s.expires, s.unique = string.match(line, FIELDS)
  return s
end

local function format(s)
  return table.concat({ s.state .. s.mark,
    s.failures .. ',' .. s.deliveries .. ',' .. s.crashes .. ',' .. s.nacks .. ',' .. s.releases, s.run, s.start, s.since,
    s.finish, s.worker, s.expires, s.unique }, '|')
end

-- Times have more digits than Lua writes of a number by itself.
local function digits(number)
  return string.format('%.0f', number)
end

-- What the head of a record says: see JobRecord.
local function is_unique(record)
  return (string.byte(record, 13) or 0) % 2 == 1
end

local function starts_once(record)
  return math.floor(string.byte(record, 13) / 64) % 2 == 1
end

-- How long the key is held, and what a job does whose key is taken.
local UNTIL_DONE, PENDING, UNTIL_SUCCESS, WINDOW = 0, 1, 2, 3
local REPLACE, RESCHEDULE, AGAIN = 1, 2, 3

local function scope_of(record)
  return math.floor(string.byte(record, 13) / 4) % 4
end

local function priority_of(record)
  return string.sub(record, 14, 14)
end

-- What the entry of a job bears until something happens to the job: its place in the order of enqueue. The entry of an
-- earlier job of the same id, which may still be in the list after that job was deleted, bears another one.
local function first_mark(record)
  return string.sub(record, 7, 12)
end

local function key_of(record)
  return string.sub(record, 25, 24 + struct.unpack('>H', string.sub(record, 23, 24)))
end

-- Whether a record has all that scripts read of it. One that was cut has not, by whatever damaged the data.
local function is_whole(record)
  return #record >= 22 and string.find(priority_of(record), '%d') ~= nil
end

-- The length of a window, which stands behind the key.
local function window_of(record)
  local first = 25 + struct.unpack('>H', string.sub(record, 23, 24))
  return struct.unpack('>I6', string.sub(record, first, first + 5))
end
