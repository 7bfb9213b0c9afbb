# Makes the kind cluster $CLUSTER and prints {"containerId","kubeconfig"} as JSON.
# Safe to run again: what an interrupted run of this lab left is removed first; somebody else's cluster is refused.
set -eu
node="$CLUSTER-control-plane"
mounted=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/etc/istio-lab"}}{{.Source}}{{end}}{{end}}' "$node" 2>/dev/null) || mounted=absent
case "$mounted" in
absent) ;;
*"$OWNER_FOLDER") kind delete cluster --name "$CLUSTER" --kubeconfig "$KUBECONFIG_FILE" ;;
*)
  echo "a kind cluster named \"$CLUSTER\" exists and is not this lab's: choose another name with 'pulumi config set clusterName NAME'" >&2
  exit 1
  ;;
esac

mkdir -p "$OWNER_FOLDER"
umask 077
# kind would make this network and leave it behind: made here, it carries the lab's label and goes with the last lab.
docker network inspect kind >/dev/null 2>&1 ||
  docker network create --label istio-lab=made --opt com.docker.network.bridge.enable_ip_masquerade=true kind >/dev/null

printf '%s' "$KIND_CONFIG" | kind create cluster --name "$CLUSTER" --image "$NODE_IMAGE" --config - --kubeconfig "$KUBECONFIG_FILE" >&2

id=$(docker inspect --format '{{.Id}}' "$node")
printf '{"generation":%s,"containerId":"%s"}\n' "$GENERATION" "$id" >"$OWNER_FOLDER/../cluster.json"
printf '{"containerId":"%s","kubeconfig":"%s"}' "$id" "$(base64 <"$KUBECONFIG_FILE" | tr -d '\n')"
