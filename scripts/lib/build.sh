# Builds what is out of date. Sourced, never run.

build_stamp=$image/.built
keycloak_stamp=$image/keycloak/.optimised

out_of_date() {
  [ -f "$build_stamp" ] && [ -f "$image/apps/admin-ui.war" ] && [ -f "$image/apps/gateway-runtime.war" ] || return 0
  local newer
  # Folders count too: their time changes when a file in them is deleted.
  newer=$(cd "$checkout" && find pom.xml ./*/pom.xml ./*/src -newer "$build_stamp" \
    -not -path '*/frontend/generated*' -not -path './admin-ui/src/main/frontend' -not -path '*/src/test*' -print -quit)
  [ -n "$newer" ]
}

build() {
  case ${GATEHOUSE_BUILD:-auto} in
    never) [ -d "$image/apps" ] || die "nothing is built yet, and GATEHOUSE_BUILD=never forbids it" ;;
    auto)
      if out_of_date; then
        command -v mvn >/dev/null || die "Gatehouse is built with Apache Maven 3.8 or later, and 'mvn' is not on the PATH (Debian: apt-get install maven)"
        say "building (a first build takes some minutes) ..."
        local started log=$GATEHOUSE_HOME/logs/build.log
        started=$(mktemp "$GATEHOUSE_HOME/run/build.XXXXXX")
        if ! (cd "$checkout" && mvn -B -DskipTests -Dspotless.check.skip=true package) >"$log" 2>&1; then
          grep '^\[ERROR\]' "$log" | head -20 >&2
          rm -f "$started"
          die "the build failed; all of it is in $log"
        fi
        # What was edited while Maven ran is newer than this, and is built next time.
        mv "$started" "$build_stamp"
      fi
      ;;
    *) die "GATEHOUSE_BUILD=$GATEHOUSE_BUILD is unknown: use auto or never" ;;
  esac
  optimise_keycloak
}

# Keycloak settles its build-time options once, so that each start saves half a minute.
optimise_keycloak() {
  [ ! -f "$keycloak_stamp" ] || return 0
  local lock=$image/.keycloak-lock waited=0
  until mkdir "$lock" 2>/dev/null; do
    [ "$waited" -lt 180 ] || die "another start prepares Keycloak since three minutes; if none does, remove $lock"
    pause 1 && waited=$((waited + 1))
  done
  if [ ! -f "$keycloak_stamp" ]; then
    say "preparing Keycloak (once) ..."
    if ! sh "$image/keycloak/bin/kc.sh" build --db=dev-file --health-enabled=true --metrics-enabled=false \
      >"$GATEHOUSE_HOME/logs/keycloak-build.log" 2>&1; then
      rmdir "$lock"
      tail -5 "$GATEHOUSE_HOME/logs/keycloak-build.log" >&2
      die "Keycloak could not be prepared; all of it is in $GATEHOUSE_HOME/logs/keycloak-build.log"
    fi
    : >"$keycloak_stamp"
  fi
  rmdir "$lock"
}
