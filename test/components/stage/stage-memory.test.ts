import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lookAtCluster } from "../../../components/by-hand/look.ts";
import { nothingNoted, writeNotes } from "../../../components/by-hand/notes.ts";
import { recallStage, rememberStage } from "../../../components/stage/stage-memory.ts";
import { fakeMachine, type FakeMachine } from "../../support/fake-machine.ts";

vi.mock("../../../components/by-hand/look.ts", () => ({ lookAtCluster: vi.fn() }));

const nothingThere = { objects: new Map(), namespaces: new Map(), released: new Map(), pods: [] };
const pulumis = { manager: "pulumi-kubernetes-1a2b", operation: "Apply" };
const kubectls = { manager: "kubectl-create", operation: "Update" };
const stranger = {
  kind: "Gateway",
  metadata: { name: "mine", namespace: "shop" },
  spec: {},
};

let folder: string;
let access: { readonly kubeconfigPath: string };
let machine: FakeMachine;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "istio-lab-test-")), "dev");
  access = { kubeconfigPath: join(folder, "..", "kubeconfig") };
  vi.mocked(lookAtCluster).mockResolvedValue({
    ...nothingThere,
    objects: new Map([["Service default/a", { managedFields: [kubectls, pulumis] }]]),
  });
  machine = fakeMachine();
  machine.command(
    "kubectl",
    `echo asked >> "${machine.folder}/asked"
case "$*" in
  *networking.istio.io*--output\\ json) echo '${JSON.stringify({ items: [stranger] })}' ;;
esac`,
  );
  vi.stubEnv("PATH", `${join(machine.folder, "bin")}:/usr/bin:/bin`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  machine.remove();
  rmSync(join(folder, ".."), { recursive: true });
});

describe("the stage's memory", () => {
  it("knows nothing at first, and asks no cluster: there may be none", async () => {
    expect(await recallStage(folder, access)).toEqual({
      stage: { incarnations: {}, live: undefined, strangers: [] },
      notes: nothingNoted,
      look: undefined,
    });
    expect(existsSync(join(machine.folder, "asked"))).toBe(false);
  });

  it("recalls what an up noted, and what the cluster has of it now", async () => {
    writeFileSync(access.kubeconfigPath, "");
    const nothing = { incarnations: {}, live: undefined, strangers: [] };
    rememberStage(folder, nothing, { "Service default/a": 1, "Secret mesh/b": 2 });
    expect((await recallStage(folder, access)).stage).toEqual({
      incarnations: { "Service default/a": 1, "Secret mesh/b": 2 },
      live: new Set(["Service default/a"]),
      strangers: [{ kind: "Gateway", namespace: "shop", name: "mine", spec: {}, byPulumi: false }],
    });
  });

  it("takes an object that somebody put in the place of one of the lab's for neither", async () => {
    writeFileSync(access.kubeconfigPath, "");
    writeNotes(folder, {
      ...nothingNoted,
      signatures: { "Gateway.networking.istio.io shop/mine": "0" },
    });
    vi.mocked(lookAtCluster).mockResolvedValue({
      ...nothingThere,
      objects: new Map([["Gateway.networking.istio.io shop/mine", { managedFields: [kubectls] }]]),
    });
    const { stage } = await recallStage(folder, access);
    expect(stage.live).toEqual(new Set());
    expect(stage.strangers).toEqual([]);
  });

  it("keeps the numbers of objects that other steps have: a number that comes again would make nothing", () => {
    const before = {
      incarnations: { "Service default/a": 3, "Secret mesh/b": 2 },
      live: undefined,
      strangers: [],
    };
    rememberStage(folder, before, { "Service default/a": 4, "Secret mesh/c": 1 });
    expect(JSON.parse(readFileSync(join(folder, "incarnations.json"), "utf8"))).toEqual({
      "Service default/a": 4,
      "Secret mesh/b": 2,
      "Secret mesh/c": 1,
    });
  });

  it("begins anew after a file that was cut short", async () => {
    rememberStage(
      folder,
      { incarnations: {}, live: undefined, strangers: [] },
      { "Service default/a": 1 },
    );
    writeFileSync(join(folder, "incarnations.json"), '{"Serv');
    expect((await recallStage(folder, access)).stage).toEqual({
      incarnations: {},
      live: undefined,
      strangers: [],
    });
  });
});
