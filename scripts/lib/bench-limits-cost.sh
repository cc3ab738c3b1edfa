# Measures what throttles and quotas cost a request on a node, with JMH: no server, no network. Sourced, never run.

need_maven
(cd "$checkout" && mvn -q -B -Dspotless.check.skip=true -pl gateway-runtime -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$GATEHOUSE_HOME/classpath" -Dmdep.includeScope=test) || die "the benchmark could not be built"
"$JAVA_HOME/bin/java" \
  -cp "$checkout/gateway-runtime/target/test-classes:$checkout/gateway-runtime/target/classes:$(cat "$GATEHOUSE_HOME/classpath")" \
  io.gatehouse.runtime.bench.LimitsBench
say
say "commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
