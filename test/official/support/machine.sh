# The first process of a machine within this one. It has this one's files, but what is written to them is its own and
# goes with it; home, temporary files, what runs and the engine's storage are empty. No way leads out of its network.
# $1: its folder, with the authority that it trusts. $2: address of the simulated internet, where its names are asked for.
# Prints its process id on the machine outside, once it can be entered.
set -eu
folder=$1
address=$2
read -r id _ </proc/self/stat

ip link set lo up
# Containers come to it as well, by their gateway.
ip address add "$address/32" dev lo

# The layer that is written to can't lie below the one that is read.
mount -t tmpfs tmpfs "$folder/layer"
mkdir "$folder/layer/upper" "$folder/layer/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/layer/upper,workdir=$folder/layer/work" "$folder/root"
cd "$folder/root"
mkdir -p root tmp run var/lib/docker etc/docker
mount --bind "$folder/home" root
mount --bind "$folder/tmp" tmp
mount --bind "$folder/docker" var/lib/docker
mount -t tmpfs -o mode=755 tmpfs run
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev

rm -rf etc/ssl/certs/* etc/resolv.conf etc/hosts
cp "$folder/authority.crt" etc/ssl/certs/ca-certificates.crt
echo "nameserver $address" >etc/resolv.conf
echo "127.0.0.1 localhost" >etc/hosts
# By this name its control groups are found and removed.
echo "{\"cgroup-parent\": \"/$(basename "$folder")\"}" >etc/docker/daemon.json
# A new user has none of these.
for tool in pulumi kind kubectl istioctl; do rm -f usr/local/bin/$tool usr/bin/$tool; done

mkdir -p mnt/outside
pivot_root . mnt/outside
umount -l mnt/outside
rmdir mnt/outside

echo "$id"
# When this process ends, all others here do. Whatever loses its parent becomes its child, and `wait` reaps it.
exec 3<&0
cat <&3 >/dev/null &
wait
