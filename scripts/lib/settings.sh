# Where an installation lives, which ports and secrets it has, and which JDK runs it. Sourced, never run.

umask 077

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
die() { complain "$@"; exit 1; }

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
image=$checkout/liberty/target/gatehouse

# ---- JDK -------------------------------------------------------------------------------------------

jdk_wanted=25

jdk_version() { # prints the feature version of the JDK in folder $1, or nothing
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  local folder version
  for folder in "${JAVA_HOME:-}" "${GATEHOUSE_JAVA_HOME:-}" /usr/lib/jvm/*"$jdk_wanted"* /opt/*jdk*"$jdk_wanted"* \
    /opt/java/* "$HOME"/.sdkman/candidates/java/"$jdk_wanted"* "$HOME"/.jdks/*"$jdk_wanted"* \
    /Library/Java/JavaVirtualMachines/*"$jdk_wanted"*/Contents/Home /opt/homebrew/opt/openjdk@"$jdk_wanted"; do
    [ -n "$folder" ] || continue
    version=$(jdk_version "$folder")
    if [ -n "$version" ] && [ "$version" -ge "$jdk_wanted" ]; then
      export JAVA_HOME=$folder PATH=$folder/bin:$PATH
      return
    fi
  done
  version=$(jdk_version "${JAVA_HOME:-/nowhere}")
  die "Gatehouse needs a JDK $jdk_wanted or later and found none." \
    "${JAVA_HOME:+JAVA_HOME is $JAVA_HOME${version:+, a JDK $version}. }Install one (for example Eclipse Temurin from https://adoptium.net) and set JAVA_HOME to its folder."
}

# ---- settings: the environment, or else these defaults ------------------------------------------------

# One line a setting; everything a later start of a single part has to know again.
recorded_settings='GATEHOUSE_REGION GATEHOUSE_DEMO_ACCOUNT GATEHOUSE_CONSOLE_USER
GATEHOUSE_CONTROL_PORT GATEHOUSE_NODE_1_PORT GATEHOUSE_NODE_2_PORT
GATEHOUSE_NODE_1_OPERATIONS_PORT GATEHOUSE_NODE_2_OPERATIONS_PORT
GATEHOUSE_NODE_1_CLUSTER_PORT GATEHOUSE_NODE_2_CLUSTER_PORT
GATEHOUSE_KEYCLOAK_PORT GATEHOUSE_KEYCLOAK_MANAGEMENT_PORT GATEHOUSE_SAMPLE_PORT
GATEHOUSE_DB_URL GATEHOUSE_DB_USER GATEHOUSE_DB_PASSWORD
GATEHOUSE_CLUSTER_NAME GATEHOUSE_PUBLISH_WAIT_MS GATEHOUSE_AUDIT_DAYS GATEHOUSE_LOG_DAYS GATEHOUSE_LOG_STORE_MB GATEHOUSE_EGRESS_ALLOW GATEHOUSE_ACCESS_LOG GATEHOUSE_MAX_IN_FLIGHT
GATEHOUSE_MAX_BODY_BYTES GATEHOUSE_MAX_HEADER_BYTES GATEHOUSE_MAX_TIMEOUT_MS GATEHOUSE_HEADER_TIMEOUT_MS GATEHOUSE_BODY_TIMEOUT_MS
GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS GATEHOUSE_HTTP2 GATEHOUSE_REASON_HEADER GATEHOUSE_LIMIT_HEADERS GATEHOUSE_BACKEND_CA_FILE
GATEHOUSE_ACCOUNT_RATE_LIMIT GATEHOUSE_ACCOUNT_BURST_LIMIT GATEHOUSE_CACHE_BYTES GATEHOUSE_LOG_SPOOL_BYTES
GATEHOUSE_ISSUER_KEYS_MAX_AGE GATEHOUSE_CONTROL_JVM_ARGS GATEHOUSE_NODE_JVM_ARGS
OTEL_EXPORTER_OTLP_ENDPOINT OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_LOGS_ENDPOINT OTEL_EXPORTER_OTLP_LOGS_HEADERS
GATEHOUSE_LOG_STORE GATEHOUSE_LOG_KAFKA_SERVERS GATEHOUSE_LOG_KAFKA_TOPIC GATEHOUSE_LOG_KAFKA_PROPERTIES
GATEHOUSE_LOG_FILES GATEHOUSE_LOG_FILES_BYTES GATEHOUSE_LOG_FILES_COUNT'

# Settings whose names begin alike: an endpoint for each service, and what functions may have.
integration_settings() { say "${!GATEHOUSE_AWS_ENDPOINT_URL*} ${!GATEHOUSE_FUNCTIONS*}"; }

