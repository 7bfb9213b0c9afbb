# Makes the kind cluster $CLUSTER and prints {"containerId","kubeconfig"} as JSON.
# Safe to run again: whatever cluster this stack had, whole, half-made or of another name, is removed first, since its
# ports are the new one's. A cluster of that name that is somebody else's is refused.
set -eu
owner_of() {
  docker inspect --format '{{range .Mounts}}{{if eq .Destination "/etc/istio-lab"}}{{.Source}}{{end}}{{end}}' "$1"
}

for node in $(docker ps --all --quiet --filter label=io.x-k8s.kind.role=control-plane); do
  cluster=$(docker inspect --format '{{index .Config.Labels "io.x-k8s.kind.cluster"}}' "$node")
  case "$(owner_of "$node")" in
  *"$OWNER_FOLDER") kind delete cluster --name "$cluster" --kubeconfig "$KUBECONFIG_FILE" >&2 ;;
  *)
    if [ "$cluster" = "$CLUSTER" ]; then
      echo "a kind cluster named \"$CLUSTER\" exists and is not this lab's: choose another name with 'pulumi config set clusterName NAME'" >&2
      exit 1
    fi
    ;;
  esac
done

mkdir -p "$OWNER_FOLDER"
umask 077
# kind would make this network and leave it behind: made here, it carries the lab's label and goes with the last lab.
docker network inspect kind >/dev/null 2>&1 ||
  docker network create --label istio-lab=made --opt com.docker.network.bridge.enable_ip_masquerade=true kind >/dev/null

printf '%s' "$KIND_CONFIG" | kind create cluster --name "$CLUSTER" --image "$NODE_IMAGE" --config - --kubeconfig "$KUBECONFIG_FILE" >&2

id=$(docker inspect --format '{{.Id}}' "$CLUSTER-control-plane")
printf '{"generation":%s,"containerId":"%s"}\n' "$GENERATION" "$id" >"$(dirname "$OWNER_FOLDER")/cluster.json"
printf '{"containerId":"%s","kubeconfig":"%s"}' "$id" "$(base64 <"$KUBECONFIG_FILE" | tr -d '\n')"
