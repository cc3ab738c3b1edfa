# Run by root as the first process of new mount and process namespaces: shows the function its own parts under the
# vendor's names, makes all else read-only, and goes on as the command that follows.
# Arguments: CODE RUNTIME LAYERS TMP GROUP COMMAND...; LAYERS and GROUP may be empty.
set -eu
code=$1 runtime=$2 layers=$3 tmp=$4 group=$5
shift 5
[ -z "$group" ] || echo 0 >"$group"
mount --bind "$code" /var/task
mount --bind "$runtime" /var/runtime
[ -z "$layers" ] || mount --bind "$layers" /opt
for place in /var/tmp /dev/shm /dev/mqueue /run/lock; do
  # Others' doors to each other.
  [ ! -d "$place" ] || mount -t tmpfs -o ro,size=4k none "$place"
done
# /tmp last: the other parts may lie below it.
mount --bind "$tmp" /tmp
mount -o remount,bind,ro /
mount -o remount,bind,ro /var/task
mount -o remount,bind,ro /var/runtime
[ -z "$layers" ] || mount -o remount,bind,ro /opt
mount -o remount,bind,nosuid,nodev /tmp
exec "$@"
