# Measures what logging costs a node: the same method with logs off, at ERROR, at INFO and with full data traces, before
# the same backend, in turns in one run. Nobody fetches the records meanwhile: what the node's disk may not have is
# dropped and counted. Sourced, never run.

need_measuring
[ -n "$nginx" ] && command -v wrk >/dev/null || die "the backend is nginx, and the load is made by wrk"

body='{"id": 1, "type": "dog", "price": 249.99, "description": "a friendly dog of two years that likes long walks"}'
nginx_configuration backend "server { listen 127.0.0.1:$backend_port backlog=4096; access_log off;
  location / { default_type application/json; return 200 '$body'; } }"
run_nginx backend "$backend_port"
backend_pid=$(echo $ours | cut -d' ' -f1)

export GATEHOUSE_EGRESS_ALLOW=127.0.0.1/32:$backend_port GATEHOUSE_ACCESS_LOG=true
"$checkout/scripts/start" --only node-1 --only control
settings=$("$checkout/scripts/status" --env)
eval "$settings"

rows="off error access info trace"
document="openapi: 3.0.1
info: {title: Logged, version: '1'}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}
paths:
  /pets:
    get:
      security: [{api_key: []}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$backend_port/pets/1'}"
replace() { printf '{"op":"replace","path":"%s","value":"%s"}' "$1" "$2"; } # replace PATH VALUE
for row in $rows; do
  publish_document "$document" bench "Logged-$row"
  key[$row]=$api_key url[$row]=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api/$api_id/bench/pets
  case $row in off) level=OFF ;; info | trace) level=INFO ;; *) level=ERROR ;; esac
  manage PATCH "/restapis/$api_id/stages/bench" "{\"patchOperations\":[$(replace '/*/*/logging/loglevel' $level),
    $(replace '/*/*/throttling/rateLimit' -1), $(replace '/*/*/throttling/burstLimit' -1),
    $(replace '/*/*/logging/dataTrace' "$([ "$row" = trace ] && echo true || echo false)")
    $([ "$row" != access ] || printf ', {"op":"add","path":"/accessLogSettings/format","value":"%s"}' \
      "\$context.identity.sourceIp \$context.requestTime \$context.httpMethod \$context.path \$context.status \$context.responseLength \$context.requestId")]}" >/dev/null
  pid[$row]=$(pid_of node-1)
  deadline=$((SECONDS + 30))
  until ask "$row" -f >/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || die "the row $row answers $(ask "$row" -i | tr '\r\n' '  ')"
    pause 0.5
  done
done
label[off]="logs off" label[error]="ERROR, nothing fails" label[access]="ERROR, access log" label[info]="INFO" label[trace]="INFO, data trace"
for row in error access info trace; do beside[$row]=off; done
pause 5 # until the node has the last settings
"$checkout/scripts/stop" --only control >/dev/null
measure_rows
say "records logged $(meter gatehouse_log_records), dropped $(meter gatehouse_log_dropped_total); heap $(($(meter 'jvm_memory_used_bytes{area="heap"') >> 20)) MB"
