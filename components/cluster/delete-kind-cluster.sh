# Removes the kind cluster that the create script made, known by the id of its node in $PULUMI_COMMAND_STDOUT, and the
# files that lead to it. Needs nothing but docker: it runs from the state alone, also when the cluster, kind or the
# checkout is gone. A cluster of the same name that came after it, this stack's or somebody else's, is left alone.
set -eu
made=$(printf '%s' "$PULUMI_COMMAND_STDOUT" | sed 's/.*"containerId":"\([0-9a-f]*\)".*/\1/')
found=$(docker ps --all --quiet --no-trunc --filter "label=io.x-k8s.kind.cluster=$CLUSTER" --filter label=io.x-k8s.kind.role=control-plane)
if [ -z "$found" ] || [ "$found" = "$made" ]; then
  nodes=$(docker ps --all --quiet --filter "label=io.x-k8s.kind.cluster=$CLUSTER")
  # shellcheck disable=SC2086 # one id a word
  [ -z "$nodes" ] || docker rm --force --volumes $nodes >/dev/null
fi
# Left by a creation that was killed.
docker ps --all --quiet --filter "label=istio-lab/holds-network-for=$OWNER_FOLDER" | while read -r holder; do
  docker rm --force --volumes "$holder" >/dev/null
done

# Made by a lab, and no container needs it any more, not even a stopped one.
if [ "$(docker network inspect --format '{{index .Labels "istio-lab"}}' kind 2>/dev/null)" = made ] &&
  [ -z "$(docker ps --all --quiet --filter network=kind)" ]; then
  docker network rm kind >/dev/null
fi
folder=$(dirname "$OWNER_FOLDER")
# Where another cluster of this stack came after it, the files are that one's.
if grep -qs "$made" "$folder/cluster.json"; then
  rm -f "$KUBECONFIG_FILE" "$KUBECONFIG_FILE.lock" "$folder/cluster.json" "$folder/incarnations.json"
fi
rmdir "$OWNER_FOLDER" "$folder" 2>/dev/null || true
