import type { Checkout } from "./checkout.ts";
import { get } from "./https-client.ts";

/** The stack's outputs. */
export async function outputsOf(lab: Checkout): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await lab.inLab("pulumi stack output --json");
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The certificate of the lab's authority, PEM. */
export async function authorityOf(lab: Checkout): Promise<string> {
  return String((await outputsOf(lab))["caCertPem"]);
}

/** `<common name> <status> <pod>` of every host of statefulset-ingress, asked by another client than the proof's. */
export async function hostsAnswer(
  lab: Checkout,
  httpsPort: number,
  replicas = 2,
): Promise<string[]> {
  const pem = await authorityOf(lab);
  const hosts = Array.from({ length: replicas }, (_, ordinal) => `httpbin-${ordinal}.example.com`);
  const answers = await Promise.all(hosts.map((host) => get(host, httpsPort, "/hostname", pem)));
  return answers.map(({ status, body, commonName }) => {
    const { hostname } = JSON.parse(body) as { hostname: string };
    return `${commonName} ${status} ${hostname}`;
  });
}

/** Text of a `Pulumi.dev.yaml` for a lab beside others: a cluster and host ports of its own. */
export function stackBeside(
  clusterName: string,
  firstPort: number,
  config: Readonly<Record<string, string>> = {},
): string {
  const keys = {
    clusterName,
    httpPort: String(firstPort),
    httpsPort: String(firstPort + 1),
    statusPort: String(firstPort + 2),
    ...config,
  };
  const lines = Object.entries(keys).map(([key, value]) => `  istio-lab:${key}: "${value}"\n`);
  return `config:\n${lines.join("")}`;
}
