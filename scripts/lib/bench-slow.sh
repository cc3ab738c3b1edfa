# Measures an API of a node while, and while not, thousands of requests of another API wait for a slow backend, their
# arrival over. Sourced, never run.

held=${GATEHOUSE_BENCH_HELD:-5000}
steady_rate=${GATEHOUSE_BENCH_STEADY_RATE:-1000}
need_curl
need_tool wrk "the load" wrk || die "the requests that wait are made by wrk"
[ "$(ulimit -n)" -ge $((held * 2 + 2000)) ] || die "ulimit -n is $(ulimit -n) and must be $((held * 2 + 2000)) for $held waiting requests"
[ "$rounds" -le 20 ] || die "GATEHOUSE_BENCH_ROUNDS is $rounds; each round has a silent backend of its own, and there are 20 ports for them"
# One for each round: a backend that has let thousands wait in vain is not called for a while.
silent_ports=$(seq -s ' ' $((GATEHOUSE_PORT_BASE + 62)) $((GATEHOUSE_PORT_BASE + 61 + rounds)))
waiting_pid=

# All callers come from one address here.
export GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS=0
GATEHOUSE_EGRESS_ALLOW=127.0.0.1/32:$backend_port
for port in $silent_ports; do GATEHOUSE_EGRESS_ALLOW="$GATEHOUSE_EGRESS_ALLOW 127.0.0.1/32:$port"; done
export GATEHOUSE_EGRESS_ALLOW GATEHOUSE_ACCESS_LOG=true
"$checkout/scripts/start" --only node-1 --only control
"$JAVA_HOME/bin/java" -Xmx64m -cp "$image/lib/gatehouse.jar" io.gatehouse.sample.PetStore "$backend_port" >/dev/null &
ours="$ours $!"
"$JAVA_HOME/bin/java" -Xmx256m -cp "$image/lib/gatehouse.jar" io.gatehouse.operate.SilentServer $silent_ports >/dev/null &
ours="$ours $!"
settings=$("$checkout/scripts/status" --env)
eval "$settings"

publish_slow() { # publish_slow NAME PORT PATH: an API with one method; sets address and api_key
  local deadline=$((SECONDS + 20))
  publish_document "openapi: 3.0.1
info: {title: $1, version: '1'}
paths:
  /x:
    get:
      security: [{api_key: []}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'http://127.0.0.1:$2$3'}
components: {securitySchemes: {api_key: {type: apiKey, name: x-api-key, in: header}}}" bench "$1"
  address=${GATEHOUSE_GATEWAY_URLS%% *}/_aws/execute-api/$api_id/bench/x
}

publish_slow fast "$backend_port" /pets/1
fast_url=$address fast_key=$api_key
deadline=$((SECONDS + 30))
until curl -sf -H "x-api-key: $fast_key" "$fast_url" >/dev/null; do
  [ "$SECONDS" -lt "$deadline" ] || die "the node does not serve the API"
  pause 0.2
done

now() { # now METER: as it stands
  curl -s "http://127.0.0.1:$((GATEHOUSE_PORT_BASE + 11))/metrics" | awk -v meter="$1" '$1 == meter { print int($2) }'
}

load_fast() { # load_fast SECONDS: prints "requests/s p50 p99 requests errors", times in milliseconds
  wrk -t1 -c"$connections" -d"$1s" --latency -H "x-api-key: $fast_key" "$fast_url" | awk '
    function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
    $1 == "50%" { p50 = ms($2) } $1 == "99%" { p99 = ms($2) } /requests in/ { n = $1 }
    /Non-2xx/ { errors += $NF } /Socket errors/ { gsub(",", ""); errors += $4 + $6 + $8 + $10 }
    /^Requests\/sec/ { rate = $2 } END { print rate, p50, p99, n, errors + 0 }'
}

paced() { # paced SECONDS: the same of a load that leaves the node idle most of the time
  "$JAVA_HOME/bin/java" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$image/lib/gatehouse.jar" \
    io.gatehouse.operate.LoadGenerator "$fast_url" 16 "$1" "x-api-key: $fast_key" "$steady_rate"
}

hold() { # until as many requests as wanted wait for the silent backend
  local deadline=$((SECONDS + 60))
  wrk -t1 -c"$held" -d600s --timeout 60s -H "x-api-key: $slow_key" "$slow_url" >/dev/null &
  waiting_pid=$!
  ours="$ours $waiting_pid"
  until [ "$(now gatehouse_backend_calls)" -ge "$held" ]; do
    [ "$SECONDS" -lt "$deadline" ] || die "only $(now gatehouse_backend_calls) requests wait"
    pause 0.5
  done
}

let_go() { # calls go on without their callers, until the integration's time is out
  local deadline=$((SECONDS + 60))
  kill "$waiting_pid" 2>/dev/null || true
  until [ "$(now gatehouse_backend_calls)" = 0 ]; do
    [ "$SECONDS" -lt "$deadline" ] || die "$(now gatehouse_backend_calls) requests still wait"
    pause 0.5
  done
}

say "warming up ..."
for _ in 1 2 3 4 5 6; do load_fast 5 >/dev/null; done
results=$GATEHOUSE_HOME/results
say "$rounds rounds of $seconds s each, $connections connections, on $(nproc) cores:"
for ((round = 1; round <= rounds; round++)); do
  say "alone $(load_fast "$seconds")" | tee -a "$results"
  say "steady-alone $(paced "$seconds")" | tee -a "$results"
  publish_slow "slow $round" $((GATEHOUSE_PORT_BASE + 61 + round)) /
  slow_url=$address slow_key=$api_key
  hold
  load_fast 4 >/dev/null # what their arrival costs is not what their waiting costs
  say "beside $(load_fast "$seconds") $(now gatehouse_backend_calls)" | tee -a "$results"
  say "steady-beside $(paced "$seconds") $(now gatehouse_backend_calls)" | tee -a "$results"
  let_go
done

say
awk -v held="$held" '
  function median(row, column,   i, j, t, n, v) {
    n = count[row]
    for (i = 1; i <= n; i++) v[i] = value[row, i, column]
    for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
  }
  function show(label, row) {
    printf "%-38s %11.0f %9.2f %9.2f %7d\n", label, median(row, 2), median(row, 3), median(row, 4), median(row, 6)
  }
  function ratio(alone, beside) {
    printf "%-38s %11.2f %9.2f %9.2f\n", "ratio", median(beside, 2) / median(alone, 2),
      median(beside, 3) / median(alone, 3), median(beside, 4) / median(alone, 4)
  }
  { count[$1]++; for (c = 2; c <= 6; c++) value[$1, count[$1], c] = $c }
  END {
    printf "%-38s %11s %9s %9s %7s\n", "", "requests/s", "p50 ms", "p99 ms", "errors"
    show("HTTP_PROXY", "alone")
    show("HTTP_PROXY, " held " waiting elsewhere", "beside")
    ratio("alone", "beside")
    show("HTTP_PROXY at a steady rate", "steady-alone")
    show("the same, " held " waiting elsewhere", "steady-beside")
    ratio("steady-alone", "steady-beside")
  }' "$results"
say "median of $rounds rounds, commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
