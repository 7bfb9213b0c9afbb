# Stands for `docker` and `kind` in tests of shell scripts: `sh fake-engine.sh docker ps …`. What there is, and every
# change, lies in the folder $FAKE_ENGINE, see fake-machine.ts. A call that no script made so far is refused, so that a
# test fails for it. Every container is a node of a kind cluster, or holds the network; all are on the network `kind`.
set -eu
cd "$FAKE_ENGINE"

fail() {
  echo "$1" >&2
  exit 1
}

changed() { echo "$1" >>changes; }

# One column of a container: 1 id, 2 name, 3 cluster, 4 role, 5 owner, 6 running.
column() {
  awk -F '\t' -v key="$1" -v n="$2" '
    index($1, key) == 1 || $2 == key { print $n; found = 1; exit }
    END { exit !found }' containers || fail "Error: No such object: $1"
}

list() {
  all=false width=12 cluster='' role=''
  while [ $# -gt 0 ]; do
    case "$1 ${2-}" in
    "--filter network=kind") shift && holders ;;
    "--filter label=io.x-k8s.kind.cluster") shift ;;
    "--filter label=io.x-k8s.kind.cluster="*) cluster=${2##*=} && shift ;;
    "--filter label=io.x-k8s.kind.role="*) role=${2##*=} && shift ;;
    "--all "*) all=true ;;
    "--no-trunc "*) width=64 ;;
    "--quiet "*) ;;
    *) fail "the fake docker has no answer to: ps $*" ;;
    esac
    shift
  done
  awk -F '\t' -v all="$all" -v width="$width" -v cluster="$cluster" -v role="$role" '
    (all == "true" || $6 == "true") && (cluster == "" || $3 == cluster) && (role == "" || $4 == role) {
      print substr($1, 1, width)
    }' containers
}

remove() {
  names=
  for id in "$@"; do
    name=$(column "$id" 2)
    names="$names $name"
    awk -F '\t' -v name="$name" '$2 != name' containers >left
    mv left containers
    echo "$id"
  done
  changed "docker rm$names"
}

# Containers that only hold the network, one id a line.
holders() { [ ! -e holders ] || cat holders; }

has_network() { [ -e network ] || fail "Error response from daemon: network kind not found"; }

docker() {
  [ ! -e silent ] || fail "Cannot connect to the Docker daemon at unix:///var/run/docker.sock."
  case "$*" in
  "ps --all --quiet --filter label=istio-lab/holds-network-for="*) holders ;;
  "ps "*) shift && list "$@" ;;
  "create --network kind --label istio-lab/holds-network-for="*)
    has_network
    [ ! -e network-taken-away ] || rm network-taken-away network
    echo "holder" >>holders
    ;;
  "inspect --format {{.Id}} "*) column "$4" 1 ;;
  "inspect --format {{.State.StartedAt}} "*) shift 3 && for id in "$@"; do column "$id" 1 >/dev/null && echo 2026-01-01T00:00:00Z; done ;;
  "inspect --format {{index .Config.Labels \"io.x-k8s.kind.cluster\"}} "*) column "$4" 3 ;;
  "inspect --format {{range .Mounts}}{{if eq .Destination \"/etc/istio-lab\"}}{{.Source}}{{end}}{{end}} "*) column "$4" 5 ;;
  "rm --force --volumes holder") rm holders ;;
  "rm --force --volumes "*) shift 3 && remove "$@" ;;
  "image inspect "*) [ ! -e no-image ] ;;
  "pull "*) rm no-image && changed "docker pull $2" ;;
  "network inspect kind") has_network && echo "[]" ;;
  "network inspect --format {{index .Labels \"istio-lab\"}} kind") has_network && cat network && echo ;;
  "network create --label istio-lab=made --opt "*" kind")
    [ ! -e network-no-room ] || fail "Error response from daemon: could not find an available IPv4 address pool"
    if [ -e network-too-late ]; then
      printf made >network
      fail "Error response from daemon: network with name kind already exists"
    fi
    printf made >network
    changed "docker network create"
    ;;
  "network rm kind")
    has_network
    [ -z "$(list --quiet)" ] || fail "error while removing network: network kind has active endpoints"
    rm network
    changed "docker network rm"
    ;;
  *) fail "the fake docker has no answer to: $*" ;;
  esac
}

# One line a node of the configuration: role and what is mounted at the lab's mark.
nodes_of() {
  awk '
    /^  - role: / { role[++n] = $3 }
    /hostPath: / { sub(/.*hostPath: /, ""); source = $0; next }
    # The rest of a long path.
    !/:/ { sub(/^ +/, " "); source = source $0 }
    /containerPath: \/etc\/istio-lab$/ { owner[n] = source }
    END { for (i = 1; i <= n; i++) print role[i] "\t" owner[i] }'
}

kind() {
  case "$*" in
  "create cluster --name "*" --image "*" --config - --kubeconfig "*) ;;
  *) fail "the fake kind has no answer to: $*" ;;
  esac
  cluster=$4 image=$6 kubeconfig=${10}
  [ -z "$(list --all --filter "label=io.x-k8s.kind.cluster=$cluster")" ] ||
    fail "ERROR: failed to create cluster: node(s) already exist for a cluster with the name \"$cluster\""
  age=$(wc -l <changes)
  nodes_of | awk -F '\t' -v cluster="$cluster" -v age="$age" '{
    name = cluster "-" $1 (NR > 2 ? NR - 1 : "")
    printf "%04x%04x%056x\t%s\t%s\t%s\t%s\ttrue\n", age, NR, 0, name, cluster, $1, $2
  }' >>containers
  [ -e network ] || : >network
  changed "kind create $cluster from $image"
  [ ! -e kind-fails ] || fail "ERROR: failed to create cluster: failed to init node with kubeadm"
  echo "current-context: kind-$cluster" >"$kubeconfig"
}

"$@"
