# Makes the kind cluster $CLUSTER and prints {"containerId","kubeconfig"} as JSON.
# Safe to run again: whatever cluster this stack had, whole, half-made or of another name, is removed first, since its
# ports are the new one's. A cluster of that name that is somebody else's is refused, and then nothing is removed.
set -eu
all_nodes() { docker ps --all --quiet --filter label=io.x-k8s.kind.cluster; }
cluster_of() { docker inspect --format '{{index .Config.Labels "io.x-k8s.kind.cluster"}}' "$1"; }
is_ours() {
  case "$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/etc/istio-lab"}}{{.Source}}{{end}}{{end}}' "$1")" in
  # Docker Desktop shows paths of this machine below the second.
  "$OWNER_FOLDER" | "/host_mnt$OWNER_FOLDER") true ;;
  *) false ;;
  esac
}

for node in $(all_nodes); do
  if [ "$(cluster_of "$node")" = "$CLUSTER" ] && ! is_ours "$node"; then
    echo "a kind cluster named \"$CLUSTER\" exists and is not this lab's: choose another name with 'pulumi config set clusterName NAME'" >&2
    exit 1
  fi
done
for node in $(all_nodes); do
  if is_ours "$node"; then docker rm --force --volumes "$node" >/dev/null; fi
done

# What the creation would do without a word.
docker image inspect "$NODE_IMAGE" >/dev/null 2>&1 || docker pull "$NODE_IMAGE" >&2

mkdir -p "$OWNER_FOLDER"
umask 077
# kind would make this network and leave it behind: made here, it carries the lab's label and goes with the last lab.
has_network() { docker network inspect kind >/dev/null 2>&1; }
make_network() {
  # Another lab may make it between the question and the creation.
  has_network ||
    refusal=$(docker network create --label istio-lab=made --opt com.docker.network.bridge.enable_ip_masquerade=true kind 2>&1) ||
    has_network
}
# A lab that goes takes the network along unless a container is on it. Until the node is, one that never runs holds it.
release_network() {
  docker ps --all --quiet --filter "label=istio-lab/holds-network-for=$OWNER_FOLDER" | while read -r holder; do
    docker rm --force --volumes "$holder" >/dev/null
  done
}
release_network
trap release_network EXIT
make_network &&
  docker create --network kind --label "istio-lab/holds-network-for=$OWNER_FOLDER" --entrypoint true "$NODE_IMAGE" >/dev/null &&
  # It may have gone just before it was held.
  make_network || {
  # No apostrophe inside: a shell may take it for the beginning of a quoted string, as that of macOS does.
  echo "${refusal:-the network kind could not be held}" >&2
  exit 1
}

# kind hands proxies of its environment over to the nodes. One on this machine's loopback address is not there for them.
for name in HTTP_PROXY HTTPS_PROXY http_proxy https_proxy; do
  eval "proxy=\${$name:-}"
  proxy=${proxy#*://}
  case "${proxy##*@}" in
  127.* | localhost | localhost[:/]* | '[::1]'*)
    echo "$name leads to this machine's loopback address, where nodes find no proxy: they go without" >&2
    unset "$name"
    ;;
  esac
done
# Without a proxy there is nothing to leave out.
[ -n "${HTTP_PROXY:-}${HTTPS_PROXY:-}${http_proxy:-}${https_proxy:-}" ] || unset NO_PROXY no_proxy

rm -f "$KUBECONFIG_FILE"
printf '%s' "$KIND_CONFIG" | kind create cluster --name "$CLUSTER" --image "$NODE_IMAGE" --config - --kubeconfig "$KUBECONFIG_FILE" >&2
if [ -n "${CONNECT_SCRIPT:-}" ]; then
  echo "joining the nodes' pod networks" >&2
  sh "$CONNECT_SCRIPT" >&2
fi

id=$(docker inspect --format '{{.Id}}' "$CLUSTER-control-plane")
nodes=$(docker ps --quiet --filter "label=io.x-k8s.kind.cluster=$CLUSTER")
# shellcheck disable=SC2086 # one id a word
started=$(docker inspect --format '{{.State.StartedAt}}' $nodes | LC_ALL=C sort | paste -s -d ' ' -)
printf '{"generation":%s,"containerId":"%s","started":"%s"}\n' "$GENERATION" "$id" "$started" >"$(dirname "$OWNER_FOLDER")/cluster.json"
printf '{"containerId":"%s","kubeconfig":"%s"}' "$id" "$(base64 <"$KUBECONFIG_FILE" | tr -d '\n')"
