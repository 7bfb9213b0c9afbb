import { describe, expect, it } from "vitest";
import type { Expectation, Check } from "../../components/scenarios/expectation.ts";
import { judgeAddresses, parseAddresses } from "../../hack/proof/checks/dns.ts";
import { judgeStats, parseStats } from "../../hack/proof/checks/envoy-stat.ts";
import { judgeLog } from "../../hack/proof/checks/log.ts";
import { judgeMetric } from "../../hack/proof/checks/metric.ts";
import type { QueryAnswer } from "../../hack/proof/checks/metric.ts";
import { judgeObject } from "../../hack/proof/checks/object.ts";
import { lookAt } from "../../hack/proof/look-at.ts";
import { fakeLab, labOutputs, pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";
import type { Ran } from "../../hack/proof/run-process.ts";

const since = new Date("2026-01-02T03:04:05Z");
const sleep = { from: "pod", app: "sleep" } as const;

function row(check: Check): Expectation {
  return { name: "row", expected: "", check };
}

function looked(check: Check, answer: (call: Call) => string | Partial<Ran>) {
  const { lab, calls } = fakeLab(labOutputs(), answer);
  return { look: lookAt(lab, row(check), since), commands: calls, lab };
}

describe("object", () => {
  const check = { kind: "object", resource: "statefulset" } as const;
  const document = { kind: "StatefulSet", metadata: { name: "httpbin" }, status: { replicas: 2 } };
  const replicas = (equals: number) => ({
    ...check,
    expect: [{ path: "status.replicas", equals }],
  });

  it.each([
    ["what is there", document, check, true, "StatefulSet/httpbin"],
    ["what is as expected", document, replicas(2), true, "status.replicas = 2"],
    ["what is not as expected", document, replicas(3), false, "status.replicas = 2"],
    ["what is missing", undefined, check, false, "nothing found"],
    ["what is missing as it must be", undefined, { ...check, absent: true }, true, "nothing found"],
    ["what must not be there", document, { ...check, absent: true }, false, "StatefulSet/httpbin"],
    ["an empty list", { items: [] }, check, false, "nothing found"],
    [
      "an empty list as it must be",
      { items: [] },
      { ...check, absent: true },
      true,
      "nothing found",
    ],
    [
      "a list that must be empty",
      { items: [document] },
      { ...check, absent: true },
      false,
      "StatefulSet/httpbin",
    ],
    [
      "an empty list that is expected",
      { items: [] },
      { ...check, expect: [{ path: "items", absent: true }] },
      true,
      "items = []",
    ],
  ] as const)("judges %s", (_, found, given, passed, observed) => {
    expect(judgeObject(found, given)).toMatchObject({ passed, observed });
  });

  it("asks kubectl, and never shows what a Secret holds", async () => {
    const secret = {
      kind: "Secret",
      metadata: { name: "pair", annotations: { copy: "c2VjcmV0" } },
      data: { "tls.key": "c2VjcmV0" },
    };
    const expected = [{ path: "items[*].data", equals: {} }, { path: "items[*].metadata" }];
    const { look, commands } = looked(
      {
        kind: "object",
        resource: "secrets",
        namespace: "istio-system",
        selector: "a=b",
        expect: expected,
      },
      () => JSON.stringify({ kind: "List", items: [secret] }),
    );
    const seen = await look;
    expect(seen.passed).toBe(false);
    expect(JSON.stringify(seen)).not.toContain("c2VjcmV0");
    expect(commands[0]?.args.slice(4)).toEqual(
      "get secrets --namespace istio-system --selector a=b -o json".split(" "),
    );
  });

  it("takes no other fault than a missing object for absence", async () => {
    const absent = { kind: "object", resource: "pod", name: "x", absent: true } as const;
    const notFound = { exitCode: 1, stderr: 'Error from server (NotFound): pods "x" not found' };
    expect(await looked(absent, () => notFound).look).toEqual({
      passed: true,
      observed: "nothing found",
    });
    const unknown = { exitCode: 1, stderr: `error: the server doesn't have a resource type "pod"` };
    await expect(looked(absent, () => unknown).look).rejects.toThrow(
      "doesn't have a resource type",
    );
    const down = { exitCode: 1, stderr: "connection refused" };
    await expect(looked(absent, () => down).look).rejects.toThrow("connection refused");
  });
});

describe("dns", () => {
  const getent = "10.244.0.6     STREAM httpbin\n10.244.0.6     DGRAM\n10.244.0.10    STREAM\n";
  const busybox =
    "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\thttpbin\nAddress: 10.244.0.10\nName:\thttpbin\nAddress: 10.244.0.6\n";
  const old =
    "Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns\n\nName:      httpbin\nAddress 1: 10.244.0.6 a\n";
  const missing =
    "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find httpbin: NXDOMAIN\n";

  it.each([
    ["getent", getent, ["10.244.0.10", "10.244.0.6"]],
    ["nslookup", busybox, ["10.244.0.10", "10.244.0.6"]],
    ["an older nslookup", old, ["10.244.0.6"]],
    ["nslookup that finds nothing", missing, []],
    ["nothing", "", []],
  ])("reads %s", (_, output, addresses) => {
    expect(parseAddresses(output)).toEqual(addresses);
  });

  it.each([
    [["a", "b"], ["a", "b"], true],
    [["a"], ["a", "b"], false],
    [["a", "b"], ["a"], false],
    [[], [], false],
  ])("compares %j with %j", (addresses, pods, passed) => {
    expect(judgeAddresses(addresses, pods).passed).toBe(passed);
  });

  it("resolves in the pod and compares with the Ready pods", async () => {
    const pods = [pod("httpbin-0", { ip: "10.244.0.6" }), pod("httpbin-1", { ip: "10.244.0.10" })];
    const late = pod("httpbin-2", { ip: "10.244.0.99", ready: false });
    const check = {
      kind: "dns",
      caller: sleep,
      name: "httpbin",
      podSelector: "app=httpbin",
    } as const;
    const answer = ({ args }: Call): string =>
      args.includes("exec") ? getent : JSON.stringify({ items: [...pods, late] });
    const { look, commands } = looked(check, answer);
    expect(await look).toEqual({ passed: true, observed: "10.244.0.10, 10.244.0.6" });
    expect(commands.at(-1)?.args.slice(-3)).toEqual([
      expect.stringContaining("getent ahostsv4"),
      "sh",
      "httpbin",
    ]);
  });
});

describe("metric", () => {
  const vector = (...values: readonly string[]): QueryAnswer => ({
    status: "success",
    data: { resultType: "vector", result: values.map((value) => ({ value: [1, value] as const })) },
  });
  it.each([
    [vector("20", "3"), { above: 22 }, true, "23 in 2 series"],
    [vector("20", "3"), { above: 23 }, false, "23 in 2 series"],
    [vector(), { above: 0 }, false, "no series"],
    [vector("NaN"), { above: 0 }, false, "NaN in 1 series"],
    [vector(), { absent: true }, true, "no series"],
    [vector("0"), { absent: true }, true, "0 in 1 series"],
    [vector("1"), { absent: true }, false, "1 in 1 series"],
    [
      { status: "success", data: { resultType: "scalar", result: [1, "4"] } } as QueryAnswer,
      { above: 3 },
      true,
      "4 in 1 series",
    ],
    [{ status: "error", error: "parse error" }, { absent: true }, false, "error: parse error"],
  ] as const)("row %#", (answer, bounds, passed, observed) => {
    const check = { kind: "metric", query: "up", ...bounds } as const;
    expect(judgeMetric(answer, check)).toMatchObject({ passed, observed });
  });

  it("asks Prometheus through the Kubernetes API; no answer is not an absent series", async () => {
    const check = { kind: "metric", query: 'up{a="b"}', absent: true } as const;
    const { look, commands } = looked(check, () => JSON.stringify(vector()));
    expect((await look).passed).toBe(true);
    expect(commands[0]?.args.slice(4)).toEqual([
      "get",
      "--raw",
      "/api/v1/namespaces/istio-system/services/prometheus:9090/proxy/api/v1/query?query=up%7Ba%3D%22b%22%7D",
    ]);
    const missing = { exitCode: 1, stderr: 'services "prometheus" not found' };
    await expect(looked(check, () => missing).look).rejects.toThrow(
      'services "prometheus" not found',
    );
  });
});

describe("log", () => {
  const check = { kind: "log", app: "a", container: "c", contains: "id-1" } as const;
  it.each([
    ["id-1 a\nb\nid-1 c\n", { atLeast: 2 }, true, '2 lines with "id-1"'],
    ["id-1 a\n", { atLeast: 2 }, false, '1 lines with "id-1"'],
    ["id-1 a\nid-1 b\n", { atLeast: 1, atMost: 1 }, false, '2 lines with "id-1"'],
    ["", { atLeast: 0, atMost: 0 }, true, '0 lines with "id-1"'],
  ])("row %#", (log, count, passed, observed) => {
    expect(judgeLog(log, { ...check, count })).toMatchObject({ passed, observed });
  });

  it("reads all pods' lines since then; no pod is not an empty log", async () => {
    const none = { ...check, count: { atLeast: 0, atMost: 0 } };
    const { look, commands } = looked(none, () => "other\n");
    expect((await look).passed).toBe(true);
    expect(commands[0]?.args.slice(4).join(" ")).toBe(
      "logs --namespace default --selector app=a --container c --tail -1 --max-log-requests 50 --since-time 2026-01-02T03:04:05.000Z",
    );
    const missing = { stderr: "No resources found in default namespace." };
    await expect(looked(none, () => missing).look).rejects.toThrow("No resources found");
  });
});

describe("envoy-stat", () => {
  const printed =
    'cluster.a.upstream_rq_pending_overflow: 7\ncluster.a.rq_time: P0(nan,1) P25(nan,2)\ncluster.b.upstream_rq_pending_overflow: 2\nversion: "x"\n';

  it("reads counters and gauges alone", () => {
    expect(parseStats(printed)).toEqual([
      { name: "cluster.a.upstream_rq_pending_overflow", value: 7 },
      { name: "cluster.b.upstream_rq_pending_overflow", value: 2 },
    ]);
  });

  it.each([
    [[printed, printed], { atLeast: 18, atMost: 18 }, true, "18 in 4 statistics of 2 pods"],
    [[printed], { atLeast: 10 }, false, "9 in 2 statistics of 1 pods"],
    [[printed], { atMost: 8 }, false, "9 in 2 statistics of 1 pods"],
    [[""], { atMost: 0 }, true, "0 in 0 statistics of 1 pods"],
    [[], { atMost: 0 }, false, "no proxy"],
  ])("row %#", (texts, bounds, passed, observed) => {
    const check = { kind: "envoy-stat", app: "a", stat: "x", ...bounds } as const;
    expect(judgeStats(texts, check)).toMatchObject({ passed, observed });
  });

  it("asks the proxy of every pod", async () => {
    const check = { kind: "envoy-stat", app: "a", stat: "^server\\.live$", atLeast: 18 } as const;
    const pods = JSON.stringify({ items: [pod("a-0"), pod("a-1")] });
    const answer = ({ args }: Call): string => (args.includes("exec") ? printed : pods);
    const { look, commands } = looked(check, answer);
    expect((await look).passed).toBe(true);
    expect(commands.at(-1)?.args.slice(4).join(" ")).toBe(
      "exec --namespace default a-1 --container istio-proxy -- pilot-agent request GET stats?filter=%5Eserver%5C.live%24",
    );
  });
});

describe("lookAt", () => {
  it("looks for the caller's pod anew after a look that failed", async () => {
    const check = { kind: "http", caller: sleep, url: "http://a", expect: {} } as const;
    const { look, commands, lab } = looked(check, ({ args }) =>
      args.includes("exec")
        ? { exitCode: 1, stderr: "gone" }
        : JSON.stringify({ items: [pod("sleep-1")] }),
    );
    await expect(look).rejects.toThrow("gone");
    await expect(lookAt(lab, row(check), since)).rejects.toThrow("gone");
    expect(commands.filter(({ args }) => args.includes("pods"))).toHaveLength(2);
  });
});
