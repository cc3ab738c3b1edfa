# The parts of an installation: how each is started, asked whether it is ready, and stopped. Sourced, never run.

all_parts='sample keycloak node-1 node-2 control'

# Waits without a child process per poll being visible to Ctrl-C; fractions are fine.
pause() { sleep "$1"; }

describe() {
  case $1 in
    sample) say "sample backend" ;;
    keycloak) say "Keycloak" ;;
    control) say "control plane" ;;
    node-*) say "gateway $1" ;;
  esac
}

part_port() { # the port on which a part says how it is, and the path to ask
  case $1 in
    sample) say "$GATEHOUSE_SAMPLE_PORT /health" ;;
    keycloak) say "$GATEHOUSE_KEYCLOAK_MANAGEMENT_PORT /health/ready" ;;
    control) say "$GATEHOUSE_CONTROL_PORT /health/ready" ;;
    node-1) say "$GATEHOUSE_NODE_1_OPERATIONS_PORT /health/ready" ;;
    node-2) say "$GATEHOUSE_NODE_2_OPERATIONS_PORT /health/ready" ;;
  esac
}

part_settings() { # every port setting of a part
  case $1 in
    sample) say GATEHOUSE_SAMPLE_PORT ;;
    keycloak) say GATEHOUSE_KEYCLOAK_PORT GATEHOUSE_KEYCLOAK_MANAGEMENT_PORT ;;
    control) say GATEHOUSE_CONTROL_PORT ;;
    node-1) say GATEHOUSE_NODE_1_PORT GATEHOUSE_NODE_1_OPERATIONS_PORT GATEHOUSE_NODE_1_CLUSTER_PORT ;;
    node-2) say GATEHOUSE_NODE_2_PORT GATEHOUSE_NODE_2_OPERATIONS_PORT GATEHOUSE_NODE_2_CLUSTER_PORT ;;
  esac
}

# ---- processes -----------------------------------------------------------------------------------------

# When a process was started: together with its id this names it for ever, also after the id was reused.
started_at() {
  if [ -r "/proc/$1/stat" ]; then
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _
  fi
}

pid_file() { say "$GATEHOUSE_HOME/run/$1.pid"; }

# Prints the process id of a running part; fails if it does not run.
pid_of() {
  local pid since
  read -r pid since 2>/dev/null <"$(pid_file "$1")" || return 1
  [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ] || return 1
  # A process that has ended but was not collected yet is gone, too.
  [ ! -r "/proc/$pid/stat" ] || ! grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null || return 1
  say "$pid"
}

# launch PART COMMAND...: runs it detached from this terminal, with its console in logs/PART/console.log.
launch() {
  local part=$1 pid detach=
  shift
  mkdir -p "$GATEHOUSE_HOME/logs/$part"
  command -v setsid >/dev/null && detach=setsid
  $detach nohup "$@" >"$GATEHOUSE_HOME/logs/$part/console.log" 2>&1 </dev/null &
  pid=$!
  disown "$pid" 2>/dev/null || true
  printf '%s %s\n' "$pid" "$(started_at "$pid")" >"$(pid_file "$part")"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# answers PORT PATH: does a GET answer 200 within three seconds?
answers() {
  local status=
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3 2>/dev/null || true
  IFS= read -r -t 3 status <&3 2>/dev/null || true
  exec 3>&-
  [[ $status == HTTP/1.1\ 200* ]]
}

ready() {
  local where
  read -r -a where <<<"$(part_port "$1")"
  answers "${where[0]}" "${where[1]}"
}

# ---- starting ------------------------------------------------------------------------------------------

start_part() {
  case $1 in
    sample) start_sample ;;
    keycloak) start_keycloak ;;
    control) start_control ;;
    node-*) start_node "${1#node-}" ;;
  esac
}

start_sample() {
  launch sample "$JAVA_HOME/bin/java" -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$image/lib/gatehouse.jar" io.gatehouse.sample.PetStore "$GATEHOUSE_SAMPLE_PORT"
}