choose_home() {
  GATEHOUSE_HOME=${GATEHOUSE_HOME:-$checkout/.gatehouse}
  mkdir -p "$GATEHOUSE_HOME" || die "cannot create GATEHOUSE_HOME=$GATEHOUSE_HOME"
  GATEHOUSE_HOME=$(cd "$GATEHOUSE_HOME" && pwd -P)
  export GATEHOUSE_HOME
  mkdir -p "$GATEHOUSE_HOME"/{run,logs,data,secrets}
  settings_file=$GATEHOUSE_HOME/run/settings
}

# port NAME DEFAULT STEP: the default, or GATEHOUSE_PORT_BASE + STEP where a base is given.
port() {
  local value=${!1:-}
  if [ -z "$value" ]; then
    value=$2
    [ -z "${GATEHOUSE_PORT_BASE:-}" ] || value=$((GATEHOUSE_PORT_BASE + $3))
  fi
  [[ $value =~ ^[0-9]{1,5}$ ]] && [ "$value" -ge 1 ] && [ "$value" -le 65535 ] ||
    die "$1=$value is not a port: it must be a number from 1 to 65535"
  printf -v "$1" %s "$value"
}

settings_from_environment() {
  [[ ${GATEHOUSE_PORT_BASE:-1024} =~ ^[0-9]{1,5}$ ]] || die "GATEHOUSE_PORT_BASE=$GATEHOUSE_PORT_BASE is not a number"
  port GATEHOUSE_CONTROL_PORT 9080 0
  port GATEHOUSE_NODE_1_PORT 8081 1
  port GATEHOUSE_NODE_2_PORT 8082 2
  port GATEHOUSE_NODE_1_OPERATIONS_PORT 9081 11
  port GATEHOUSE_NODE_2_OPERATIONS_PORT 9082 12
  port GATEHOUSE_NODE_1_CLUSTER_PORT 5701 21
  port GATEHOUSE_NODE_2_CLUSTER_PORT 5702 22
  port GATEHOUSE_KEYCLOAK_PORT 9180 30
  port GATEHOUSE_KEYCLOAK_MANAGEMENT_PORT 9190 31
  port GATEHOUSE_SAMPLE_PORT 9280 40
  GATEHOUSE_REGION=${GATEHOUSE_REGION:-us-east-1}
  GATEHOUSE_DEMO_ACCOUNT=${GATEHOUSE_DEMO_ACCOUNT:-123456789012}
  [[ $GATEHOUSE_DEMO_ACCOUNT =~ ^[0-9]{12}$ ]] ||
    die "GATEHOUSE_DEMO_ACCOUNT=$GATEHOUSE_DEMO_ACCOUNT is not an account: it must have 12 digits"
  [[ $GATEHOUSE_REGION =~ ^[a-z]{2}(-[a-z0-9]+)+$ ]] ||
    die "GATEHOUSE_REGION=$GATEHOUSE_REGION is not a region name such as us-east-1"
  GATEHOUSE_CONSOLE_USER=${GATEHOUSE_CONSOLE_USER:-demo}
  GATEHOUSE_CLUSTER_NAME=${GATEHOUSE_CLUSTER_NAME:-gatehouse-$(secret installation)}
  GATEHOUSE_PUBLISH_WAIT_MS=${GATEHOUSE_PUBLISH_WAIT_MS:-1000}
  GATEHOUSE_AUDIT_DAYS=${GATEHOUSE_AUDIT_DAYS:-90}
  GATEHOUSE_ACCESS_LOG=${GATEHOUSE_ACCESS_LOG:-true}
  # The demo's own backend, and nothing else of this machine, may be called by tenants.
  GATEHOUSE_EGRESS_ALLOW=${GATEHOUSE_EGRESS_ALLOW:-}
  local sample=127.0.0.1/32:$GATEHOUSE_SAMPLE_PORT
  case ",$GATEHOUSE_EGRESS_ALLOW," in
    *",$sample,"*) ;;
    *) GATEHOUSE_EGRESS_ALLOW=${GATEHOUSE_EGRESS_ALLOW:+$GATEHOUSE_EGRESS_ALLOW,}$sample ;;
  esac
  GATEHOUSE_FUNCTIONS=${GATEHOUSE_FUNCTIONS:-$GATEHOUSE_DEMO_ACCOUNT}
  [[ $GATEHOUSE_FUNCTIONS =~ ^(off|all|[0-9]{12}([,\ ]+[0-9]{12})*)$ ]] ||
    die "GATEHOUSE_FUNCTIONS=$GATEHOUSE_FUNCTIONS must be off, all, or a list of accounts of 12 digits"
  local name
  for name in ${!GATEHOUSE_AWS_ENDPOINT_URL*}; do
    [[ ${!name} =~ ^(https?://[^?#[:space:]]+)?$ ]] || die "$name=${!name} must be http(s)://host[:port][/path]"
  done
  if [ -n "${GATEHOUSE_BACKEND_CA_FILE:-}" ]; then
    [ -r "$GATEHOUSE_BACKEND_CA_FILE" ] ||
      die "GATEHOUSE_BACKEND_CA_FILE=$GATEHOUSE_BACKEND_CA_FILE cannot be read: it must be a file of certificates in PEM"
    GATEHOUSE_BACKEND_CA_FILE=$(cd "$(dirname "$GATEHOUSE_BACKEND_CA_FILE")" && pwd -P)/$(basename "$GATEHOUSE_BACKEND_CA_FILE")
  fi
  if [ -z "${GATEHOUSE_DB_URL:-}" ]; then
    # WRITE_DELAY=0: what was answered is on disk, even when the process is killed the next moment.
    GATEHOUSE_DB_URL="jdbc:h2:file:$GATEHOUSE_HOME/data/control/gatehouse;WRITE_DELAY=0;LOCK_TIMEOUT=10000"
    GATEHOUSE_DB_USER=${GATEHOUSE_DB_USER:-gatehouse}
    GATEHOUSE_DB_PASSWORD=${GATEHOUSE_DB_PASSWORD:-$(secret database-password)}
  fi
  GATEHOUSE_DB_USER=${GATEHOUSE_DB_USER:-gatehouse}
  GATEHOUSE_DB_PASSWORD=${GATEHOUSE_DB_PASSWORD:-}
}

record_settings() {
  local name
  for name in $recorded_settings $(integration_settings); do printf '%s=%q\n' "$name" "${!name:-}"; done >"$settings_file.new"
  mv "$settings_file.new" "$settings_file"
}

recorded() { [ -s "$settings_file" ]; }

settings_from_record() {
  # shellcheck disable=SC2046
  unset $(integration_settings)
  # shellcheck disable=SC1090
  . "$settings_file"
  # One that was started before there were functions has none.
  GATEHOUSE_FUNCTIONS=${GATEHOUSE_FUNCTIONS:-off}
}

addresses() {
  GATEHOUSE_MANAGEMENT_URL=http://127.0.0.1:$GATEHOUSE_CONTROL_PORT
  GATEHOUSE_CONSOLE_URL=$GATEHOUSE_MANAGEMENT_URL/console
  GATEHOUSE_GATEWAY_URLS="http://127.0.0.1:$GATEHOUSE_NODE_1_PORT http://127.0.0.1:$GATEHOUSE_NODE_2_PORT"
  GATEHOUSE_OPERATIONS_URLS="http://127.0.0.1:$GATEHOUSE_NODE_1_OPERATIONS_PORT http://127.0.0.1:$GATEHOUSE_NODE_2_OPERATIONS_PORT"
  GATEHOUSE_KEYCLOAK_URL=http://127.0.0.1:$GATEHOUSE_KEYCLOAK_PORT
  GATEHOUSE_SAMPLE_BACKEND_URL=http://127.0.0.1:$GATEHOUSE_SAMPLE_PORT
  cluster_members=127.0.0.1:$GATEHOUSE_NODE_1_CLUSTER_PORT,127.0.0.1:$GATEHOUSE_NODE_2_CLUSTER_PORT
}

# ---- secrets: random for each installation, one file each ---------------------------------------------

random_text() { # random_text COUNT ALPHABET
  local text=
  while [ ${#text} -lt "$1" ]; do
    text=$text$(head -c 256 /dev/urandom | LC_ALL=C tr -dc "$2")
  done
  printf %s "${text:0:$1}"
}

# secret NAME: prints it, after making it up if this installation has none yet.
secret() {
  local file=$GATEHOUSE_HOME/secrets/$1
  if [ ! -s "$file" ]; then
    case $1 in
      installation) random_text 8 'a-z0-9' ;;
      access-key-id) printf AKIA && random_text 16 'A-Z2-7' ;;
      secret-access-key) random_text 40 'A-Za-z0-9+/' ;;
      master-key | node-key) head -c 32 /dev/urandom | base64 | tr -d '\n' ;;
      *) random_text 24 'A-Za-z0-9' ;;
    esac >"$file.new"
    mv "$file.new" "$file"
  fi
  cat "$file"
}
