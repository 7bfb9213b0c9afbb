# Deletes the Gateway API's definitions where this stack made them, and with them the classes that istiod made. Needs
# nothing but kubectl: it runs from the state alone. While somebody's own objects are of these kinds, all stays: they
# would go too.
set -eu
kubectl() { command kubectl --context "$CONTEXT" --request-timeout 60s "$@"; }

made=$(kubectl get customresourcedefinitions --selector "istio-lab/stack=$STACK" --output name)
[ -n "$made" ] || exit 0
objects=""
for definition in $made; do
  found=$(kubectl get "${definition#*/}" --all-namespaces --output 'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.spec.controllerName}{"\n"}{end}')
  objects="$objects$found
"
done
theirs=$(printf '%s' "$objects" | grep -v -e '^$' -e ' istio\.io/' || true)
if [ -n "$theirs" ]; then
  echo "the Gateway API stays in the cluster, for what somebody made of it:" >&2
  printf '%s\n' "$theirs" >&2
  exit
fi
kubectl delete validatingadmissionpolicybindings,validatingadmissionpolicies,customresourcedefinitions \
  --selector "istio-lab/stack=$STACK" >/dev/null
