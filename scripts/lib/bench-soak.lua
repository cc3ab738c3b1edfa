-- For wrk: a thousand keys of the cache, now and then one that nobody has asked for, a page that is not there, or a
-- caller who wants it fresh; about so many requests a second from each connection as its wait lets through.
local count = 0
function delay() return 10 end
function request()
  count = count + 1
  local headers = {["x-api-key"] = wrk.headers["x-api-key"]}
  local path = wrk.path .. "?page=" .. (count * 7919) % 1000
  if count % 10 == 0 then path = wrk.path .. "?page=new-" .. count end
  if count % 50 == 0 then headers["Cache-Control"] = "max-age=0" end
  if count % 97 == 0 then path = wrk.path .. "/nothing" end
  return wrk.format("GET", path, headers)
end
