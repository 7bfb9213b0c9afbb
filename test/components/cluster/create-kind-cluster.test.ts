import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kindConfig } from "../../../components/cluster/kind-config.ts";
import type { FakeContainer } from "../../support/fake-engine.ts";
import {
  controlPlane,
  fakeMachine,
  present,
  type Ended,
  type FakeMachine,
} from "../../support/fake-machine.ts";

let machine: FakeMachine;
let stack: string;

beforeEach(() => {
  machine = fakeMachine();
  stack = join(machine.folder, "a lab", ".lab", "dev");
});
afterEach(() => {
  machine.remove();
});

function create(more: Record<string, string> = {}): Promise<Ended> {
  const ownerFolder = join(stack, "node");
  return machine.run("components/cluster/create-kind-cluster.sh", {
    CLUSTER: "istio",
    NODE_IMAGE: "node:7",
    KIND_CONFIG: kindConfig({
      nodes: 2,
      ports: [],
      listenAddress: "127.0.0.1",
      ownerFolder,
      containerdConfigPatches: [],
    }),
    KUBECONFIG_FILE: join(stack, "kubeconfig"),
    OWNER_FOLDER: ownerFolder,
    GENERATION: "3",
    ...more,
  });
}

const ours = (cluster: string, id: string): FakeContainer =>
  controlPlane(cluster, id, join(stack, "node"));

describe("create-kind-cluster.sh", () => {
  it("makes the cluster in a network of the lab's own, and prints what leads to it", async () => {
    const { code, stdout } = await create();
    const { changes, containers, network } = machine.state();
    expect([code, changes]).toEqual([
      0,
      ["docker network create", "kind create istio from node:7"],
    ]);
    expect(network).toEqual({ labels: { "istio-lab": "made" } });
    expect(containers.map(({ name }) => name)).toEqual(["istio-control-plane", "istio-worker"]);
    expect(JSON.parse(stdout)).toEqual({
      containerId: containers[0]?.id,
      kubeconfig: Buffer.from("current-context: kind-istio\n").toString("base64"),
    });
  });

  it("marks the cluster as this stack's and leaves generation and id beside it, for its user only", async () => {
    await create();
    const { id, mounts } = machine.state().containers[0] ?? {};
    expect(mounts).toEqual({ "/etc/istio-lab": join(stack, "node") });
    expect(JSON.parse(readFileSync(join(stack, "cluster.json"), "utf8"))).toEqual({
      generation: 3,
      containerId: id,
    });
    for (const file of ["cluster.json", "kubeconfig"]) {
      expect(statSync(join(stack, file)).mode & 0o077).toBe(0);
    }
  });

  it("uses the network that is there, and does not claim it", async () => {
    machine.set({ network: { labels: {} } });
    expect((await create()).code).toBe(0);
    expect(machine.state().network).toEqual({ labels: {} });
    expect(machine.state().changes).toEqual(["kind create istio from node:7"]);
  });

  it.each([
    ["without a mark", undefined],
    ["with another lab's mark", "/elsewhere/.lab/dev/node"],
    ["with another stack's mark", "/a lab/.lab/test/node"],
  ])("refuses somebody else's cluster of that name %s, and touches nothing", async (_, owner) => {
    const foreign = controlPlane("istio", "f0", owner);
    machine.set({ containers: [foreign] });
    const { code, stdout, stderr } = await create();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/a kind cluster named "istio" .* 'pulumi config set clusterName NAME'/);
    expect(machine.state()).toMatchObject({ containers: [foreign], changes: [] });
    expect(present(stack, ["node", "kubeconfig", "cluster.json"])).toEqual([]);
  });

  it.each([
    ["half-made", "istio"],
    ["of another name", "before"],
  ])("removes this stack's own cluster first: one %s", async (_, name) => {
    machine.set({ containers: [ours(name, "aa")] });
    expect((await create()).code).toBe(0);
    expect(machine.state().changes).toEqual([
      `kind delete ${name}`,
      "docker network create",
      "kind create istio from node:7",
    ]);
  });

  it("knows its own where the engine shows folders below a prefix of its virtual machine", async () => {
    const owner = `/host_mnt${join(stack, "node")}`;
    machine.set({ containers: [controlPlane("istio", "aa", owner)] });
    await create();
    expect(machine.state().changes[0]).toBe("kind delete istio");
  });

  it("leaves other people's clusters of other names alone", async () => {
    const foreign = [controlPlane("theirs", "f0"), controlPlane("lab-2", "f1", "/b/.lab/dev/node")];
    machine.set({ containers: foreign });
    expect((await create()).code).toBe(0);
    expect(machine.state().containers.slice(0, 2)).toEqual(foreign);
  });

  it("makes a second cluster in place of the first when it runs again", async () => {
    const first = JSON.parse((await create()).stdout) as { containerId: string };
    const second = JSON.parse((await create({ GENERATION: "4" })).stdout) as typeof first;
    expect(second.containerId).not.toBe(first.containerId);
    expect(JSON.parse(readFileSync(join(stack, "cluster.json"), "utf8"))).toEqual({
      generation: 4,
      containerId: second.containerId,
    });
    expect(machine.state().containers).toHaveLength(2);
  });

  it("fails, and prints and leaves no marker, when kind fails", async () => {
    machine.set({ kindFails: true });
    const { code, stdout, stderr } = await create();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("failed to init node with kubeadm");
    expect(present(stack, ["cluster.json"])).toEqual([]);
  });

  it("fails with the engine's own words when the engine does not answer", async () => {
    machine.set({ answers: false });
    const { code, stdout, stderr } = await create();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("Cannot connect to the Docker daemon");
  });
});
