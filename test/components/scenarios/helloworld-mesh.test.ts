import { describe, expect, it } from "vitest";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { helloworldMesh } from "../../../components/scenarios/helloworld-mesh.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed, type Registration } from "../../support/mocks.ts";

const id = "helloworld-mesh";
const policyType = "kubernetes:security.istio.io/v1:PeerAuthentication";
const steps = helloworldMesh.steps.map((step) => step.id);

const client = (namespace: string): string[] => [
  `kubernetes:apps/v1:Deployment ${namespace}/curltest`,
  `kubernetes:core/v1:ServiceAccount ${namespace}/curltest`,
];
const strict = `${policyType} default/default`;

describe("each step", () => {
  // Of what helloworld-tls/tls has, only the pods differ.
  const base = async (): Promise<string[]> => listed(await buildStep("helloworld-tls", "tls"));

  it.each([
    ["no-sidecar", client("default"), false],
    ["sidecar-permissive", client("default"), true],
    ["strict", [...client("default"), strict], true],
    ["auto-inject", [...client("default"), strict], true],
    [
      "policy-precedence",
      [
        ...client("plain"),
        "kubernetes:core/v1:Namespace plain",
        `${policyType} istio-system/default`,
        strict,
        `${policyType} default/helloworld`,
      ],
      false,
    ],
  ])("%s is helloworld-tls/tls and just its own resources", async (step, own, prometheus) => {
    const registered = await buildStep(id, step);
    const addOns = /[ /-]prometheus/;
    const names = listed(registered);
    expect(names.filter((name) => !addOns.test(name))).toEqual([...(await base()), ...own].sort());
    expect(names.some((name) => addOns.test(name))).toBe(prometheus);
  });

  it.each(steps.map((step) => [step, step !== "no-sidecar", step === "auto-inject"] as const))(
    "%s gives helloworld a sidecar by label: %s; the namespace all its pods: %s",
    async (step, byLabel, byNamespace) => {
      const registered = await buildStep(id, step);
      expect(templateOf(registered, "default/helloworld").metadata.labels).toEqual({
        app: "helloworld",
        ...(byLabel ? { "sidecar.istio.io/inject": "true" } : {}),
      });
      expect(
        find(registered, "default", "kubernetes:core/v1:NamespacePatch").inputs["metadata"],
      ).toEqual({
        name: "default",
        labels: {
          "istio-lab/stack": "dev",
          ...(byNamespace ? { "istio-injection": "enabled" } : {}),
        },
      });
    },
  );

  it("makes the client outside the mesh once its namespace is there", async () => {
    const registered = await buildStep(id, "policy-precedence");
    expect(find(registered, "plain/curltest", "kubernetes:apps/v1:Deployment").waitsFor).toContain(
      "plain",
    );
    expect(
      find(registered, "plain", "kubernetes:core/v1:Namespace").inputs["metadata"],
    ).toMatchObject({ name: "plain" });
  });

  it("shares the authority of helloworld-tls: a move between them leaves it as it is", async () => {
    const certificates = (all: readonly Registration[]): unknown =>
      all
        .filter(({ type }) => type.startsWith("tls:"))
        .map(({ name, inputs, parent }) => ({ name, inputs, parent }));
    expect(certificates(await buildStep(id, "strict"))).toEqual(
      certificates(await buildStep("helloworld-tls", "tls")),
    );
  });
});

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
}

function templateOf(registered: readonly Registration[], name: string): Template {
  const { inputs } = find(registered, name, "kubernetes:apps/v1:Deployment");
  return (inputs["spec"] as { template: Template }).template;
}

const mesh = ["istio-system/default", { mtls: { mode: "STRICT" } }] as const;
const namespace = ["default/default", { mtls: { mode: "PERMISSIVE" } }] as const;
const selector = { matchLabels: { app: "helloworld" } };
const workload = ["default/helloworld", { selector, mtls: { mode: "STRICT" } }] as const;
const port = [
  "default/helloworld",
  { selector, mtls: { mode: "STRICT" }, portLevelMtls: { "8080": { mode: "DISABLE" } } },
] as const;