start_keycloak() {
  local home=$GATEHOUSE_HOME/keycloak
  mkdir -p "$home/data/import" "$home/conf" "$home/providers"
  # Data and themes are this installation's own; the program is the built one.
  ln -sfn "$image/keycloak/lib" "$home/lib"
  rm -rf "$home/themes"
  cp -R "$image/identity/themes" "$home/themes"
  cp "$image/identity/realm.json" "$home/data/import/gatehouse-realm.json"
  cp "$image/identity/master-realm.json" "$home/data/import/master-realm.json"
  (
    # The realm file names these; Keycloak fills them in while importing.
    export GATEHOUSE_DEMO_ACCOUNT GATEHOUSE_CONSOLE_USER GATEHOUSE_MANAGEMENT_URL
    export GATEHOUSE_CONSOLE_PASSWORD GATEHOUSE_KEYCLOAK_CLIENT_SECRET GATEHOUSE_KEYCLOAK_ADMIN_SECRET
    export GATEHOUSE_KEYCLOAK_POOLS_SECRET
    export KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD
    GATEHOUSE_CONSOLE_PASSWORD=$(secret console-password)
    GATEHOUSE_KEYCLOAK_CLIENT_SECRET=$(secret console-client-secret)
    GATEHOUSE_KEYCLOAK_ADMIN_SECRET=$(secret console-admin-client-secret)
    GATEHOUSE_KEYCLOAK_POOLS_SECRET=$(secret pools-client-secret)
    KC_BOOTSTRAP_ADMIN_PASSWORD=$(secret keycloak-admin-password)
    # The server's own program, not kc.sh: so the process we know is the server itself.
    launch keycloak "$JAVA_HOME/bin/java" -Xms64m -Xmx320m -XX:MaxMetaspaceSize=224m -XX:+UseSerialGC \
      -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 -Duser.language=en -Duser.country=US \
      -Djdk.tls.rejectClientInitiatedRenegotiation=true \
      --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED \
      --add-opens=java.base/java.security=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
      --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
      -Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory \
      -Dkc.home.dir="$home" -Djboss.server.config.dir="$home/conf" \
      -Djava.util.logging.manager=org.jboss.logmanager.LogManager -Dpicocli.disable.closures=true \
      -cp "$image/keycloak/lib/quarkus-run.jar" io.quarkus.bootstrap.runner.QuarkusEntryPoint \
      start --optimized --import-realm --cache=local --http-enabled=true --http-host=127.0.0.1 \
      --http-port="$GATEHOUSE_KEYCLOAK_PORT" --http-management-host=127.0.0.1 \
      --http-management-port="$GATEHOUSE_KEYCLOAK_MANAGEMENT_PORT" --hostname="$GATEHOUSE_KEYCLOAK_URL" \
      --log-console-output=json --log-level=info,io.smallrye.health:off
  )
}

# liberty NAME CONFIGURATION WAR: a server of its own folder, made afresh from the built configuration.
liberty() {
  local servers=$GATEHOUSE_HOME/wlp/servers
  mkdir -p "$servers/$1/apps"
  cp -R "$image/servers/includes" "$servers/"
  cp -R "$image/servers/$2/." "$servers/$1/"
  cmp -s "$image/apps/$3" "$servers/$1/apps/$3" || cp "$image/apps/$3" "$servers/$1/apps/$3"
  export GATEHOUSE_IMAGE=$image
  export WLP_USER_DIR=$GATEHOUSE_HOME/wlp WLP_OUTPUT_DIR=$GATEHOUSE_HOME/wlp/output
  export LOG_DIR=$GATEHOUSE_HOME/logs/$1 PID_DIR=$GATEHOUSE_HOME/run/wlp
  rm -f "$LOG_DIR/messages.log"
  launch "$1" "$image/wlp/bin/server" run "$1"
}

export_integrations() { # what both need for integrations: where services answer, whom to trust, whose functions run
  export GATEHOUSE_MANAGEMENT_URL GATEHOUSE_BACKEND_CA_FILE
  # shellcheck disable=SC2046
  export $(integration_settings)
}

# Can a node keep functions apart, as users of their own?
functions_have_users() {
  local tool
  [ "$(id -u)" = 0 ] && [ "${GATEHOUSE_FUNCTIONS_ISOLATION:-auto}" != off ] || return 1
  for tool in setpriv prlimit unshare; do command -v "$tool" >/dev/null || return 1; done
}

