# Measures routing by how much is loaded, in a process of its own: no server, no network. Sourced, never run.

need_maven
(cd "$checkout" && mvn -q -B -Dspotless.check.skip=true -pl gateway-runtime -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$GATEHOUSE_HOME/classpath" -Dmdep.includeScope=test) || die "the benchmark could not be built"
# As a node's, but for a collector that counts what is in use exactly.
"$JAVA_HOME/bin/java" -Xmx1536m -XX:+UseSerialGC \
  -cp "$checkout/gateway-runtime/target/test-classes:$checkout/gateway-runtime/target/classes:$(cat "$GATEHOUSE_HOME/classpath")" \
  io.gatehouse.runtime.bench.RoutingBench "${GATEHOUSE_BENCH_ROUNDS:-31}"
say
say "commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
