import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { sleep } from "../calls.ts";

/** Inside the mesh each pod answers by its own name, and only those there are. */
export function appProof(lab: LabOutputs): Expectation[] {
  const names = lab.hosts.map((_, ordinal) => `httpbin-${ordinal}`);
  const url = (pod: string): string => `http://${pod}.httpbin.default.svc.cluster.local`;
  return [
    {
      name: "every pod of httpbin has a sidecar",
      expected: `${names.length} pods with istio-proxy`,
      check: {
        kind: "object",
        resource: "pods",
        namespace: "default",
        selector: "app=httpbin,security.istio.io/tlsMode=istio",
        expect: [{ path: "items[*].metadata.name", sameItems: names }],
      },
    },
    {
      name: "EndpointSlices name each pod",
      expected: `hostnames ${names.join(", ")}`,
      check: {
        kind: "object",
        resource: "endpointslices.discovery.k8s.io",
        namespace: "default",
        selector: "kubernetes.io/service-name=httpbin",
        expect: [{ path: "items[*].endpoints[*].hostname", sameItems: names }],
      },
    },
    {
      name: "the headless Service resolves to the pods",
      expected: "A records = pod IPs",
      check: {
        kind: "dns",
        caller: sleep,
        name: "httpbin.default.svc.cluster.local",
        podSelector: "app=httpbin",
      },
    },
    ...names.flatMap((pod): Expectation[] => [
      {
        name: `in the mesh ${pod} answers by its own name`,
        expected: "200",
        check: {
          kind: "http",
          caller: sleep,
          url: `${url(pod)}/status/200`,
          method: "HEAD",
          expect: { status: [200] },
        },
      },
      {
        name: `in the mesh ${pod} is who it says`,
        expected: `200, body "${pod}"`,
        check: {
          kind: "http",
          caller: sleep,
          url: `${url(pod)}/hostname`,
          expect: { status: [200], body: { contains: [`"${pod}"`] } },
        },
      },
    ]),
    {
      name: "in the mesh there is no pod beyond the last",
      expected: "exit 6: no such host",
      check: {
        kind: "http",
        caller: sleep,
        url: `${url(`httpbin-${names.length}`)}/status/200`,
        expect: { exit: [6] },
      },
      negative: true,
    },
  ];
}
