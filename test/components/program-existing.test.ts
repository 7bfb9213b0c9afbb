import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi/errors.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { namespacesToAsk } from "../../components/cluster/existing-namespaces.ts";
import type { LiveObject } from "../../components/cluster/list-objects.ts";
import type { LabSettings } from "../../components/lab-settings.ts";
import type { Stranger } from "../../components/stage/collisions.ts";
import { stageType } from "../../components/stage/makers.ts";
import { officialSupply } from "../../components/supply.ts";
import { labConfig, unasked } from "../support/lab.ts";
import { listed, record, type Registration } from "../support/mocks.ts";
import { runProgram } from "../support/program.ts";

// What is under test is index.ts: all that it reads and writes of this machine is given.
let settings: LabSettings;
vi.mock("../../components/lab-settings.ts", () => ({
  readLabSettings: () => Promise.resolve(settings),
}));
const remembered = vi.fn();
vi.mock("../../components/stage/stage-memory.ts", () => ({ rememberStage: remembered }));
vi.mock("../../components/by-hand/remember.ts", () => ({ rememberObjects: () => undefined }));
const list = vi.fn();
vi.mock("../../components/cluster/list-objects.ts", () => ({ listObjects: list }));

let registered: Registration[];
let folder: string;

beforeEach(async () => {
  vi.resetModules();
  remembered.mockClear();
  list.mockReset();
  registered = await record({
    stdout: { "cluster-kind": JSON.stringify({ containerId: "c0ffee", kubeconfig: "" }) },
  });
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const sleep: LiveObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "sleep", namespace: "default" },
};

/** Runs the program in a cluster that has these objects already; the error it ends with, if any. */
async function runWith(
  raw: Record<string, string>,
  objects: readonly LiveObject[],
  strangers: readonly Stranger[] = [],
): Promise<unknown> {
  const kubeconfig = join(folder, "kubeconfig");
  const contexts = [{ name: "prod", context: { cluster: "c", user: "u" } }];
  const clusters = [{ name: "c", cluster: { server: "https://prod:6443" } }];
  writeFileSync(kubeconfig, stringify({ contexts, clusters }));
  list.mockResolvedValue({ status: "listed", objects });
  settings = {
    ...unasked,
    config: labConfig({ cluster: "existing", kubeconfig, kubeContext: "prod", ...raw }),
    supply: officialSupply,
    generation: 1,
    restart: "",
    stage: { incarnations: {}, live: undefined, strangers },
  };
  return runProgram().then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("index.ts in somebody else's cluster", () => {
  it("changes nothing where it has objects of the step's names, and names all of those at once", async () => {
    const service = { ...sleep, apiVersion: "v1", kind: "Service" };
    const error = await runWith({ step: "app" }, [sleep, service]);
    expect(RunError.isInstance(error)).toBe(true);
    expect((error as Error).message.match(/^ {2}\S.*?(?= is in the cluster)|^.*changed/gm)).toEqual(
      ["2 faults; nothing was changed", "  Deployment default/sleep", "  Service default/sleep"],
    );
    expect(listed(registered)).toEqual(["pulumi:pulumi:Stack istio-lab-dev"]);
    expect(remembered).not.toHaveBeenCalled();
  });

  it("says one thing of one object, and also who claims a host of the step's", async () => {
    const gateway = { namespace: "default", name: "httpbin" };
    const apiVersion = "networking.istio.io/v1";
    const spec = { hosts: ["httpbin-0.example.com"], gateways: ["default/httpbin"] };
    const strangers: Stranger[] = [
      { kind: "Gateway", ...gateway, spec: {}, byPulumi: false },
      { kind: "VirtualService", namespace: "shop", name: "mine", spec, byPulumi: false },
    ];
    const found = [{ apiVersion, kind: "Gateway", metadata: gateway }];
    const error = await runWith({ step: "ingress" }, found, strangers);
    expect((error as Error).message.match(/^ {2}\S+ \S+/gm)).toEqual([
      "  Gateway default/httpbin",
      "  VirtualService shop/mine,",
    ]);
  });

  it("goes on where it has none but its own", async () => {
    const metadata = { ...sleep.metadata, labels: { "istio-lab/stage": "dev" } };
    expect(await runWith({ step: "app" }, [{ ...sleep, metadata }])).toBe(undefined);
    const [access, what, input] = list.mock.calls[0] as [object, string[], string];
    expect(list).toHaveBeenCalledTimes(1);
    expect(access).toEqual({
      kubeconfigPath: join(folder, "kubeconfig"),
      kubeContext: "prod",
      stack: "dev",
    });
    expect(what).toEqual(["--filename", "-"]);
    const { items } = JSON.parse(input) as { items: LiveObject[] };
    expect(
      items.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`).sort(),
    ).toEqual([
      "Deployment default/sleep",
      "Secret istio-system/httpbin-0-credential",
      "Secret istio-system/httpbin-1-credential",
      "Service default/httpbin",
      "ServiceAccount default/httpbin",
      "ServiceAccount default/sleep",
      "StatefulSet default/httpbin",
    ]);
    expect(listed(registered)).toContain("kubernetes:apps/v1:Deployment default/sleep");
  });

  it("makes and labels no namespace, besides those of a step, that preflight does not ask for", async () => {
    await runWith({ step: "observe", addons: '["prometheus","kiali"]' }, []);
    const namespaces = registered
      .filter(
        ({ type, qualifiedType }) =>
          type.endsWith(":NamespacePatch") ||
          (type.endsWith(":Namespace") && !qualifiedType.includes(stageType)),
      )
      .map(({ inputs }) => inputs["metadata"] as LiveObject["metadata"]);
    expect(namespaces.map(({ name }) => name).sort()).toEqual([...namespacesToAsk].sort());
    expect(namespaces.map(({ labels }) => labels?.["istio-lab/stack"])).toEqual(["dev", "dev"]);
  });

  it("asks nothing of a cluster of its own", async () => {
    expect(await runWith({ cluster: "kind", step: "app" }, [sleep])).toBe(undefined);
    expect(list).not.toHaveBeenCalled();
  });
});