start_control() {
  mkdir -p "$GATEHOUSE_HOME/data/control"
  (
    export_integrations
    export GATEHOUSE_REGION GATEHOUSE_CONTROL_PORT GATEHOUSE_CLUSTER_NAME GATEHOUSE_PUBLISH_WAIT_MS GATEHOUSE_AUDIT_DAYS GATEHOUSE_MAX_TIMEOUT_MS
    export GATEHOUSE_CONSOLE_URL GATEHOUSE_LOG_DAYS GATEHOUSE_LOG_STORE_MB GATEHOUSE_LOG_STORE
    export GATEHOUSE_DATA_DIR=$GATEHOUSE_HOME/data/control
    export GATEHOUSE_GATEWAY_URLS GATEHOUSE_KEYCLOAK_URL GATEHOUSE_DEMO_ACCOUNT GATEHOUSE_EGRESS_ALLOW
    export GATEHOUSE_SAMPLE_BACKEND_URL GATEHOUSE_DB_URL GATEHOUSE_DB_USER GATEHOUSE_DB_PASSWORD
    export GATEHOUSE_CLUSTER_MEMBERS=$cluster_members GATEHOUSE_KEYCLOAK_REALM=gatehouse
    export GATEHOUSE_MASTER_KEY GATEHOUSE_NODE_KEY GATEHOUSE_KEYCLOAK_CLIENT_SECRET GATEHOUSE_KEYCLOAK_ADMIN_SECRET
    export GATEHOUSE_KEYCLOAK_POOLS_SECRET
    export GATEHOUSE_DEMO_ACCESS_KEY_ID GATEHOUSE_DEMO_SECRET_ACCESS_KEY GATEHOUSE_LTPA_PASSWORD
    GATEHOUSE_MASTER_KEY=$(secret master-key)
    GATEHOUSE_NODE_KEY=$(secret node-key)
    GATEHOUSE_KEYCLOAK_CLIENT_SECRET=$(secret console-client-secret)
    GATEHOUSE_KEYCLOAK_ADMIN_SECRET=$(secret console-admin-client-secret)
    GATEHOUSE_KEYCLOAK_POOLS_SECRET=$(secret pools-client-secret)
    GATEHOUSE_DEMO_ACCESS_KEY_ID=$(secret access-key-id)
    GATEHOUSE_DEMO_SECRET_ACCESS_KEY=$(secret secret-access-key)
    GATEHOUSE_LTPA_PASSWORD=$(secret ltpa-password)
    # Compiled lightly it starts in half the time, and people and tools rarely make it work hard.
    export JVM_ARGS=${GATEHOUSE_CONTROL_JVM_ARGS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}
    database_drivers
    liberty control control admin-ui.war
  )
}

database_drivers() {
  case $GATEHOUSE_DB_URL in
    jdbc:h2:*) export GATEHOUSE_DB_DRIVER_XA=org.h2.jdbcx.JdbcDataSource GATEHOUSE_DB_DRIVER=org.h2.jdbcx.JdbcDataSource ;;
    jdbc:postgresql:*) export GATEHOUSE_DB_DRIVER_XA=org.postgresql.xa.PGXADataSource GATEHOUSE_DB_DRIVER=org.postgresql.ds.PGSimpleDataSource ;;
    *) die "GATEHOUSE_DB_URL=$GATEHOUSE_DB_URL is neither jdbc:postgresql: nor jdbc:h2:" ;;
  esac
}

