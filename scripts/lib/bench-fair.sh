# Measures an API of a node while, and while not, a caller of another API sends ten times what its usage plan lets
# through; and while that caller sends the same to nginx, which holds it to the same limit: what then becomes slower is the
# machine, which node and callers share. Sourced, never run.

noisy_rate=${GATEHOUSE_BENCH_NOISY_RATE:-300}
steady_rate=${GATEHOUSE_BENCH_STEADY_RATE:-1000}
need_measuring
[ -n "$nginx" ] || die "what the machine alone makes slower is told with nginx"
noisy_pid=

export GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS=0 GATEHOUSE_ACCESS_LOG=true
export GATEHOUSE_EGRESS_ALLOW=127.0.0.1/32:$backend_port
"$checkout/scripts/start" --only node-1 --only control
"$JAVA_HOME/bin/java" -Xmx64m -cp "$image/lib/gatehouse.jar" io.gatehouse.sample.PetStore "$backend_port" >/dev/null &
ours="$ours $!"
nginx_configuration nginx "access_log off; limit_req_zone \$http_x_api_key zone=keys:1m rate=${noisy_rate}r/s;
  upstream backend { server 127.0.0.1:$backend_port; keepalive 256; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$nginx_port backlog=4096;
    location / { limit_req zone=keys burst=$noisy_rate nodelay; limit_req_status 429; limit_req_log_level info;
      proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ''; } }"
run_nginx nginx "$nginx_port"
settings=$("$checkout/scripts/status" --env)
eval "$settings"

publish_pets() { # publish_pets NAME: an API with one method; sets address, api_key and plan_id
  local deadline=$((SECONDS + 30))
  publish_document "openapi: 3.0.1
info: {title: $1, version: '1'}
paths:
  /x:
    get:
      security: [{api_key: []}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$backend_port/pets/1'}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}" bench "$1"
  address=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api/$api_id/bench/x
  until curl -sf -H "x-api-key: $api_key" "$address" >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || die "the node does not serve the API $1"
    pause 0.2
  done
}

publish_pets steady
steady_url=$address steady_key=$api_key
publish_pets noisy
noisy_url=$address noisy_key=$api_key
manage PATCH "/usageplans/$plan_id" "{\"patchOperations\": [
  {\"op\": \"replace\", \"path\": \"/throttle/rateLimit\", \"value\": \"$noisy_rate\"},
  {\"op\": \"replace\", \"path\": \"/throttle/burstLimit\", \"value\": \"$noisy_rate\"}]}" >/dev/null

paced() { # paced URL KEY CONNECTIONS SECONDS RATE: prints "requests/s p50 p99 requests errors", times in milliseconds
  "$JAVA_HOME/bin/java" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$image/lib/gatehouse.jar" \
    io.gatehouse.operate.LoadGenerator "$1" "$3" "$4" "x-api-key: $2" "$5"
}

deadline=$((SECONDS + 30))
until [ "$(paced "$noisy_url" "$noisy_key" 32 2 $((noisy_rate * 10)) | cut -d' ' -f5)" -gt 0 ]; do
  [ "$SECONDS" -lt "$deadline" ] || die "the node does not hold the noisy caller to its limit"
done

say "warming up ..."
for _ in 1 2 3 4; do paced "$steady_url" "$steady_key" 16 3 $((steady_rate * 4)) >/dev/null; done
results=$GATEHOUSE_HOME/results
say "$rounds rounds of $seconds s each: $steady_rate requests/s, and $((noisy_rate * 10)) of another caller who may make $noisy_rate, on $(nproc) cores:"
beside() { # beside ROW URL: the steady caller, while the noisy one is at the address
  paced "$2" "$noisy_key" 64 $((seconds + 1)) $((noisy_rate * 10)) >"$GATEHOUSE_HOME/noisy" &
  noisy_pid=$!
  ours="$ours $noisy_pid"
  say "$1 $(paced "$steady_url" "$steady_key" 16 "$seconds" "$steady_rate")" | tee -a "$results"
  wait "$noisy_pid"
  say "$1-noisy $(cat "$GATEHOUSE_HOME/noisy")" | tee -a "$results"
}
for ((round = 1; round <= rounds; round++)); do
  say "alone $(paced "$steady_url" "$steady_key" 16 "$seconds" "$steady_rate")" | tee -a "$results"
  beside elsewhere "http://127.0.0.1:$nginx_port/pets/1"
  beside beside "$noisy_url"
done

say
awk '
  function median(row, column,   i, j, t, n, v) {
    n = count[row]
    for (i = 1; i <= n; i++) v[i] = value[row, i, column]
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
  }
  function show(label, row) {
    printf "%-44s %11.0f %9.2f %9.2f %7d\n", label, median(row, 2), median(row, 3), median(row, 4), median(row, 6)
  }
  function ratio(row, other) {
    printf "%-44s %11.2f %9.2f %9.2f\n", row " : " other, median(row, 2) / median(other, 2),
      median(row, 3) / median(other, 3), median(row, 4) / median(other, 4)
  }
  { count[$1]++; for (c = 2; c <= 6; c++) value[$1, count[$1], c] = $c }
  END {
    printf "%-44s %11s %9s %9s %7s\n", "", "requests/s", "p50 ms", "p99 ms", "errors"
    show("alone", "alone")
    show("elsewhere: ten times a limit, at nginx", "elsewhere")
    show("  that caller, refusals as errors", "elsewhere-noisy")
    show("beside: ten times a limit, at this node", "beside")
    show("  that caller, refusals as errors", "beside-noisy")
    ratio("elsewhere", "alone")
    ratio("beside", "alone")
    ratio("beside", "elsewhere")
  }' "$results"
say "median of $rounds rounds, commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
