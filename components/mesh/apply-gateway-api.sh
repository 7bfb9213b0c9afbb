# Applies the Gateway API's definitions, labelled as this stack's so that the delete script knows them. A cluster whose
# owner has that API already keeps it as it is: a second version over the first would change what his objects mean.
set -eu
kubectl() { command kubectl --context "$CONTEXT" --request-timeout 60s "$@"; }

# Of every group: a selector of labels can't tell groups apart. No label counts as another stack.
theirs=$(kubectl get customresourcedefinitions --selector "istio-lab/stack!=$STACK" --output name)
if printf '%s\n' "$theirs" | grep -q '\.gateway\.networking\.k8s\.io$'; then
  echo "the cluster has the Gateway API already: it is left as it is" >&2
  exit
fi
# In one step, so that nothing is there for a moment without its label. As YAML it would come without lines between the
# objects, and only the last be taken.
kubectl label --local --filename "$MANIFEST" "istio-lab/stack=$STACK" --output json |
  kubectl apply --server-side --force-conflicts --field-manager istio-lab --filename - >/dev/null
