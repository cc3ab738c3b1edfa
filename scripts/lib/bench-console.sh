# Measures the console in a browser for a tenant that has much: 1,000 paths, 10,000 API keys, a million logged requests and
# figures of 14 days. An installation of its own. Sourced, never run.

need_maven
need_tool chromium "the browser" chromium chromium-browser google-chrome
(cd "$checkout" && mvn -q -B -DskipTests -Dspotless.check.skip=true -pl liberty -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$GATEHOUSE_HOME/classpath" -Dmdep.includeScope=test) || die "the benchmark could not be built"
records=${GATEHOUSE_BENCH_RECORDS:-1000000}
program() { # program NAME ARGUMENT...
  "$JAVA_HOME/bin/java" -Xmx512m -Dslf4j.internal.verbosity=ERROR --add-modules jdk.incubator.vector \
    -cp "$checkout/liberty/target/test-classes:$(cat "$GATEHOUSE_HOME/classpath")" "io.gatehouse.e2e.$1" "${@:2}" 2>>"$GATEHOUSE_HOME/program.log" ||
    die "$1 $2 failed: $(tail -5 "$GATEHOUSE_HOME/program.log")"
}
parts="--only keycloak --only control --only node-1"
tell() { sed '$d' <<<"$1"; } # all but the last line, which is for us

# shellcheck disable=SC2086
"$checkout/scripts/start" $parts
settings=$("$checkout/scripts/status" --env)
eval "$settings"
say "making a large tenant:"
said=$(program LargeTenant define)
tell "$said"
api_id=$(tail -1 <<<"$said")
"$checkout/scripts/stop" --only control --only node-1 >/dev/null
said=$(program LargeTenant logs "$GATEHOUSE_HOME/data/control" "$GATEHOUSE_ACCOUNT" "$api_id" "$records")
tell "$said"
request_id=$(tail -1 <<<"$said")
last=$(date +%s) # figures end here
program LargeTenant figures "$GATEHOUSE_HOME/data/node-1/spools/metrics" "$GATEHOUSE_ACCOUNT" "$api_id"
# shellcheck disable=SC2086
"$checkout/scripts/start" $parts >/dev/null
counted() { # whether the last minutes are among what the control plane tells: nodes give theirs in order
  signed monitoring POST / "Action=GetMetricStatistics&Version=2010-08-01&Namespace=AWS/ApiGateway&MetricName=Count&Period=60&$(
  )StartTime=$(date -u -d "@$((last - 180))" +%FT%TZ)&EndTime=$(date -u -d "@$((last - 60))" +%FT%TZ)&Statistics.member.1=Sum&$(
  )Dimensions.member.1.Name=ApiName&Dimensions.member.1.Value=Large" -H 'Content-Type: application/x-www-form-urlencoded' | grep -q '<Sum>'
}
begin=$SECONDS
until counted; do
  [ $((SECONDS - begin)) -lt 1200 ] || die "the control plane does not fetch the figures"
  pause 1
done
say "the figures were in the database after $((SECONDS - begin)) s"
say
program ConsoleBench "$api_id" "$request_id" "${GATEHOUSE_BENCH_ROUNDS:-7}"
say
say "commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
