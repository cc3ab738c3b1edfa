# Run as the function's user: turns GATEHOUSE_ENV_0, GATEHOUSE_ENV_1, ..., each NAME=VALUE, into the variables of the
# command that follows. They travel so because root's tools before this must not see a variable of a tenant's naming.
# Arguments: COUNT COMMAND...; names of variables here begin with _, which no tenant's name does.
_count=$1
shift
_i=0
while [ "$_i" -lt "$_count" ]; do
  eval "export \"\$GATEHOUSE_ENV_$_i\"; unset GATEHOUSE_ENV_$_i"
  _i=$((_i + 1))
done
unset _count _i
cd "$LAMBDA_TASK_ROOT" || exit 1
[ $$ = 1 ] || exec "$@"
# The first process of a namespace takes in orphans, which the runtimes would leave as zombies.
"$@" &
wait $!
