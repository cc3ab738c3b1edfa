# Tools the tests and the benchmark want: installed where we may, named where we may not. Sourced, never run.

need_maven() {
  command -v mvn >/dev/null ||
    die "Gatehouse is built and tested with Apache Maven 3.8 or later, and 'mvn' is not on the PATH (Debian: apt-get install maven)"
}

# need_tool PACKAGE PURPOSE COMMAND...: fails with advice unless one of the commands can be had.
need_tool() {
  local package=$1 purpose=$2 command
  shift 2
  for command in "$@"; do ! command -v "$command" >/dev/null || return 0; done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing $package for $purpose ..."
    if apt-get install -y -q "$package" >/dev/null 2>&1 ||
      { apt-get update -q >/dev/null 2>&1 && apt-get install -y -q "$package" >/dev/null 2>&1; }; then
      return 0
    fi
  fi
  die "$purpose need $package, which is not installed (Debian: apt-get install $package)"
}
