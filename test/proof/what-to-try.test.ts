import { describe, expect, it } from "vitest";
import type { Check } from "../../components/scenarios/expectation.ts";
import { whatToTry } from "../../hack/proof/what-to-try.ts";
import { labOutputs } from "./fake-lab.ts";

const kubectl = "kubectl --kubeconfig /lab/kubeconfig --context kind-lab";
const sleep = { from: "pod", app: "sleep" } as const;
const url = "https://a.example.com/x";

const inFortio = `${kubectl} exec -i -n default -c fortio $(${kubectl} get pod -n default -l app=fortio -o name | head -n 1) --`;
const inSleep = `${kubectl} exec -i -n default -c sleep $(${kubectl} get pod -n default -l app=sleep -o name | head -n 1) --`;

const rows: readonly (readonly [string, Check, string])[] = [
  [
    "a command in a pod, with what comes before",
    { kind: "exec", in: { app: "fortio" }, before: [["fortio", "a"]], command: ["fortio", "b c"] },
    `${inFortio} fortio a; ${inFortio} fortio 'b c'`,
  ],
  [
    "a load test",
    {
      kind: "load",
      in: { app: "fortio" },
      url: "http://a/get",
      calls: 20,
      connections: [2, 3],
      otherwise: 10,
      heldBack: "overflow",
    },
    `${inFortio} /usr/bin/fortio load -c 3 -qps 0 -n 20 -loglevel Warning http://a/get`,
  ],
  [
    "where a request arrives",
    {
      kind: "delivery",
      caller: sleep,
      url: "http://a/headers",
      arrivals: [{ app: "a", version: "v1", container: "a", times: 1 }],
    },
    `${inSleep} curl 'http://a/headers?id=try-it'; ${kubectl} logs --namespace default --selector app=a,version=v1 --container a --tail -1 --since 5s | grep -c try-it`,
  ],
  [
    "a call of this machine",
    {
      kind: "http",
      caller: { from: "host" },
      url,
      resolveTo: "127.0.0.1",
      trust: "lab",
      headers: { "x-a": "it's" },
      expect: {},
    },
    `curl -sS -i --noproxy '*' --resolve a.example.com:443:127.0.0.1 --cacert /lab/ca.pem --header 'x-a: it'\\''s' ${url}`,
  ],
  [
    "a call of this machine that trusts another CA",
    { kind: "http", caller: { from: "host" }, url, trust: { pem: "PEM 1" }, expect: {} },
    `curl -sS -i --noproxy '*' --cacert <(printf %s 'PEM 1') ${url}`,
  ],
  [
    "a call with a client certificate",
    { kind: "http", caller: { from: "host" }, url, clientCertificate: "ns/pair", expect: {} },
    `curl -sS -i --noproxy '*' --cert <(${kubectl} get secret pair --namespace ns -o 'go-template={{index .data "tls.crt"}}' | base64 -d) ` +
      `--key <(${kubectl} get secret pair --namespace ns -o 'go-template={{index .data "tls.key"}}' | base64 -d) ${url}`,
  ],
  [
    "a call of a pod",
    { kind: "http", caller: sleep, url: "http://a/x?b=1&c", expect: {} },
    `${kubectl} exec -i -n default -c sleep $(${kubectl} get pod -n default -l app=sleep -o name | head -n 1) -- curl -sS -i --noproxy '*' 'http://a/x?b=1&c'`,
  ],
  [
    "a call of the node that needs a CA",
    { kind: "http", caller: { from: "kind-network" }, url, trust: "lab", expect: {} },
    `{ cat /lab/ca.pem; } | docker exec -i lab-control-plane sh -c 'umask 077; cat >/tmp/try.pem; curl -sS -i --noproxy '\\''*'\\'' --cacert /tmp/try.pem ${url}; rm /tmp/try.pem'`,
  ],
  [
    "HTTP/2",
    {
      kind: "http2",
      address: "127.0.0.1",
      port: 8443,
      requests: [{ authority: "a.example.com:8443", path: "/x", status: [200] }],
      connections: { atLeast: 1, atMost: 1 },
    },
    "curl -sS -i --http2 --noproxy '*' --cacert /lab/ca.pem --resolve a.example.com:8443:127.0.0.1 https://a.example.com:8443/x",
  ],
  [
    "a certificate in a Secret",
    { kind: "certificate", source: { secret: "pair", namespace: "ns" }, expect: {} },
    `${kubectl} get secret pair --namespace ns -o 'go-template={{index .data "tls.crt"}}' | base64 -d | openssl x509 -noout -text`,
  ],
  [
    "a certificate of a server",
    { kind: "certificate", source: { servedBy: "127.0.0.1", port: 443, sni: "a" }, expect: {} },
    "openssl s_client -connect 127.0.0.1:443 -servername a </dev/null | openssl x509 -noout -text",
  ],
  [
    "a certificate of the stack",
    { kind: "certificate", source: { pem: "x" }, expect: {} },
    "pulumi stack output caCertPem | openssl x509 -noout -text",
  ],
  [
    "an object",
    { kind: "object", resource: "pods", namespace: "ns", selector: "a=b" },
    `${kubectl} get pods --namespace ns --selector a=b -o yaml`,
  ],
  [
    "a name",
    { kind: "dns", caller: { from: "host" }, name: "a.b", podSelector: "a=b" },
    "getent ahostsv4 a.b",
  ],
  [
    "a metric",
    { kind: "metric", query: "up" },
    `${kubectl} get --raw '/api/v1/namespaces/istio-system/services/prometheus:9090/proxy/api/v1/query?query=up'`,
  ],
  [
    "a log",
    { kind: "log", app: "a", container: "c", contains: "x", count: { atLeast: 1 } },
    `${kubectl} logs --namespace default --selector app=a --container c --tail -1 --max-log-requests 50 --since 5m`,
  ],
  [
    "istioctl",
    { kind: "istioctl", args: ["analyze", "--namespace", "default"] },
    `istioctl analyze --namespace default ${kubectl.slice("kubectl ".length)}`,
  ],
  [
    "a statistic",
    { kind: "envoy-stat", app: "a", namespace: "ns", stat: "x" },
    `${kubectl} exec -i -n ns -c istio-proxy $(${kubectl} get pod -n ns -l app=a -o name | head -n 1) -- pilot-agent request GET 'stats?filter=x'`,
  ],
];

describe("whatToTry", () => {
  it.each(rows)("%s", (_, check, command) => {
    expect(whatToTry(labOutputs(), check)).toBe(command);
  });
});