describe("precedenceLevel", () => {
  it.each([
    ["port", [mesh, namespace, port]],
    ["workload", [mesh, namespace, workload]],
    ["namespace", [mesh, namespace]],
    ["mesh", [mesh]],
  ])("%s has the policies of that level and weaker ones", async (precedenceLevel, policies) => {
    const registered = await buildStep(id, "policy-precedence", { precedenceLevel });
    const found = registered
      .filter(({ type }) => type === policyType)
      .map(({ name, inputs }) => [name, inputs["spec"]]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(policies));
    expect(found).toHaveLength(policies.length);
  });

  it.each([
    ["port", { status: [200] }, ["PERMISSIVE", "STRICT"], ["DISABLE"]],
    ["workload", { exit: [56] }, ["PERMISSIVE", "STRICT"], []],
    ["namespace", { status: [200] }, ["PERMISSIVE"], []],
    ["mesh", { exit: [56] }, [], []],
  ] as const)("%s decides", (precedenceLevel, outcome, modes, ports) => {
    const rows = rowsOf("policy-precedence", { precedenceLevel });
    expect(
      rows.find(({ name }) => name.endsWith(`level ${precedenceLevel} decides`)),
    ).toMatchObject({
      check: {
        caller: { from: "pod", app: "curltest", namespace: "plain" },
        url: "http://helloworld.default.svc.cluster.local",
        expect: outcome,
      },
      ...("exit" in outcome ? { negative: true } : {}),
    });
    expect(rows.find(({ name }) => name.startsWith("in namespace default"))?.check).toMatchObject({
      expect: [{ sameItems: modes }, { sameItems: ports }],
    });
  });
});

function rowsOf(step: string, more = {}): readonly Expectation[] {
  return helloworldMesh.proof(labOutputs(step, 0, more), step);
}

describe("rows", () => {
  it.each([
    ["no-sidecar", ["helloworld is READY 1/1", "curltest is READY 1/1"], "greeted"],
    ["sidecar-permissive", ["helloworld is READY 2/2", "curltest is READY 1/1"], "greeted"],
    ["strict", ["helloworld is READY 2/2", "curltest is READY 1/1"], "shut out"],
    ["auto-inject", ["helloworld is READY 2/2", "curltest is READY 2/2"], "greeted"],
  ])(
    "say of %s whose pods have a sidecar, and whether the client gets through",
    (step, pods, how) => {
      const names = rowsOf(step).map(({ name }) => name);
      expect(names.filter((name) => name.startsWith("pod "))).toEqual(
        pods.map((one) => `pod ${one}`),
      );
      expect(names.filter((name) => /^curltest is (greeted|shut out)/.test(name))).toEqual([
        `curltest is ${how} by helloworld`,
      ]);
      expect(names).toContain(
        "https://helloworld.fireflyclass.com greets with a verified certificate",
      );
    },
  );

  it("look for the proxy in either list of containers", () => {
    expect(rowsOf("strict")[0]?.check).toMatchObject({
      expect: [
        { path: "items[*].status.conditions[type=Ready].status", sameItems: ["True"] },
        { path: "items[*].status[*][*].name", includes: ["helloworld", "istio-proxy"] },
      ],
    });
  });

  it("see the kubelet's probe led by way of the sidecar's agent", () => {
    expect(rowsOf("strict").at(-1)).toMatchObject({
      negative: true,
      check: {
        expect: [{ sameItems: ["/app-health/helloworld/readyz"] }, { sameItems: ["True"] }],
      },
    });
  });

  it.each([
    ["sidecar-permissive", [["none", "unknown", { above: 0 }]]],
    [
      "auto-inject",
      [
        ["mutual_tls", "curltest", { above: 0 }],
        ["none", ".+", { absent: true }],
      ],
    ],
  ] as const)("read at %s how requests came in", (step, expected) => {
    const metrics = rowsOf(step).filter(({ needs }) => needs === "istio-metrics");
    expect(metrics).toHaveLength(expected.length);
    for (const [at, [policy, source, bound]] of expected.entries()) {
      const { check, after } = metrics[at] as Expectation;
      const { query } = check as { query: string };
      expect(query).toContain('reporter="destination",destination_workload="helloworld"');
      expect(query).toContain(`connection_security_policy="${policy}"`);
      expect(query).toMatch(new RegExp(`source_workload=~?"${source.replace("+", "\\+")}"`));
      expect(check).toMatchObject(bound);
      expect(after).toMatchObject([{ do: "call", times: 20 }]);
    }
  });
});
