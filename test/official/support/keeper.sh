# Keeps a machine within this one, in namespaces of its own, until standard input ends: with the test, or because it was
# killed. Then all of it goes: its processes with their namespace, its mounts and network with the last of them.
# $1: folder of the machine, removed at the end. $2: address of the simulated internet.
folder=$1
# A terminal's Ctrl-C is for the test, whose end ends this.
trap '' INT TERM HUP
unshare --mount --net --pid --fork --kill-child sh "$(dirname "$0")/machine.sh" "$folder" "$2"
status=$?
# The kernel keeps control groups when their processes are gone.
find /sys/fs/cgroup -depth -type d -path "*/$(basename "$folder")*" -exec rmdir {} + 2>/dev/null
rm -rf "$folder"
exit $status
