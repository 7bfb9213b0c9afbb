# Lets public names lead to Services of this cluster: each word of $NAMES, "name=service", becomes a rewrite rule of
# CoreDNS, and that a name led nowhere is not remembered: the Service may come the next moment, and a proxy that was told
# so asks again after a minute. All else of its configuration is left as it is; without names it is as it was.
set -eu
dns() { kubectl --context "$CONTEXT" --namespace kube-system "$@"; }

before=$(dns get configmap coredns --output jsonpath='{.data.Corefile}')
after=$(
  printf '%s\n' "$before" | awk '
    BEGIN {
      count = split(ENVIRON["NAMES"], words, " ")
      for (at = 1; at <= count; at++) {
        split(words[at], pair, "=")
        names = names " " pair[1]
        rules = rules "    rewrite name exact " pair[1] " " pair[2] " # istio-lab\n"
      }
    }
    / # istio-lab$/ { next }
    sub(/^# istio-lab had: /, "") { }
    names && /^ *disable denial / {
      print "# istio-lab had: " $0
      print $0 names " # istio-lab"
      next
    }
    { print }
    /^\.:53 \{/ { printf "%s", rules }'
)
if [ -n "$NAMES" ] && [ "${after#*rewrite name exact * # istio-lab}" = "$after" ]; then
  echo "CoreDNS has no server block \".:53\" to put the names of external hosts in" >&2
  exit 1
fi
[ "$before" != "$after" ] || exit 0
dns create configmap coredns --from-literal=Corefile="$after" --dry-run=client --output yaml |
  dns replace --filename - >/dev/null
# CoreDNS itself looks at it again after a minute or two; new pods begin with it.
dns rollout restart deployment coredns >/dev/null
