# Methods that differ only in what is logged of their requests, before one backend. Sourced, never run.

start_logged() { # starts the backend, a node and the control plane
  need_measuring
  [ -n "$nginx" ] && command -v wrk >/dev/null || die "the backend is nginx, and the load is made by wrk"
  nginx_configuration backend "server { listen 127.0.0.1:$backend_port backlog=4096; access_log off;
    location / { default_type application/json; return 200
      '{\"id\": 1, \"type\": \"dog\", \"price\": 249.99, \"description\": \"a friendly dog of two years that likes long walks\"}'; } }"
  run_nginx backend "$backend_port"
  backend_pid=$(echo $ours | cut -d' ' -f1)
  export GATEHOUSE_EGRESS_ALLOW=127.0.0.1/32:$backend_port GATEHOUSE_ACCESS_LOG=true
  "$checkout/scripts/start" --only node-1 --only control
  local settings
  settings=$("$checkout/scripts/status" --env)
  eval "$settings"
}

replace() { printf '{"op":"replace","path":"%s","value":"%s"}' "$1" "$2"; } # replace PATH VALUE

publish_logged() { # publish_logged ROW...: of off, error, access, info and trace
  local row level deadline
  for row in "$@"; do
    publish_document "openapi: 3.0.1
info: {title: Logged, version: '1'}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}
paths:
  /pets:
    get:
      security: [{api_key: []}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$backend_port/pets/1'}" bench "Logged-$row"
    key[$row]=$api_key url[$row]=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api/$api_id/bench/pets pid[$row]=$(pid_of node-1)
    case $row in off) level=OFF ;; info | trace) level=INFO ;; *) level=ERROR ;; esac
    manage PATCH "/restapis/$api_id/stages/bench" "{\"patchOperations\":[$(replace '/*/*/logging/loglevel' $level),
      $(replace '/*/*/throttling/rateLimit' -1), $(replace '/*/*/throttling/burstLimit' -1),
      $(replace '/*/*/logging/dataTrace' "$([ "$row" = trace ] && echo true || echo false)")
      $([ "$row" != access ] || printf ', {"op":"add","path":"/accessLogSettings/format","value":"%s"}' \
        "\$context.identity.sourceIp \$context.requestTime \$context.httpMethod \$context.path \$context.status \$context.responseLength \$context.requestId")]}" >/dev/null
    deadline=$((SECONDS + 30))
    until ask "$row" -f >/dev/null; do
      [ "$SECONDS" -lt "$deadline" ] || die "the row $row answers $(ask "$row" -i | tr '\r\n' '  ')"
      pause 0.5
    done
  done
  label[off]="logs off" label[error]="ERROR, nothing fails" label[access]="ERROR, access log" label[info]="INFO" label[trace]="INFO, data trace"
  for row in "$@"; do [ "$row" = off ] || beside[$row]=off; done
}
