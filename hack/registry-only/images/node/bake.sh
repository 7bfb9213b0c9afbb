#!/bin/sh
# Puts images into the node, unpacked, so that pods start at once. Runs in a privileged container of the node image that
# has a volume at /build. Standard input: the images as `docker save` writes them. Arguments: NAME=NAME-IN-THE-NODE...
#
# kind gives every node a volume for /var, which the engine fills by copying. So the layers, a gigabyte, lie outside of
# /var, in the image, and the snapshots of containerd are links to them: containerd only ever reads committed ones.
set -eu
socket=/run/bake.sock
containerd --root /build --state /run/bake --address $socket > /tmp/containerd.log 2>&1 &
daemon=$!
tries=0
until ctr -a $socket version > /dev/null 2>&1; do
  tries=$((tries + 1))
  [ $tries -lt 100 ] || { cat /tmp/containerd.log >&2; exit 1; }
  sleep 0.1
done
in_node() { ctr -a $socket -n k8s.io "$@"; }

in_node images import --snapshotter overlayfs -

for pair in "$@"; do
  from=${pair%%=*}
  to=${pair#*=}
  if [ "$from" != "$to" ]; then in_node images tag --force "$from" "$to"; fi
done
for pair in "$@"; do
  from=${pair%%=*}
  if [ "$from" != "${pair#*=}" ] && in_node images ls -q | grep -qxF "$from"; then
    in_node images rm "$from"
  fi
done

# What a layer was unpacked from is no longer needed; the CRI asks for manifests and configs alone.
for digest in $(in_node content ls | awk '/containerd.io\/uncompressed=/ { print $1 }'); do
  in_node content rm "$digest" > /dev/null
  rm -f "/build/io.containerd.content.v1.content/blobs/sha256/${digest#sha256:}"
done
kill $daemon
wait $daemon || true

snapshots=/build/io.containerd.snapshotter.v1.overlayfs/snapshots
# A whiteout would not survive the copy into an image, and none is needed: no image of the lab deletes a file of its base.
for device in $(find $snapshots -type c ! -path '*/fs/dev/*'); do
  echo "whiteout in a layer: $device" >&2
  exit 1
done
mkdir -p /kind/layers
for snapshot in $snapshots/*; do
  layer=/kind/layers/${snapshot##*/}
  cp -a "$snapshot" "$layer"
  rm -rf "$snapshot"
  ln -s "$layer" "$snapshot"
done
rm -rf /var/lib/containerd
cp -a /build /var/lib/containerd
rm -rf /run/bake /run/bake.sock* /tmp/containerd.log
