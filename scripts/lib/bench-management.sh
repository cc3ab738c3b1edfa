# Measures the management API: an installation of its own, driven by the AWS SDK for Java. Sourced, never run.

need_maven
(cd "$checkout" && mvn -q -B -DskipTests -Dspotless.check.skip=true -pl liberty -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$GATEHOUSE_HOME/classpath" -Dmdep.includeScope=test) || die "the benchmark could not be built"
"$checkout/scripts/start" --only control
settings=$("$checkout/scripts/status" --env)
eval "$settings"
for turn in $(seq "${GATEHOUSE_BENCH_ROUNDS:-2}"); do
  say
  say "turn $turn, on ${GATEHOUSE_DB_URL:-an H2 file}:"
  "$JAVA_HOME/bin/java" -Xmx256m -Dslf4j.internal.verbosity=ERROR -cp "$checkout/liberty/target/test-classes:$(cat "$GATEHOUSE_HOME/classpath")" \
    io.gatehouse.e2e.ManagementBench
done
say
say "commit $(git -C "$checkout" rev-parse --short HEAD 2>/dev/null || echo unknown), on $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
