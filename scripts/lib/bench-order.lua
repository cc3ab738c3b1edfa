-- For wrk: posts the JSON document whose file is named after "--", and after it perhaps how many milliseconds a
-- connection waits before each request.
function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  file:close()
  if args[2] then
    local wait = tonumber(args[2])
    delay = function() return wait end
  end
end
