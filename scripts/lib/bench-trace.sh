# Measures full data traces at full load for a long time, beside logs off in turns, while the control plane fetches and
# stores: throughput, CPU of the node and of the control plane, live heap, and whether each request is logged or counted as
# dropped. Sourced, never run.

. "$checkout/scripts/lib/logged.sh"

total=${GATEHOUSE_BENCH_SECONDS:-900}
turn=$((total / 30 > 5 ? total / 30 : 5))
start_logged
publish_logged off trace
node_pid=$(pid_of node-1)
control_pid=$(pid_of control)

settled() { # waits until what was served is counted and logged
  local before=
  until [ "$before" = "$(meter gatehouse_count_total) $(meter gatehouse_log_records)" ]; do
    before="$(meter gatehouse_count_total) $(meter gatehouse_log_records)"
    pause 1
  done
}
counted() { meter gatehouse_count_total; }
logged() { meter gatehouse_log_records_total; }
dropped() { meter gatehouse_log_dropped_total; }

say "warming up ..."
for row in off trace off trace; do warm_up "$row" 150000; done
settled
say "$total s, turns of $turn s each, $connections connections, on $(nproc) cores; records are fetched and stored meanwhile:"
printf '%8s %9s %9s %7s %11s %11s %12s %10s %10s %9s %10s\n' seconds off/s trace/s ratio 'off us/req.' trace 'control CPU' 'heap MB' 'spool MB' dropped 'not told'
results=$GATEHOUSE_HOME/results
begin=$SECONDS
missing=0
while [ $((SECONDS - begin)) -lt "$total" ]; do
  for row in off trace; do
    [ "$row" = off ] || { settled && traced=$(counted) taken=$(logged) lost=$(dropped); }
    own=$(cpu_of "$node_pid") control=$(cpu_of "$control_pid")
    read -r rate _ _ n errors <<<"$(load "$row" "$turn")"
    [ "${n:-0}" -gt 0 ] && [ "$errors" = 0 ] || die "the row $row answered $n requests, $errors of them with an error"
    cpu=$((($(cpu_of "$node_pid") - own) / n)) control=$((($(cpu_of "$control_pid") - control) / turn / 10000))
    [ "$row" = trace ] || { off_rate=$rate off_cpu=$cpu; }
  done
  settled
  missing=$((missing + $(counted) - traced - ($(logged) - taken) - ($(dropped) - lost)))
  printf '%8d %9.0f %9.0f %7.2f %11d %11d %10d %% %10.1f %10.1f %9d %10d\n' $((SECONDS - begin)) "$off_rate" "$rate" \
    "$(awk "BEGIN { print $rate / $off_rate }")" "$off_cpu" "$cpu" "$control" "$(live_heap "$node_pid")" \
    "$(awk "BEGIN { print $(meter gatehouse_spool_logs_bytes) / 1048576 }")" "$(dropped)" "$missing" | tee -a "$results"
done
say
awk '{ off += $2; trace += $3 } END { printf "throughput with full data trace : without, of %d pairs of turns: %.3f\n", NR, trace / off }' "$results"
thirds 9 "live heap" MB
awk '$5 > 0 { off += $5; trace += $6 } END { printf "CPU of the node a request: %.0f us with full data trace, %.0f us without\n", trace / NR, off / NR }' "$results"
say "requests of the last turns neither logged nor counted as dropped: $missing; records dropped since the start: $(dropped) of $(($(logged) + $(dropped)))"
say "commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores"
