# Rows that are measured in turns: requests, times, and CPU of the process that serves them. Sourced, never run.

# Of each row: its name in the table, address, API key, process, and the row whose figures its own are divided by.
declare -A label url key pid beside

# Of a row, where it needs more: a function that prints the lines of its headers, asked before each turn.
declare -A more_headers

posts() { case $1 in nginx_post | validated | mapped) ;; *) return 1 ;; esac }

header_options() { # header_options ROW: sets headers, for curl and wrk
  local line
  headers=(-H "x-api-key: ${key[$1]}")
  [ -z "${more_headers[$1]:-}" ] || while IFS= read -r line; do headers+=(-H "$line"); done < <(${more_headers[$1]} "$1")
}

ask() { # ask ROW OPTION...: one request of the row's
  local order=() headers
  header_options "$1"
  ! posts "$1" || order=(--data-binary "@$checkout/scripts/lib/bench-order.json" -H 'Content-Type: application/json')
  curl -s "${order[@]}" "${headers[@]}" "${@:2}" "${url[$1]}"
}

need_measuring() { # what rows are measured with; sets nginx, which may be empty
  need_curl
  [ -r /proc/self/stat ] || die "the CPU time of processes is read from /proc, which this system does not have"
  (need_tool nginx "the comparison" nginx) || complain "going on without nginx: a JVM backend, and no ratios"
  (need_tool wrk "the load" wrk) || complain "going on with a load generator of our own"
  nginx=$(command -v nginx || { [ ! -x /usr/sbin/nginx ] || echo /usr/sbin/nginx; })
}

nginx_configuration() { # nginx_configuration NAME SERVER: one worker, on loopback, all files in our folder
  local folder=$GATEHOUSE_HOME/$1
  mkdir -p "$folder"
  cat >"$folder/nginx.conf" <<EOF
daemon off; worker_processes 1; pid $folder/pid; error_log $folder/error.log;
$([ "$(id -u)" != 0 ] || echo 'user root;')
events { worker_connections 4096; }
http {
  client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
  keepalive_requests 100000000;
  $2
}
EOF
}

run_nginx() { # run_nginx NAME PORT
  "$nginx" -p "$GATEHOUSE_HOME/$1" -c "$GATEHOUSE_HOME/$1/nginx.conf" >"$GATEHOUSE_HOME/$1/console.log" 2>&1 &
  ours="$ours $!"
  await_port "$2" "nginx ($1)"
}

await_port() {
  local deadline=$((SECONDS + 20))
  until port_taken "$1"; do
    [ "$SECONDS" -lt "$deadline" ] || die "$2 does not listen on port $1"
    pause 0.1
  done
}

# meter METER: what the first node has counted by a name, in all series together.
meter() { curl -s "http://127.0.0.1:$((GATEHOUSE_PORT_BASE + 11))/metrics" | awk -v meter="$1" 'index($0, meter) == 1 { n += $NF } END { printf "%d\n", n }'; }

live_heap() { # live_heap PROCESS: megabytes that the first node has in use when all garbage is collected
  "$JAVA_HOME/bin/jcmd" "$1" GC.run >/dev/null
  awk "BEGIN { print $(meter 'jvm_memory_used_bytes{area="heap"') / 1048576 }"
}

thirds() { # thirds COLUMN WHAT UNIT: whether a column of the results grows
  awk -v column="$1" -v what="$2" -v unit="$3" '{ value[NR] = $column } END {
    third = int(NR / 3)
    for (i = third + 1; i <= 2 * third; i++) middle += value[i] / third
    for (i = NR - third + 1; i <= NR; i++) last += value[i] / third
    if (third) printf "%s, mean of the last third : the middle third %.1f : %.1f %s, %+.1f %%\n", what, last, middle, unit, (last / middle - 1) * 100
  }' "$GATEHOUSE_HOME/results"
}

ticks=$(getconf CLK_TCK)

cpu_of() { # microseconds of CPU that a process and its children have used; nginx works in a child
  local pid total=0 used
  for pid in "$1" $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
    used=$(sed 's/.*) //' "/proc/$pid/stat" | awk -v ticks="$ticks" '{ print int(($12 + $13) * 1000000 / ticks) }')
    total=$((total + used))
  done
  say "$total"
}

load() { # load ROW SECONDS: prints "requests/s p50 p99 requests errors", times in milliseconds
  local script=() order=() headers
  if posts "$1"; then
    script=(-s "$checkout/scripts/lib/bench-order.lua")
    order=(-- "$checkout/scripts/lib/bench-order.json")
  fi
  if command -v wrk >/dev/null; then
    header_options "$1"
    wrk -t1 -c"$connections" -d"$2s" --latency "${script[@]}" "${headers[@]}" "${url[$1]}" "${order[@]}" | awk '
      function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
      $1 == "50%" { p50 = ms($2) } $1 == "99%" { p99 = ms($2) } /requests in/ { n = $1 }
      /Non-2xx/ { errors += $NF } /Socket errors/ { gsub(",", ""); errors += $4 + $6 + $8 + $10 }
      /^Requests\/sec/ { rate = $2 } END { print rate, p50, p99, n, errors + 0 }'
  else
    "$JAVA_HOME/bin/java" -Xmx128m -cp "$image/lib/gatehouse.jar" io.gatehouse.operate.LoadGenerator \
      "${url[$1]}" "$connections" "$2" "x-api-key: ${key[$1]}"
  fi
}

