-- For wrk: posts the JSON document whose file is named after "--", a hundred times a second on each connection.
function init(args)
  local file = assert(io.open(args[#args], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  file:close()
end
function delay() return 10 end
