-- Asks for another day at each request: `wrk -s bench/never_seen.lua ADDRESS -- FIRST`, counted up from FIRST.

local DAY = 24 * 60 * 60
local FIRST_DAY, DAYS = 1592179200, 2000 -- from 15 June 2020: the whole made-up record is on those days
local number

function init(arguments)
  number = tonumber(arguments[1])
end

function request()
  number = number + 1
  local day = os.date("!%Y-%m-%d", FIRST_DAY + (number % DAYS) * DAY)
  local sign = string.find(wrk.path, "?", 1, true) and "&" or "?"
  return wrk.format(nil, wrk.path .. sign .. "on=" .. day)
end
