-- For wrk: every request posts the JSON document whose file is named after "--".
function init(args)
  local file = assert(io.open(args[#args], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  file:close()
end
