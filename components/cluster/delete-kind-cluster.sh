# Removes the kind cluster $CLUSTER if it is this lab's, and the files that lead to it. Needs nothing but docker:
# it runs from the state alone, also when the cluster, kind or the checkout is already gone.
set -eu
node="$CLUSTER-control-plane"
mounted=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/etc/istio-lab"}}{{.Source}}{{end}}{{end}}' "$node" 2>/dev/null) || mounted=absent
case "$mounted" in
*"$OWNER_FOLDER")
  # shellcheck disable=SC2046 # one id a word
  docker rm --force --volumes $(docker ps --all --quiet --filter "label=io.x-k8s.kind.cluster=$CLUSTER") >/dev/null
  ;;
absent) docker version >/dev/null ;;
*) echo "the kind cluster \"$CLUSTER\" is not this lab's: left alone" >&2 ;;
esac
if [ "$(docker network inspect --format '{{index .Labels "istio-lab"}}/{{len .Containers}}' kind 2>/dev/null)" = made/0 ]; then
  docker network rm kind >/dev/null
fi
rm -f "$KUBECONFIG_FILE" "$KUBECONFIG_FILE.lock" "$OWNER_FOLDER/../cluster.json"
rmdir "$OWNER_FOLDER" "$OWNER_FOLDER/.." 2>/dev/null || true
