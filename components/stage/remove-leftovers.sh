# Removes what the step before had and this one does not: all objects with the stage's label that $KEEP does not name.
# Pulumi itself removes them after all else, later than the proof; it takes an object that is gone for removed.
# $KEEP holds one "Kind.group namespace/name" a line, $KINDS the kinds to look at.
set -eu
lab() { kubectl --kubeconfig "$KUBECONFIG_FILE" --context "$CONTEXT" "$@"; }
template='{{range .items}}{{.apiVersion}} {{.kind}} {{with .metadata.namespace}}{{.}}/{{end}}{{.metadata.name}}{{"\n"}}{{end}}'
live=$(lab get "$KINDS" --all-namespaces --selector istio-lab/stage --output go-template="$template")
leftovers=$(
  # All in one awk: to some a grep for no line at all is one for every line.
  printf '%s\n' "$live" | awk '
    BEGIN { count = split(ENVIRON["KEEP"], lines, "\n"); for (at = 1; at <= count; at++) keep[lines[at]] }
    NF {
      grouped = split($1, group, "/") == 2
      object = (grouped ? $2 "." group[1] : $2) " " $3
      if (!(object in keep)) print object
    }'
)
[ -n "$leftovers" ] || exit 0

# One call for each namespace, and one for what has none: a namespace that is still going can't be made again, so
# that one is waited for.
printf '%s\n' "$leftovers" |
  awk '{ if (split($2, part, "/") == 2) objects[part[1]] = objects[part[1]] " " $1 "/" part[2]
         else unplaced = unplaced " " $1 "/" $2 }
       END { for (namespace in objects) print namespace objects[namespace]
             if (unplaced) print "-" unplaced }' |
  while read -r namespace objects; do
    # shellcheck disable=SC2086 # one word for each object
    if [ "$namespace" = - ]; then
      lab delete --ignore-not-found --timeout=60s $objects </dev/null
    else
      lab --namespace "$namespace" delete --ignore-not-found --wait=false $objects </dev/null
    fi
  done
