# Waits until istiod's webhooks answer: a Gateway without servers is refused by the validator (it fails open until
# then), and the injector gives a pod its proxy. "Pod Ready" says neither.
set -u
kubectl() { command kubectl --context "$CONTEXT" --request-timeout 5s "$@"; }

refused() {
  kubectl create --dry-run=server --filename - 2>&1 >/dev/null <<'YAML' | grep -q 'validation.istio.io'
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: istio-lab-gate, namespace: default }
spec: { selector: { app: istio-lab-gate }, servers: [] }
YAML
}

injected() {
  kubectl create --dry-run=server --output yaml --filename - 2>/dev/null <<'YAML' | grep -q 'name: istio-proxy'
apiVersion: v1
kind: Pod
metadata: { name: istio-lab-gate, namespace: default, labels: { sidecar.istio.io/inject: "true" } }
spec: { containers: [{ name: gate, image: gate }] }
YAML
}

# A node that still gets the image, or makes the container, is at work: how long that takes is up to its network.
pulling() {
  kubectl --namespace istio-system get pods --selector app=istiod --output \
    'jsonpath={.items[*].status.containerStatuses[*].state.waiting.reason}' 2>/dev/null | grep -q ContainerCreating
}

start=$(date +%s)
deadline=$((start + 180))
until refused && injected; do
  now=$(date +%s)
  # A container that can't be made looks the same for ever.
  if [ "$now" -ge "$deadline" ] && [ "$now" -lt $((start + 1800)) ] && pulling; then
    echo "istiod's image is still on its way to the node" >&2
    deadline=$((now + 60))
  elif [ "$now" -ge "$deadline" ]; then
    echo "istiod's webhooks did not answer within 180 s:" >&2
    kubectl --namespace istio-system get pods >&2
    exit 1
  fi
  sleep 0.2
done
