import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  controlPlane,
  fakeMachine,
  present,
  worker,
  type Ended,
  type FakeMachine,
} from "../../support/fake-machine.ts";

const files = ["cluster.json", "incarnations.json", "kubeconfig", "kubeconfig.lock"];
const mine = "aa".padEnd(64, "0");

let machine: FakeMachine;
let stack: string;

beforeEach(() => {
  machine = fakeMachine();
  stack = join(machine.folder, "a lab", ".lab", "dev");
});
afterEach(() => {
  machine.remove();
});

/** The files as the create script and an `up` leave them. */
function leaveFiles(containerId: string): void {
  mkdirSync(join(stack, "node"), { recursive: true });
  writeFileSync(join(stack, "kubeconfig"), "");
  writeFileSync(join(stack, "kubeconfig.lock"), "");
  writeFileSync(join(stack, "incarnations.json"), "{}");
  writeFileSync(join(stack, "cluster.json"), JSON.stringify({ generation: 1, containerId }));
}

function remove(): Promise<Ended> {
  return machine.run("components/cluster/delete-kind-cluster.sh", {
    CLUSTER: "istio",
    KUBECONFIG_FILE: join(stack, "kubeconfig"),
    OWNER_FOLDER: join(stack, "node"),
    PULUMI_COMMAND_STDOUT: JSON.stringify({ containerId: mine, kubeconfig: "YQ==" }),
  });
}

describe("delete-kind-cluster.sh", () => {
  it("removes every node of the cluster it made, the lab's network and the files, and nothing else", async () => {
    leaveFiles(mine);
    const mark = join(stack, "node");
    const nodes = [controlPlane("istio", "aa", mark), worker("istio", "ab", mark)];
    machine.set({ nodes, network: "made" });
    expect(await remove()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect([machine.nodes(), machine.network()]).toEqual([[], undefined]);
    expect(machine.changes()).toEqual([
      "docker rm istio-control-plane istio-worker",
      "docker network rm",
    ]);
    expect([existsSync(stack), existsSync(dirname(stack))]).toEqual([false, true]);
  });

  it("removes what held the network when a creation was killed", async () => {
    machine.set({ network: "made", holder: true });
    expect(await remove()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect([machine.holder(), machine.network()]).toEqual([false, undefined]);
  });

  it("does not remove a folder that holds something else", async () => {
    leaveFiles(mine);
    writeFileSync(join(stack, "notes"), "");
    await remove();
    expect(present(stack, [...files, "node", "notes"])).toEqual(["notes"]);
  });

  it("removes the files where the cluster is already gone, and is a no-op the second time", async () => {
    leaveFiles(mine);
    expect((await remove()).code).toBe(0);
    expect(existsSync(stack)).toBe(false);
    expect(await remove()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(machine.changes()).toEqual([]);
  });

  it.each([
    ["somebody else's", undefined],
    ["this stack's next one", "node"],
  ])("leaves a cluster of the same name that came after it alone: %s", async (_, owner) => {
    const other = controlPlane("istio", "bb", owner && join(stack, owner));
    const nodes = [other, worker("istio", "bc", owner && join(stack, owner))];
    leaveFiles(other.id);
    machine.set({ nodes, network: "made" });
    expect((await remove()).code).toBe(0);
    expect([machine.nodes(), machine.network(), machine.changes()]).toEqual([nodes, "made", []]);
    expect(present(stack, files)).toEqual(files);
  });

  it("removes its own files though somebody else's cluster has the name now", async () => {
    leaveFiles(mine);
    const nodes = [controlPlane("istio", "bb")];
    machine.set({ nodes });
    expect((await remove()).code).toBe(0);
    expect([machine.nodes(), existsSync(stack)]).toEqual([nodes, false]);
  });

  it("leaves the files that belong to the stack's cluster of another name", async () => {
    const renamed = controlPlane("renamed", "cc", join(stack, "node"));
    leaveFiles(renamed.id);
    machine.set({ nodes: [renamed], network: "made" });
    expect((await remove()).code).toBe(0);
    expect([machine.nodes(), machine.changes()]).toEqual([[renamed], []]);
    expect(present(stack, files)).toEqual(files);
  });

  it.each([
    ["that others use", "made", [controlPlane("theirs", "f0")]],
    ["that a stopped cluster needs", "made", [{ ...controlPlane("theirs", "f0"), running: false }]],
    ["that is not the lab's", "", []],
  ])("leaves the network %s", async (_, network, others) => {
    leaveFiles(mine);
    machine.set({ nodes: [controlPlane("istio", "aa"), ...others], network });
    expect((await remove()).code).toBe(0);
    expect([machine.network(), machine.nodes()]).toEqual([network, others]);
  });

  it("fails when the engine does not answer: what it can't see may still be there", async () => {
    leaveFiles(mine);
    machine.set({ answers: false });
    const { code, stderr } = await remove();
    expect(code).toBe(1);
    expect(stderr).toContain("Cannot connect to the Docker daemon");
    expect(present(stack, files)).toEqual(files);
  });
});
