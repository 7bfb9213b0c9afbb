import type { LabOutputs } from "../scenario.ts";

/** Where the gateway answers for Bookinfo. */
function site(lab: LabOutputs): string {
  return `http://${lab.gatewayAddress}:${lab.httpPort}`;
}

/** Counts which version of `reviews` answers. */
export function countVersions(lab: LabOutputs, times: number): string {
  const call = `curl -s ${site(lab)}/api/v1/products/0/reviews`;
  return `for i in $(seq ${times}); do ${call} | grep -o 'reviews-v[123]'; done | sort | uniq -c`;
}

/** Opens a way to Kiali's web interface; where the supply has none, asks its API for the workloads it draws. */
export function openKiali({ supply }: LabOutputs): readonly string[] {
  const { kiali, "kiali-ui": ui } = supply.limits;
  if (kiali !== undefined) return [];
  if (ui === undefined) return ["kubectl -n istio-system port-forward service/kiali 20001"];
  const graph =
    "/kiali/api/namespaces/graph?namespaces=default&duration=300s&graphType=workload&appenders=deadNode";
  const proxy = "/api/v1/namespaces/istio-system/services/kiali:20001/proxy";
  return [`kubectl get --raw '${proxy}${graph}' | grep -oE '"workload": *"[^"]*"' | sort -u`];
}

/** Prints the reviews as JSON. */
export function printReviews(lab: LabOutputs): string {
  return `curl -s ${site(lab)}/api/v1/products/0/reviews`;
}

/** Asks for the product page and prints what it says of stars and faults, and how long it took. */
export function timePage(lab: LabOutputs): string {
  return `curl -s -w 'took %{time_total} s\\n' ${site(lab)}/productpage | ${signs}`;
}

/** Logs in as jason; the commands below take the cookie from the same file. */
export function logIn(lab: LabOutputs): string {
  return `curl -s -o /dev/null -c /tmp/jason -e ${site(lab)}/productpage -d 'username=jason&passwd=' ${site(lab)}/login`;
}

/** The same as jason. */
export function asJason(command: string): string {
  return command.replace("curl -s", "curl -s -b /tmp/jason");
}

const signs =
  "grep -oE 'took .*|Error fetching [a-z ]*|Ratings service [a-z ]*|text-(red|black)-500 *\"|reviews-v[123]'";
