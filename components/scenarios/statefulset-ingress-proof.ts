import type { Caller, CertificateCheck, Expectation, HttpCheck } from "./expectation.ts";
import { foreignCaPem } from "./foreign-ca.ts";
import type { LabOutputs } from "./scenario.ts";

const sleep: Caller = { from: "pod", app: "sleep" };
const host: Caller = { from: "host" };

/** What the network must do at each step: its own effect, and no trace of a later one. */
export function proof(lab: LabOutputs, step: string): readonly Expectation[] {
  switch (step) {
    case "tls-assets":
      return [...tlsAssets(lab), noWorkloads, noInjection, ...noIngress(lab), ...noAddOns(lab)];
    case "app":
      return [...tlsAssets(lab), ...app(lab), ...noIngress(lab), ...noAddOns(lab)];
    case "ingress":
      return [...tlsAssets(lab), ...app(lab), ...ingress(lab), ...noAddOns(lab)];
    default:
      return [...tlsAssets(lab), ...app(lab), ...ingress(lab), ...observe(lab)];
  }
}

/** Commands to paste at each step; every one works as it stands in a shell of the lab. */
export function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const [first = ""] = lab.hosts;
  const curl = `curl --cacert ${lab.caCertPath} --resolve ${first}:${lab.httpsPort}:${lab.gatewayAddress}`;
  const inMesh = "kubectl exec deploy/sleep -c sleep -- curl -sS";
  const secret =
    "kubectl -n istio-system get secret httpbin-0-credential -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -subject -issuer -dates";
  if (step === "tls-assets") return [secret];
  const service = `${inMesh} http://httpbin-0.httpbin.default.svc.cluster.local/hostname`;
  if (step === "app") return [service];
  const [url = ""] = lab.gatewayUrls;
  const calls = [`${curl} ${url}/hostname`, `${curl} -I ${url}/status/200`, service];
  if (step === "ingress") return calls;
  return [...calls, "kubectl -n istio-system port-forward service/prometheus 9090:9090"];
}

function tlsAssets(lab: LabOutputs): Expectation[] {
  const root = { O: "example Inc.", CN: lab.domain };
  const key = lab.keyAlgorithm.startsWith("RSA-")
    ? ({ keyAlgorithm: "RSA", keyBits: Number(lab.keyAlgorithm.slice(4)) } as const)
    : ({ keyAlgorithm: "ECDSA" } as const);
  const leaves = lab.hosts.flatMap((name, ordinal): Expectation[] => {
    const source = { secret: `httpbin-${ordinal}-credential`, namespace: "istio-system" };
    const certificate = (expect: CertificateCheck["expect"]): CertificateCheck => ({
      kind: "certificate",
      source,
      expect,
    });
    return [
      {
        name: `leaf certificate ${ordinal} is for ${name} alone, and for servers only`,
        expected: `CN ${name}, O httpbin organization, ${lab.certificateDays} days, server authentication`,
        check: certificate({
          subject: { CN: name, O: "httpbin organization" },
          issuer: root,
          dnsNames: [name],
          isCa: false,
          days: lab.certificateDays,
          extendedKeyUsages: ["TLS Web Server Authentication"],
          verifiedBy: lab.caCertPem ?? "no CA",
          ...key,
        }),
      },
      {
        name: `leaf certificate ${ordinal} does not verify against another CA`,
        expected: "openssl verify refuses",
        check: certificate({ notVerifiedBy: foreignCaPem }),
      },
      {
        name: `Secret httpbin-${ordinal}-credential is of type kubernetes.io/tls`,
        expected: "type kubernetes.io/tls in istio-system",
        check: {
          kind: "object",
          resource: "secret",
          name: `httpbin-${ordinal}-credential`,
          namespace: "istio-system",
          expect: [{ path: "type", equals: "kubernetes.io/tls" }],
        },
      },
    ];
  });
  return [
    {
      name: "root CA signs itself and can sign, nothing else",
      expected: `O example Inc., CN ${lab.domain}, CA, ${lab.certificateDays} days`,
      check: {
        kind: "certificate",
        source: { pem: lab.caCertPem ?? "" },
        expect: {
          subject: root,
          issuer: root,
          selfSigned: true,
          isCa: true,
          days: lab.certificateDays,
          keyUsages: ["Certificate Sign", "CRL Sign"],
          extendedKeyUsages: [],
          ...key,
        },
      },
    },
    ...leaves,
  ];
}

