import type { Expectation } from "../expectation.ts";
import { foreignCaPem } from "../foreign-ca.ts";
import type { LabOutputs } from "../scenario.ts";
import { httpsCall } from "../calls.ts";

/** From outside each host leads to its pod over TLS, and nothing else gets in. */
export function ingressProof(lab: LabOutputs): Expectation[] {
  const each = lab.hosts.flatMap((name, ordinal): Expectation[] => [
    {
      name: `https://${name} answers with a verified certificate`,
      expected: "200",
      check: httpsCall(lab, name, "/status/200", { method: "HEAD" }),
    },
    {
      name: `https://${name} reaches httpbin-${ordinal} and no other pod`,
      expected: `10 of 10: "httpbin-${ordinal}"`,
      check: httpsCall(lab, name, "/hostname", {
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
      check: httpsCall(lab, name, "/status/200", { trust: "system", expect: { exit: [60] } }),
      negative: true,
    },
    {
      name: `https://${name} is refused by a client that trusts another CA`,
      expected: "exit 60: wrong CA",
      check: httpsCall(lab, name, "/status/200", {
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
    check: httpsCall(lab, name, "/status/200", { expect: { exit: [35] } }),
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
    ...forcedOntoOneConnection(lab),
  ];
}

/** The deny twin: a certificate of its own for each host also keeps each host's routes to its own connections. */
function forcedOntoOneConnection(lab: LabOutputs): Expectation[] {
  const [first, second] = lab.hosts;
  if (!first || !second) return [];
  return [
    {
      name: `${second} is not served over the connection of ${first}, whose certificate is not for it`,
      expected: "200 for the first, 404 or 421 for the second",
      negative: true,
      check: {
        kind: "http2",
        address: lab.gatewayAddress,
        port: lab.httpsPort,
        forceOneConnection: true,
        requests: [
          { authority: first, path: "/hostname", status: [200] },
          { authority: second, path: "/hostname", status: [404, 421] },
        ],
        connections: { atLeast: 1, atMost: 1 },
      },
    },
  ];
}

function afterPodDeletion(lab: LabOutputs): Expectation[] {
  return lab.hosts.map((name, ordinal) => ({
    name: `https://${name} reaches ${ordinal === 0 ? "the new pod" : `httpbin-${ordinal}`} after httpbin-0 was deleted`,
    expected: `body "httpbin-${ordinal}"`,
    after: [{ do: "delete-pod", name: "httpbin-0", namespace: "default" }],
    disruptive: true,
    check: httpsCall(lab, name, "/hostname", {
      expect: { status: [200], body: { contains: [`"httpbin-${ordinal}"`] } },
    }),
  }));
}
