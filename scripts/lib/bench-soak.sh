# Measures what a node's memory does over a long time: an API that is cached with ever new keys, one that is validated and
# mapped, and a caller at ten times its limit, while the APIs are deployed again each minute. Sourced, never run.

seconds=${GATEHOUSE_BENCH_SECONDS:-1800}
every=$((seconds / 30 > 5 ? seconds / 30 : 5))
need_measuring
[ -n "$nginx" ] && command -v wrk >/dev/null || die "the backend is nginx, and the load is made by wrk"

accepted='{"id": "o-48151623", "state": "accepted", "total": 289.85, "currency": "EUR", "lines": [
  {"article": "DOG-BED-L", "pieces": 1, "stock": 7}, {"article": "LEASH-3M", "pieces": 2, "stock": 112}], "delivery": {"carrier": "PostNord", "days": [2, 3]}}'
nginx_configuration backend "server { listen 127.0.0.1:$backend_port backlog=4096; access_log off;
  location / { default_type application/json; return 200 '{\"id\": 1, \"type\": \"dog\", \"price\": 249.99}'; }
  location = /orders { default_type application/json; return 200 '$accepted'; } }"
run_nginx backend "$backend_port"
export GATEHOUSE_EGRESS_ALLOW=127.0.0.1/32:$backend_port GATEHOUSE_ACCESS_LOG=true
"$checkout/scripts/start" --only node-1 --only control
settings=$("$checkout/scripts/status" --env)
eval "$settings"

publish_document "$(sed "s/BACKEND/127.0.0.1:$backend_port/" "$checkout/scripts/lib/bench-api.yaml")" bench Mapped
mapped_id=$api_id mapped_key=$api_key
publish_document "openapi: 3.0.1
info: {title: Cached, version: '1'}
paths:
  /cached:
    get:
      security: [{api_key: []}]
      parameters: [{name: page, in: query, schema: {type: string}}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$backend_port/pets/1',
        cacheKeyParameters: [method.request.querystring.page]}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}" bench Cached
manage PATCH "/restapis/$api_id/stages/bench" '{"patchOperations":[
  {"op":"replace","path":"/cacheClusterEnabled","value":"true"}, {"op":"replace","path":"/cacheClusterSize","value":"0.5"},
  {"op":"replace","path":"/~1cached/GET/caching/enabled","value":"true"}, {"op":"replace","path":"/~1cached/GET/caching/ttlInSeconds","value":"60"},
  {"op":"replace","path":"/~1cached/GET/throttling/rateLimit","value":"-1"}, {"op":"replace","path":"/~1cached/GET/throttling/burstLimit","value":"-1"}]}' >/dev/null
cached_id=$api_id cached_key=$api_key
node=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api
publish_document "openapi: 3.0.1
info: {title: Noisy, version: '1'}
paths:
  /x:
    get:
      security: [{api_key: []}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$backend_port/pets/1'}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}" bench Noisy
manage PATCH "/usageplans/$plan_id" '{"patchOperations": [
  {"op": "replace", "path": "/throttle/rateLimit", "value": "50"}, {"op": "replace", "path": "/throttle/burstLimit", "value": "50"},
  {"op": "replace", "path": "/quota/limit", "value": "1000000"}, {"op": "replace", "path": "/quota/period", "value": "DAY"}]}' >/dev/null
deadline=$((SECONDS + 60))
until curl -sf -H "x-api-key: $api_key" "$node/$api_id/bench/x" >/dev/null && curl -sf -H "x-api-key: $cached_key" "$node/$cached_id/bench/cached" >/dev/null; do
  [ "$SECONDS" -lt "$deadline" ] || die "the node does not serve the APIs"
  pause 0.5
done

total=$((seconds + 30))
wrk -t1 -c8 -d"${total}s" -s "$checkout/scripts/lib/bench-soak.lua" -H "x-api-key: $cached_key" "$node/$cached_id/bench/cached" >"$GATEHOUSE_HOME/cached" 2>&1 &
ours="$ours $!"
paced() { # paced URL KEY CONNECTIONS RATE
  "$JAVA_HOME/bin/java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$image/lib/gatehouse.jar" \
    io.gatehouse.operate.LoadGenerator "$1" "$3" "$total" "x-api-key: $2" "$4"
}
paced "$node/$api_id/bench/x" "$api_key" 16 500 >"$GATEHOUSE_HOME/noisy" &
ours="$ours $!"
wrk -t1 -c4 -d"${total}s" -s "$checkout/scripts/lib/bench-order.lua" -H "x-api-key: $mapped_key" \
  "$node/$mapped_id/bench/orders/mapped" -- "$checkout/scripts/lib/bench-order.json" 10 >"$GATEHOUSE_HOME/mapped" 2>&1 &
ours="$ours $!"

node_pid=$(pid_of node-1)
say "$seconds s, a line each $every s; every second line after a new deployment:"
printf '%8s %12s %10s %10s %9s %9s %11s %13s\n' seconds requests/s 'heap MB' 'other MB' 'RSS MB' threads 'cache MB' 'cache entries'
begin=$SECONDS
before=$(meter gatehouse_count_total)
lines=0
while [ $((SECONDS - begin)) -lt "$seconds" ]; do
  pause "$every"
  lines=$((lines + 1))
  now=$(meter gatehouse_count_total)
  heap=$(live_heap "$node_pid")
  printf '%8d %12d %10.1f %10.1f %9.0f %9d %11.1f %13d\n' $((SECONDS - begin)) $(((now - before) / every)) \
    "$heap" "$(awk "BEGIN { print $(meter 'jvm_memory_used_bytes{area="nonheap"') / 1048576 }")" \
    "$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$node_pid/status")" "$(meter jvm_threads_live_threads)" \
    "$(awk "BEGIN { print $(meter gatehouse_cache_bytes) / 1048576 }")" "$(meter gatehouse_cache_entries)" | tee -a "$GATEHOUSE_HOME/results"
  before=$now
  if [ $((lines % 2)) = 1 ]; then
    for id in "$mapped_id" "$cached_id" "$api_id"; do manage POST "/restapis/$id/deployments" '{"stageName":"bench"}' >/dev/null; done
  fi
done
say
thirds 3 "heap in use" MB
say "5xx answers: $(meter gatehouse_5xx_error_total); commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores"
