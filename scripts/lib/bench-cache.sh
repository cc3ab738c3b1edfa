# Measures a hit of the response cache beside HTTP_PROXY without a cache and nginx's own proxying, before the same backend,
# in turns in one run. Sourced, never run.

need_measuring
[ -n "$nginx" ] && command -v wrk >/dev/null || die "the backend is nginx, and the load is made by wrk"

body='{"id": 1, "type": "dog", "price": 249.99, "description": "a friendly dog of two years that likes long walks"}'
nginx_configuration backend "server { listen 127.0.0.1:$backend_port backlog=4096; access_log off;
  location / { default_type application/json; return 200 '$body'; } }"
run_nginx backend "$backend_port"
nginx_configuration nginx "access_log $GATEHOUSE_HOME/nginx/access.log combined;
  upstream backend { server 127.0.0.1:$backend_port; keepalive 256; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$nginx_port backlog=4096;
    location / { proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ''; } }"
run_nginx nginx "$nginx_port"
backend_pid=$(echo $ours | cut -d' ' -f1)
nginx_pid=$(echo $ours | cut -d' ' -f2)

export GATEHOUSE_EGRESS_ALLOW=127.0.0.1/32:$backend_port GATEHOUSE_ACCESS_LOG=true
"$checkout/scripts/start" --only node-1 --only control
settings=$("$checkout/scripts/status" --env)
eval "$settings"

integration="responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$backend_port/pets/1'"
publish_document "openapi: 3.0.1
info: {title: Bench, version: '1'}
paths:
  /proxy:
    get:
      security: [{api_key: []}]
      $integration}
  /hit:
    get:
      security: [{api_key: []}]
      $integration}
  /keyed:
    get:
      security: [{api_key: []}]
      parameters: [{name: page, in: query, schema: {type: string}}, {name: X-Tenant, in: header, schema: {type: string}}]
      $integration,
        cacheKeyParameters: [method.request.querystring.page, method.request.header.X-Tenant]}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}" bench Bench

setting() { # setting PATH NAME VALUE: of the stage's methods
  printf ',{"op":"replace","path":"/~1%s/GET/%s","value":"%s"}' "$1" "$2" "$3"
}
manage PATCH "/restapis/$api_id/stages/bench" "{\"patchOperations\":[
  {\"op\":\"replace\",\"path\":\"/cacheClusterEnabled\",\"value\":\"true\"},
  {\"op\":\"replace\",\"path\":\"/cacheClusterSize\",\"value\":\"0.5\"}
  $(for path in hit keyed; do
    setting $path caching/enabled true && setting $path caching/ttlInSeconds 3600
    # Else they would have the usual limits of methods that have settings.
    setting $path throttling/rateLimit -1 && setting $path throttling/burstLimit -1
  done)]}" >/dev/null

node=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api/$api_id/bench
hits() { # how many answers have come from the cache
  curl -s "http://127.0.0.1:$((GATEHOUSE_PORT_BASE + 11))/metrics" |
    awk -v api="api=\"$api_id\"" '/^gatehouse_cache_hit_count_total/ && index($0, api) { n += $2 } END { print int(n) }'
}
tenant_header() { printf 'X-Tenant: bench\n'; }

rows="nginx proxy hit keyed"
label[nginx]="nginx, GET" url[nginx]=http://127.0.0.1:$nginx_port/pets/1 key[nginx]=none pid[nginx]=$nginx_pid
label[proxy]="HTTP_PROXY, no cache" label[hit]="cache hit" label[keyed]="cache hit, two parameters"
url[proxy]=$node/proxy url[hit]=$node/hit url[keyed]="$node/keyed?page=7" more_headers[keyed]=tenant_header
beside[proxy]=nginx
for row in proxy hit keyed; do
  key[$row]=$api_key pid[$row]=$(pid_of node-1)
  deadline=$((SECONDS + 30))
  until ask "$row" -f >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || die "the row ${label[$row]} answers $(ask "$row" -i | tr '\r\n' '  ')"
    pause 0.5
  done
done
deadline=$((SECONDS + 30))
until [ "$(hits)" -ge 2 ]; do
  [ "$SECONDS" -lt "$deadline" ] || die "nothing is served from the cache"
  ask hit -f >/dev/null && ask keyed -f >/dev/null
  pause 0.5
done
"$checkout/scripts/stop" --only control >/dev/null

beside[hit]=proxy beside[keyed]=proxy
measure_rows
ratios "hit nginx" "keyed nginx"
say "API key required, access log on; $(hits) answers came from the cache"