turn() { # turn ROW: a line "row rate p50 p99 cpu/request backend-cpu/request errors"
  local own backend measured n
  own=$(cpu_of "${pid[$1]}")
  backend=$(cpu_of "$backend_pid")
  measured=$(load "$1" "$seconds")
  n=$(echo "$measured" | cut -d' ' -f4)
  [ "${n:-0}" -gt 0 ] || die "the row ${label[$1]} answered nothing"
  # shellcheck disable=SC2086
  set -- "$1" "$(($(cpu_of "${pid[$1]}") - own))" "$(($(cpu_of "$backend_pid") - backend))" $measured
  awk -v row="$1" -v cpu="$2" -v back="$3" -v rate="$4" -v p50="$5" -v p99="$6" -v n="$7" -v bad="$8" \
    'BEGIN { printf "%s %.0f %.2f %.2f %.1f %.1f %d\n", row, rate, p50, p99, cpu / n, back / n, bad }' | tee -a "$results" |
    awk -v label="${label[$1]}" '{ printf "  %-22s %9s/s   p50 %6s ms   p99 %7s ms   %6s us CPU a request\n", label, $2, $3, $4, $5 }'
}

warm_up() { # warm_up ROW REQUESTS: by requests rather than time, for a busy machine takes longer to compile
  local served=0 deadline=$((SECONDS + ${GATEHOUSE_BENCH_WARM_SECONDS:-120}))
  while [ "$served" -lt "$2" ] && [ "$SECONDS" -lt "$deadline" ]; do
    served=$((served + $(load "$1" 5 | cut -d' ' -f4)))
  done
}

ratios() { # ratios "ROW OTHER"...: of medians, to more rows than the table divides by
  local pair
  for pair in "$@"; do say "$pair ${label[${pair%% *}]} : ${label[${pair##* }]}"; done | awk -v results="$results" '
    function median(row, column,   i, j, t, n, v) {
      n = count[row]
      for (i = 1; i <= n; i++) v[i] = value[row, i, column]
      for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
      return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    BEGIN {
      while ((getline line < results) > 0) {
        split(line, part, " ")
        count[part[1]]++
        for (c = 2; c <= 7; c++) value[part[1], count[part[1]], c] = part[c]
      }
    }
    { name = $0; sub(/^[^ ]+ [^ ]+ /, "", name)
      printf "%-38s %11.2f %9.2f %9.2f %15.2f\n", name, median($1, 2) / median($2, 2), median($1, 3) / median($2, 3),
        median($1, 4) / median($2, 4), median($1, 5) / median($2, 5) }'
}

measure_rows() { # measures $rows in turns and prints the table
  results=$GATEHOUSE_HOME/results
  local row round
  say "warming up ..."
  for row in $rows; do
    case $row in
      nginx*) load "$row" 2 >/dev/null ;;
      proxy | before) warm_up "$row" 600000 ;;
      *) warm_up "$row" 200000 ;;
    esac
  done

  say "$rounds rounds of $seconds s each, $connections connections, on $(nproc) cores:"
  for ((round = 1; round <= rounds; round++)); do
    for row in $rows; do turn "$row"; done
  done

  say
  say "median of $rounds rounds, commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
  for row in $rows; do say "$row|${label[$row]}|${beside[$row]:-}"; done | awk -F '|' -v results="$results" '
    function median(row, column,   i, j, t, n, v) {
      n = count[row]
      for (i = 1; i <= n; i++) v[i] = value[row, i, column]
      for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
      return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    function ratio(row, other) {
      if (count[row] && count[other])
        printf "%-38s %11.2f %9.2f %9.2f %15.2f\n", label[row] " : " label[other], median(row, 2) / median(other, 2),
          median(row, 3) / median(other, 3), median(row, 4) / median(other, 4), median(row, 5) / median(other, 5)
    }
    BEGIN {
      while ((getline line < results) > 0) {
        split(line, part, " ")
        count[part[1]]++
        for (c = 2; c <= 7; c++) value[part[1], count[part[1]], c] = part[c]
      }
      printf "%-38s %11s %9s %9s %15s %17s %7s\n", "", "requests/s", "p50 ms", "p99 ms", "CPU us/request", "backend us/req.", "errors"
    }
    {
      row[NR] = $1; label[$1] = $2; beside[$1] = $3
      printf "%-38s %11.0f %9.2f %9.2f %15.1f %17.1f %7d\n", $2, median($1, 2), median($1, 3), median($1, 4),
        median($1, 5), median($1, 6), median($1, 7)
    }
    END {
      for (i = 1; i <= NR; i++) ratio(row[i], beside[row[i]])
      ratio("proxy", "before")
    }'
}