function app(lab: LabOutputs): Expectation[] {
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

/** A call from this machine to one host of the gateway. */
function call(
  lab: LabOutputs,
  name: string,
  path: string,
  more: Partial<HttpCheck> = {},
): HttpCheck {
  return {
    kind: "http",
    caller: host,
    url: `https://${name}:${lab.httpsPort}${path}`,
    resolveTo: lab.gatewayAddress,
    trust: "lab",
    expect: { status: [200] },
    ...more,
  };
}

function ingress(lab: LabOutputs): Expectation[] {
  const each = lab.hosts.flatMap((name, ordinal): Expectation[] => [
    {
      name: `https://${name} answers with a verified certificate`,
      expected: "200",
      check: call(lab, name, "/status/200", { method: "HEAD" }),
    },
    {
      name: `https://${name} reaches httpbin-${ordinal} and no other pod`,
      expected: `10 of 10: "httpbin-${ordinal}"`,
      check: call(lab, name, "/hostname", {
        times: 10,
        expect: { status: [200], body: { contains: [`"httpbin-${ordinal}"`] } },
      }),
    },
    {
      name: `https://${name} shows the certificate from its Secret`,
      expected: `CN ${name}`,
      check: {
        kind: "certificate",
        source: { servedBy: lab.gatewayAddress, port: lab.httpsPort, sni: name },
        expect: { subject: { CN: name, O: "httpbin organization" }, dnsNames: [name] },
      },
    },
    {
      name: `https://${name} is refused by a client that trusts no lab CA`,
      expected: "exit 60: unknown CA",
      check: call(lab, name, "/status/200", { trust: "system", expect: { exit: [60] } }),
      negative: true,
    },
    {
      name: `https://${name} is refused by a client that trusts another CA`,
      expected: "exit 60: wrong CA",
      check: call(lab, name, "/status/200", {
        trust: { pem: foreignCaPem },
        expect: { exit: [60] },
      }),
      negative: true,
    },
  ]);
  const beyond = `httpbin-${lab.hosts.length}.${lab.domain}`;
  return [...each, noListener(lab, beyond), ...oneClient(lab), ...afterPodDeletion(lab)];
}

function noListener(lab: LabOutputs, name: string): Expectation {
  return {
    name: `SNI ${name} meets no server`,
    expected: "exit 35: TLS handshake refused",
    check: call(lab, name, "/status/200", { expect: { exit: [35] } }),
    negative: true,
  };
}

/** HTTP/2 connection reuse, the usual source of 404 and 421 behind a gateway with several hosts. */
function oneClient(lab: LabOutputs): Expectation[] {
  const requests = lab.hosts.map((authority, ordinal) => ({
    authority,
    path: "/hostname",
    status: [200],
    body: { contains: [`"httpbin-${ordinal}"`] },
  }));
  return [
    {
      name: "one HTTP/2 client that keeps its connections gets every host right",
      expected: "200 from the right pod each time, never 404 or 421",
      check: {
        kind: "http2",
        address: lab.gatewayAddress,
        port: lab.httpsPort,
        requests,
        connections: { atLeast: 1, atMost: lab.hosts.length },
      },
    },
  ];
}

function afterPodDeletion(lab: LabOutputs): Expectation[] {
  const [name] = lab.hosts;
  if (!name) return [];
  return [
    {
      name: `https://${name} reaches the new pod after httpbin-0 was deleted`,
      expected: 'a new pod, body "httpbin-0"',
      after: [{ do: "delete-pod", name: "httpbin-0", namespace: "default" }],
      disruptive: true,
      check: call(lab, name, "/hostname", {
        expect: { status: [200], body: { contains: ['"httpbin-0"'] } },
      }),
    },
  ];
}

function observe(lab: LabOutputs): Expectation[] {
  const series = 'istio_requests_total{reporter="destination",destination_workload="httpbin"';
  const traffic = lab.hosts.flatMap((name, ordinal) => [
    { do: "call" as const, times: 20, request: call(lab, name, "/status/200") },
    {
      do: "call" as const,
      times: 20,
      request: {
        caller: sleep,
        url: `http://httpbin-${ordinal}.httpbin.default.svc.cluster.local/status/200`,
      },
    },
  ]);
  const metric = (source: string): Expectation => ({
    name: `Prometheus counts mutual TLS requests from ${source}`,
    expected: "istio_requests_total > 0",
    after: traffic,
    needs: "istio-metrics",
    check: {
      kind: "metric",
      query: `${series},connection_security_policy="mutual_tls",source_workload="${source}"}`,
      above: 0,
    },
  });
  return [
    metric("sleep"),
    metric("istio-ingressgateway"),
    {
      name: "Prometheus counts no plain-text request",
      expected: "no such series",
      after: traffic,
      needs: "istio-metrics",
      negative: true,
      check: {
        kind: "metric",
        query: `${series},connection_security_policy="none"}`,
        absent: true,
      },
    },
    {
      name: "Kiali draws every edge to httpbin as mutual TLS",
      expected: "edges to httpbin, isMTLS 100",
      after: traffic,
      needs: "kiali",
      check: {
        kind: "http",
        caller: sleep,
        url: "http://kiali.istio-system:20001/kiali/api/namespaces/default/workloads/httpbin/graph?duration=60s&graphType=workload&appenders=securityPolicy",
        expect: {
          status: [200],
          // One edge from sleep, one from the gateway, each with its share of mutual TLS in percent.
          json: [{ path: "elements.edges[*].data.isMTLS", sameItems: ["100", "100"] }],
        },
      },
    },
  ];
}

const noWorkloads: Expectation = {
  name: "no StatefulSet httpbin, no client",
  expected: "absent",
  gone: true,
  negative: true,
  check: {
    kind: "object",
    resource: "statefulsets,deployments,services",
    namespace: "default",
    selector: "app in (httpbin,sleep)",
    absent: true,
  },
};

const noInjection: Expectation = {
  name: "pods of namespace default get no sidecar",
  expected: "no label istio-injection",
  gone: true,
  negative: true,
  check: {
    kind: "object",
    resource: "namespace",
    name: "default",
    expect: [{ path: 'metadata.labels["istio-injection"]', absent: true }],
  },
};

/** Add-ons that config asks for stay at every step. */
function noAddOns(lab: LabOutputs): Expectation[] {
  const others = ["prometheus", "kiali"].filter((name) => !lab.addons.includes(name));
  if (others.length === 0) return [];
  return [
    {
      name: `no ${others.join(", no ")}`,
      expected: "absent",
      gone: true,
      negative: true,
      check: {
        kind: "object",
        resource: "deployments",
        namespace: "istio-system",
        selector: `app in (${others.join(",")})`,
        absent: true,
      },
    },
  ];
}

function noIngress(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "no Gateway, no VirtualService, no ServiceEntry",
      expected: "none",
      gone: true,
      negative: true,
      check: {
        kind: "object",
        resource:
          "gateways.networking.istio.io,virtualservices.networking.istio.io,serviceentries.networking.istio.io",
        namespace: "default",
        absent: true,
      },
    },
    ...lab.hosts.slice(0, 1).map((name): Expectation => ({
      name: `https://${name} is not answered`,
      expected: "connection refused or reset",
      gone: true,
      negative: true,
      check: call(lab, name, "/status/200", { expect: { exit: [7, 35, 52, 56] } }),
    })),
  ];
}
