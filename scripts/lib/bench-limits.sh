# Measures how exact throttles and quotas are on clusters of 1, 2, 3 and 5 nodes, undisturbed and while a node is killed,
# paused or cut off; each node is a process of its own, without a door. Sourced, never run.

need_maven
(cd "$checkout" && mvn -q -B -Dspotless.check.skip=true -pl gateway-runtime -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$GATEHOUSE_HOME/classpath" -Dmdep.includeScope=test) || die "the benchmark could not be built"
# shellcheck disable=SC2086
"$JAVA_HOME/bin/java" -Xmx256m \
  -cp "$checkout/gateway-runtime/target/test-classes:$checkout/gateway-runtime/target/classes:$(cat "$GATEHOUSE_HOME/classpath")" \
  io.gatehouse.runtime.cluster.ClusterLimitsBench "${GATEHOUSE_BENCH_SECONDS:-60}" "${GATEHOUSE_BENCH_RATE:-500}" \
  ${GATEHOUSE_BENCH_NODES:-1 2 3 5}
say
say "commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
