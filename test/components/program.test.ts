import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import type { LabSettings } from "../../components/lab-settings.ts";
import type { StageState } from "../../components/stage/stage.ts";
import { officialSupply } from "../../components/supply.ts";
import { labConfig, unasked } from "../support/lab.ts";
import { matching } from "../support/matching.ts";
import { find, listed, record, valueOf, type Registration } from "../support/mocks.ts";
import { omit } from "../support/omit.ts";
import { runProgram, type Program } from "../support/program.ts";

// What is under test is index.ts: all that it reads of this machine is given.
let settings: LabSettings;
vi.mock("../../components/lab-settings.ts", () => ({
  readLabSettings: () => Promise.resolve(settings),
}));
// The real one writes into the checkout's own `.lab`.
const remembered = vi.fn();
vi.mock("../../components/stage/stage-memory.ts", () => ({ rememberStage: remembered }));
vi.mock("../../components/by-hand/remember.ts", () => ({ rememberObjects: () => undefined }));
// An existing cluster has nothing of the step's.
vi.mock("../../components/cluster/list-objects.ts", () => ({
  listObjects: () => Promise.resolve({ status: "listed", objects: [] }),
}));

const made = JSON.stringify({ containerId: "c0ffee", kubeconfig: "" });

let registered: Registration[];
let folder: string;

