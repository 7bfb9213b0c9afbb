# Joins the pod networks of the nodes of kind cluster $CLUSTER: each node gets a route to the pods of each other one, as
# kindnet would make it, and pods that call beyond the cluster do so under their node's address. Nodes are fixed when
# kind makes them, so it is done once. Prints nothing.
set -eu
pods=10.244.0.0/16
template='{{range .items}}{{.metadata.name}} {{.spec.podCIDR}}{{range .status.addresses}}{{if eq .type "InternalIP"}} {{.address}}{{end}}{{end}}{{"\n"}}{{end}}'
expected=$(kind get nodes --name "$CLUSTER" 2>/dev/null | wc -l)

# "<node> <its pods> <its address>"; a node that has just joined has no pods yet.
tries=0
while :; do
  nodes=$(kubectl --kubeconfig "$KUBECONFIG_FILE" --request-timeout 5s get nodes --output "go-template=$template" | grep -E ' 10\.244\.[0-9.]+/24 [0-9.]+$' || true)
  [ "$(printf '%s' "$nodes" | grep -c .)" -lt "$expected" ] || break
  tries=$((tries + 1))
  if [ "$tries" -ge 120 ]; then
    echo "of $expected nodes, those with a network for pods after a minute: ${nodes:-none}" >&2
    exit 1
  fi
  sleep 0.5
done

printf '%s\n' "$nodes" | while read -r node _; do
  # Of each line that is not the node's own, a route.
  printf '%s\n' "$nodes" | awk -v self="$node" '$1 != self { print "ip route replace " $2 " via " $3 }' |
    docker exec -i "$node" sh -eu
  docker exec "$node" iptables --table nat --append POSTROUTING --source "$pods" ! --destination "$pods" --jump MASQUERADE
done
