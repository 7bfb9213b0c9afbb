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

deadline=$(($(date +%s) + 180))
until refused && injected; do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "istiod's webhooks did not answer within 180 s:" >&2
    kubectl --namespace istio-system get pods >&2
    exit 1
  fi
  sleep 0.2
done