check_database() {
  (
    export GATEHOUSE_DB_URL GATEHOUSE_DB_USER GATEHOUSE_DB_PASSWORD
    database_drivers
    mkdir -p "$GATEHOUSE_HOME/data/control"
    "$JAVA_HOME/bin/java" -Xmx48m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$image/lib/gatehouse.jar:$image/lib/jdbc/*" \
      io.gatehouse.operate.DatabaseCheck
  )
}

start_node() {
  local front=GATEHOUSE_NODE_$1_PORT operations=GATEHOUSE_NODE_$1_OPERATIONS_PORT cluster=GATEHOUSE_NODE_$1_CLUSTER_PORT
  (
    export_integrations
    export GATEHOUSE_REGION GATEHOUSE_CLUSTER_NAME GATEHOUSE_EGRESS_ALLOW GATEHOUSE_ACCESS_LOG GATEHOUSE_MAX_IN_FLIGHT
    export GATEHOUSE_MAX_BODY_BYTES GATEHOUSE_MAX_HEADER_BYTES GATEHOUSE_MAX_TIMEOUT_MS
    export GATEHOUSE_HEADER_TIMEOUT_MS GATEHOUSE_BODY_TIMEOUT_MS GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS
    export GATEHOUSE_HTTP2 GATEHOUSE_REASON_HEADER GATEHOUSE_ISSUER_KEYS_MAX_AGE GATEHOUSE_KEYCLOAK_URL GATEHOUSE_LOG_SPOOL_BYTES
    export OTEL_EXPORTER_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_LOGS_ENDPOINT OTEL_EXPORTER_OTLP_LOGS_HEADERS
    export GATEHOUSE_LOG_STORE GATEHOUSE_LOG_KAFKA_SERVERS GATEHOUSE_LOG_KAFKA_TOPIC GATEHOUSE_LOG_KAFKA_PROPERTIES
    export GATEHOUSE_LOG_FILES GATEHOUSE_LOG_FILES_BYTES GATEHOUSE_LOG_FILES_COUNT
    export GATEHOUSE_NODE_NAME=node-$1 GATEHOUSE_LISTEN_HOST=127.0.0.1 GATEHOUSE_LISTEN_PORT=${!front}
    export GATEHOUSE_OPERATIONS_PORT=${!operations}
    export GATEHOUSE_CLUSTER_HOST=127.0.0.1 GATEHOUSE_CLUSTER_PORT=${!cluster} GATEHOUSE_CLUSTER_MEMBERS=$cluster_members
    export GATEHOUSE_DATA_DIR=$GATEHOUSE_HOME/data/node-$1
    # Under this key the control plane seals what only nodes may read.
    export GATEHOUSE_NODE_KEY
    GATEHOUSE_NODE_KEY=$(secret node-key)
    # A node never gets the control plane's own secrets, also not by inheritance.
    unset GATEHOUSE_DB_URL GATEHOUSE_DB_USER GATEHOUSE_DB_PASSWORD GATEHOUSE_MASTER_KEY
    export JVM_ARGS=${GATEHOUSE_NODE_JVM_ARGS:--XX:+UseParallelGC}
    mkdir -p "$GATEHOUSE_DATA_DIR"
    liberty "node-$1" gateway gateway-runtime.war
  )
}

# ---- failing and stopping ------------------------------------------------------------------------------

# Has a server that still runs said that its application will never come up?
given_up() {
  grep -Eq '"CWWK(Z000[24]|E0701)E|CWWKZ000[24]E' "$GATEHOUSE_HOME/logs/$1/messages.log" 2>/dev/null
}

# The few lines of a part's logs that tell why it failed.
last_words() {
  local logs=$GATEHOUSE_HOME/logs/$1
  {
    grep -hE '"(loglevel|level)":"(ERROR|SEVERE|FATAL)"' "$logs/messages.log" "$logs/console.log" 2>/dev/null |
      sed -E 's/.*"message":"(([^"\\]|\\.)*)".*/\1/; s/\\[nr].*//; s/\\t/ /g; s/\\"/"/g' | cut -c1-400 | awk '!seen[$0]++' | tail -5 || true
    grep -hvE '^\{|^\s*at ' "$logs/console.log" 2>/dev/null | grep -E '[^[:space:]]' | cut -c1-400 | tail -3 || true
  } | sed 's/^/    /'
  say "    (all of it: $logs)"
}

# stop_parts PART...: asks all of them to end, lets them drain, and only after the patience is over kills.
stop_parts() {
  local part pid patience=${GATEHOUSE_STOP_SECONDS:-60} deadline waiting
  for part in "$@"; do
    if pid=$(pid_of "$part"); then kill -TERM "$pid" 2>/dev/null || true; fi
  done
  deadline=$((SECONDS + patience))
  while :; do
    waiting=
    for part in "$@"; do ! pid_of "$part" >/dev/null || waiting="$waiting $part"; done
    [ -n "$waiting" ] || break
    if [ "$SECONDS" -ge "$deadline" ]; then
      for part in $waiting; do
        complain "the $(describe "$part") did not end within $patience s and is killed"
        pid=$(pid_of "$part") && kill -KILL "$pid" 2>/dev/null || true
      done
      deadline=$((SECONDS + 10))
    fi
    pause 0.2
  done
  for part in "$@"; do rm -f "$(pid_file "$part")"; done
}
