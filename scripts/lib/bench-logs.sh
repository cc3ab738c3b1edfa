# Measures what logging costs a node: the same method with logs off, at ERROR, at INFO and with full data traces, before
# the same backend, in turns in one run. Nobody fetches the records meanwhile: what the node's disk may not have is
# dropped and counted. Sourced, never run.

. "$checkout/scripts/lib/logged.sh"

start_logged
rows="off error access info trace"
# shellcheck disable=SC2086
publish_logged $rows
pause 5 # until the node has the last settings
"$checkout/scripts/stop" --only control >/dev/null
measure_rows
say "records logged $(meter gatehouse_log_records), dropped $(meter gatehouse_log_dropped_total); heap $(($(meter 'jvm_memory_used_bytes{area="heap"') >> 20)) MB"