beforeEach(async () => {
  vi.resetModules();
  remembered.mockClear();
  registered = await record({ stdout: { "cluster-kind": made, "ca-file-write": "/lab/ca.crt" } });
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function run(
  raw: Record<string, string> = {},
  stage: StageState = { incarnations: {}, live: undefined, strangers: [] },
  restart = "",
): Promise<Program> {
  settings = {
    ...unasked,
    config: labConfig(raw),
    supply: officialSupply,
    generation: 2,
    restart,
    stage,
  };
  return runProgram();
}

function existing(): Record<string, string> {
  const kubeconfig = join(folder, "kubeconfig");
  const contexts = [{ name: "prod", context: { cluster: "c", user: "u" } }];
  const clusters = [{ name: "c", cluster: { server: "https://prod:6443" } }];
  writeFileSync(kubeconfig, stringify({ contexts, clusters }));
  return { cluster: "existing", kubeconfig, kubeContext: "prod" };
}

const objects = (): Registration[] =>
  registered.filter(({ type }) => type.startsWith("kubernetes:"));

describe("index.ts", () => {
  it.each(["tls-assets", "app", "ingress", "observe"])(
    "step %s: every object goes through the lab's provider, and with the lab's cluster",
    async (step) => {
      await run({ step });
      const elsewhere = objects().filter(
        ({ provider, deletedWith }) =>
          provider !== "cluster-kubernetes" || deletedWith !== "cluster-kind",
      );
      expect(listed(elsewhere)).toEqual([]);
      expect(listed(objects())).toEqual(
        expect.arrayContaining(["kubernetes:helm.sh/v3:Release ingress-gateway-release"]),
      );
      expect(new Set(listed(registered)).size).toBe(registered.length);
    },
  );

  it("takes every object out of an existing cluster one by one", async () => {
    await run({ ...existing(), step: "observe" });
    const others = objects().filter(
      ({ provider, deletedWith }) => provider !== "cluster-kubernetes" || deletedWith !== "",
    );
    expect(listed(others)).toEqual([]);
    expect(listed(registered)).not.toContain("command:local:Command cluster-kind");
  });

  it("makes the cluster in this stack's folder, of the generation it was told", async () => {
    await run();
    expect(find(registered, "cluster-kind").inputs["environment"]).toMatchObject({
      CLUSTER: "istio",
      OWNER_FOLDER: resolve(".lab/dev/node"),
      KUBECONFIG_FILE: resolve(".lab/dev/kubeconfig"),
      GENERATION: "2",
    });
    expect(find(registered, "ca-file-write").inputs).toMatchObject({
      environment: { FILE: resolve(".lab/dev/ca.crt") },
      stdin: "ca-cert.certPem",
    });
  });

  it("gives the gateway its ports and type from config", async () => {
    await run({ ...existing(), gatewayServiceType: "LoadBalancer", httpsNodePort: "30443" });
    const { inputs } = find(registered, "ingress-gateway-release");
    const ports = [{ nodePort: 31521 }, { nodePort: 31380 }, { nodePort: 30443 }];
    expect(inputs["values"]).toMatchObject({ service: { type: "LoadBalancer", ports } });
  });

  it("starts the gateway, routes and pods behind the mesh's gate, certificates and Secrets before it", async () => {
    await run({ step: "observe" });
    const gated = registered
      .filter(({ type, parent }) => type.startsWith("istio-lab:") && parent === "scenario")
      .filter(({ waitsFor }) => waitsFor.includes("istio-webhook"))
      .map(({ type }) => type.split(":").at(-1));
    expect([...new Set(gated)].sort()).toEqual([
      "HostRoute",
      "Kiali",
      "MeshClient",
      "NamespaceInjection",
      "Prometheus",
      "SecureGateway",
      "StatefulService",
    ]);
    const gateway = find(registered, "ingress-gateway", "istio-lab:mesh:IngressGateway");
    expect(gateway.waitsFor).toContain("istio-webhook");
  });

  it("makes anew what the cluster lost since, and notes it before anything of it is made", async () => {
    const keys = [0, 1].map((n) => `Secret istio-system/httpbin-${n}-credential`);
    const [first = "", second = ""] = keys;
    const before = {
      incarnations: { [first]: 2, [second]: 1 },
      live: new Set([second]),
      strangers: [],
    };
    const program = await run({ step: "tls-assets" }, before);
    const outside = { "Namespace external": 1, "Namespace istio-system": 1 };
    const now = { ...outside, [first]: 3, [second]: 1 };
    expect(remembered.mock.calls).toEqual([[resolve(".lab/dev"), before, now]]);
    expect(objects().flatMap(({ replacementTrigger }) => replacementTrigger ?? [])).toEqual([3, 1]);
    expect(await valueOf(pulumi.output(program["objects"]))).toEqual(keys);
  });

  it("proves the step last, from the outputs alone", async () => {
    const program = await run({ step: "ingress", replicas: "3" });
    const { waitsFor } = find(registered, "proof", "istio-lab:proof:ProofRun");
    expect(waitsFor).toEqual(
      expect.arrayContaining([
        "istio-webhook",
        "ingress-gateway-release",
        "default/sleep",
        "default/httpbin",
        "default/httpbin-2",
        "istio-system/httpbin-2-credential",
      ]),
    );
    const values = await valueOf(pulumi.all(omit(program, "tryIt", "readme")));
    const { inputs } = find(registered, "proof-verify");
    expect(JSON.parse(inputs["stdin"] as string)).toEqual(values);
  });

  it.each([
    ["true", 1],
    ["false", 0],
  ])("with verify %s has %i proof", async (verify, count) => {
    await run({ verify });
    expect(registered.filter(({ name }) => name === "proof-verify")).toHaveLength(count);
  });

  it("proves again a lab whose cluster was stopped and started", async () => {
    await run({}, undefined, "2026-01-01T00:00:00Z");
    const restarted = find(registered, "proof-verify").inputs["environment"];
    vi.resetModules();
    registered = await record({ stdout: { "cluster-kind": made, "ca-file-write": "/lab/ca.crt" } });
    await run();
    const { inputs } = find(registered, "proof-verify");
    expect(inputs["environment"]).not.toEqual(restarted);
    expect(Object.keys(restarted as object)).toEqual(Object.keys(inputs["environment"] as object));
  });

  it("exports what a user asks for, none of it secret", async () => {
    const program = await run({ step: "ingress", httpsPort: "8443" });
    const names =
      "addons caCertPath caCertPem certificateDays domain gatewayAddress gatewayUrls hosts httpPort httpsPort keyAlgorithm kubeContext " +
      "kubeconfigPath nodeContainer objects precedenceLevel readme replicas scenario statusPort step steps supply tryIt weightV2";
    expect(Object.keys(program).sort().join(" ")).toBe(names);
    for (const [name, output] of Object.entries(program)) {
      expect([name, await pulumi.isSecret(pulumi.output(output))]).toEqual([name, false]);
    }
    expect(await valueOf(pulumi.all(program))).toMatchObject({
      caCertPath: "/lab/ca.crt",
      caCertPem: "ca-cert.certPem",
      gatewayUrls: ["https://httpbin-0.example.com:8443", "https://httpbin-1.example.com:8443"],
      kubeContext: "kind-istio",
      kubeconfigPath: resolve(".lab/dev/kubeconfig"),
      step: "ingress",
      tryIt: [
        matching(/^curl --cacert \/lab\/ca\.crt /),
        matching(/^curl /),
        matching(/^kubectl /),
      ],
    });
  });
});
