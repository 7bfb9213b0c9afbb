import { describe, expect, it } from "vitest";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { proof } from "../../../components/scenarios/statefulset-ingress-proof.ts";
import { statefulsetIngress } from "../../../components/scenarios/statefulset-ingress.ts";
import { labOutputs } from "../../support/lab.ts";

const steps = statefulsetIngress.steps.map(({ id }) => id);
const cases = steps.flatMap((step) =>
  [1, 2, 3].map((replicas): [string, number] => [step, replicas]),
);
const rows = (step: string, replicas = 2): readonly Expectation[] =>
  proof(labOutputs(step, replicas), step);
const names = (step: string, replicas = 2): string[] =>
  rows(step, replicas).map(({ name }) => name);

const hosts = ["httpbin-0.example.com", "httpbin-1.example.com"];
const assets = [
  "root CA signs itself and can sign, nothing else",
  ...hosts.flatMap((host, n) => [
    `leaf certificate ${n} is for ${host} alone, and for servers only`,
    `leaf certificate ${n} does not verify against another CA`,
    `Secret httpbin-${n}-credential is of type kubernetes.io/tls`,
  ]),
];
const app = [
  "every pod of httpbin has a sidecar",
  "EndpointSlices name each pod",
  "the headless Service resolves to the pods",
  ...[0, 1].flatMap((n) => [
    `in the mesh httpbin-${n} answers by its own name`,
    `in the mesh httpbin-${n} is who it says`,
  ]),
  "in the mesh there is no pod beyond the last",
];
const ingress = [
  ...hosts.flatMap((host, n) => [
    `https://${host} answers with a verified certificate`,
    `https://${host} reaches httpbin-${n} and no other pod`,
    `https://${host} shows the certificate from its Secret`,
    `https://${host} is refused by a client that trusts no lab CA`,
    `https://${host} is refused by a client that trusts another CA`,
  ]),
  "SNI httpbin-2.example.com meets no server",
  "one HTTP/2 client that keeps its connections gets every host right",
  `${hosts[1]} is not served over the connection of ${hosts[0]}, whose certificate is not for it`,
  "https://httpbin-0.example.com reaches the new pod after httpbin-0 was deleted",
  "https://httpbin-1.example.com reaches httpbin-1 after httpbin-0 was deleted",
];
const observe = [
  "Prometheus counts mutual TLS requests from sleep",
  "Prometheus counts mutual TLS requests from istio-ingressgateway",
  "Prometheus counts no plain-text request",
  "Kiali draws every edge to httpbin as mutual TLS",
];
const noWorkloads = "no StatefulSet httpbin, no client";
const noIngress = [
  "no Gateway, no VirtualService, no ServiceEntry",
  "https://httpbin-0.example.com is not answered",
];
const noAddOns = "no prometheus, no kiali";

describe("the proof of each step", () => {
  it.each([
    ["tls-assets", [...assets, noWorkloads, ...noIngress, noAddOns]],
    ["app", [...assets, ...app, ...noIngress, noAddOns]],
    ["ingress", [...assets, ...app, ...ingress, noAddOns]],
    ["observe", [...assets, ...app, ...ingress, ...observe]],
  ])("%s has the rows of its own effect, and of the absence of later ones", (step, expected) => {
    expect(names(step)).toEqual(expected);
  });

  it.each(cases)("%s with %i replica(s) has no two rows of one name", (step, replicas) => {
    const all = names(step, replicas);
    expect([...new Set(all)]).toEqual(all);
  });

  it.each(cases)("%s with %i replica(s) is plain data", (step, replicas) => {
    const all = rows(step, replicas);
    expect(JSON.parse(JSON.stringify(all))).toStrictEqual(all);
  });

  it.each(cases)("%s with %i replica(s) looks at every host", (step, replicas) => {
    const all = JSON.stringify(rows(step, replicas));
    for (const host of labOutputs(step, replicas).hosts) expect(all).toContain(`"${host}"`);
  });

  it.each(steps)("%s has what is not there held for a while", (step) => {
    const absent = rows(step).filter(({ check }) => check.kind === "object" && check.absent);
    expect(absent.map(({ name }) => name)).toEqual(
      names(step).filter((name) => name.startsWith("no ")),
    );
    expect(absent.filter(({ negative }) => !negative)).toEqual([]);
  });

  it.each(steps)("%s has a deny twin for what it allows", (step) => {
    expect(rows(step).filter(({ negative }) => negative).length).toBeGreaterThanOrEqual(2);
  });

  it("knows nothing but stack outputs: others give other rows", () => {
    const more = { domain: "lab.test", hosts: ["httpbin-0.lab.test"], httpsPort: 443 };
    const all = JSON.stringify(proof(labOutputs("ingress", 1, more), "ingress"));
    expect(all).not.toMatch(/example\.com|8443/);
  });
});
