import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kindConfig } from "../../../components/cluster/kind-config.ts";
import {
  controlPlane,
  fakeMachine,
  present,
  worker,
  type Ended,
  type FakeMachine,
  type FakeNode,
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
  const ownerFolder = mark();
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

const mark = (): string => join(stack, "node");

describe("create-kind-cluster.sh", () => {
  it("makes the cluster in a network of the lab's own, and prints what leads to it", async () => {
    const { code, stdout } = await create();
    expect([code, machine.changes()]).toEqual([
      0,
      ["docker network create", "kind create istio from node:7"],
    ]);
    expect(machine.network()).toBe("made");
    const nodes = machine.nodes();
    expect(nodes.map(({ name }) => name)).toEqual(["istio-control-plane", "istio-worker"]);
    expect(JSON.parse(stdout)).toEqual({
      containerId: nodes[0]?.id,
      kubeconfig: Buffer.from("current-context: kind-istio\n").toString("base64"),
    });
  });

  it("pulls a node image that the engine has not, where it can be seen", async () => {
    machine.set({ noImage: true });
    await create();
    expect(machine.changes()).toEqual([
      "docker pull node:7",
      "docker network create",
      "kind create istio from node:7",
    ]);
  });

  it.each([
    [
      "of another machine",
      "http_proxy",
      "http://proxy:3128",
      "svc",
      ["NO_PROXY=svc", "http_proxy=http://proxy:3128"],
    ],
    ["of this machine's loopback", "HTTPS_PROXY", "http://me:pw@127.0.0.1:3128", "svc", []],
    ["named localhost", "https_proxy", "localhost:3128", "svc", []],
    ["of IPv6's loopback", "HTTP_PROXY", "http://[::1]:3128/", "svc", []],
    [
      "whose name begins as the loopback's",
      "HTTP_PROXY",
      "http://localhost.corp",
      "",
      ["HTTP_PROXY=http://localhost.corp"],
    ],
  ])("a proxy %s (%s) reaches the nodes only where they reach it", async (...row) => {
    const [, name, proxy, no, expected] = row;
    const fake = `FAKE_ENGINE=$FAKE_ENGINE exec sh "${resolve("test/support/fake-engine.sh")}" kind "$@"`;
    const seen = join(machine.folder, "seen");
    machine.command("kind", `env | grep -i _proxy= | sort >"${seen}"\n${fake}`);
    const { code, stderr } = await create({
      [name]: proxy,
      ...(no === "" ? {} : { NO_PROXY: no }),
    });
    expect(code).toBe(0);
    expect(readFileSync(seen, "utf8").split("\n").filter(Boolean)).toEqual(expected);
    expect(stderr.includes(`${name} leads to this machine's loopback`)).toBe(expected.length === 0);
    expect(stderr).not.toContain("pw");
  });

  it("runs the script that joins several nodes, with what it needs", async () => {
    const script = join(machine.folder, "connect.sh");
    writeFileSync(script, 'echo "joined $CLUSTER by $KUBECONFIG_FILE"\n');
    const { code, stdout, stderr } = await create({ CONNECT_SCRIPT: script });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("containerId");
    expect(stderr).toContain(`joined istio by ${join(stack, "kubeconfig")}\n`);
  });

  it("marks every node as this stack's and leaves generation, id and starts beside it, for its user only", async () => {
    await create();
    const nodes = machine.nodes();
    expect(nodes.map(({ owner }) => owner)).toEqual([mark(), mark()]);
    expect(JSON.parse(readFileSync(join(stack, "cluster.json"), "utf8"))).toEqual({
      generation: 3,
      containerId: nodes[0]?.id,
      started: "2026-01-01T00:00:00Z 2026-01-01T00:00:00Z",
    });
    for (const file of ["cluster.json", "kubeconfig"]) {
      expect(statSync(join(stack, file)).mode & 0o077).toBe(0);
    }
  });

  it("takes nothing from a kubeconfig that an earlier cluster left", async () => {
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "kubeconfig"), "current-context: before\n", { mode: 0o644 });
    await create();
    expect(readFileSync(join(stack, "kubeconfig"), "utf8")).toBe("current-context: kind-istio\n");
    expect(statSync(join(stack, "kubeconfig")).mode & 0o077).toBe(0);
  });

  it("uses the network that is there, and does not claim it", async () => {
    machine.set({ network: "" });
    expect((await create()).code).toBe(0);
    expect(machine.network()).toBe("");
    expect(machine.changes()).toEqual(["kind create istio from node:7"]);
  });

  it("goes on, without a word, with the network that another lab made in between", async () => {
    machine.set({ networkFails: "too-late" });
    const { code, stderr } = await create();
    expect([code, stderr]).toEqual([0, ""]);
    expect(machine.changes()).toEqual(["kind create istio from node:7"]);
  });

  it("makes the network again that a lab took along which went just then", async () => {
    machine.set({ networkFails: "taken-away" });
    expect((await create()).code).toBe(0);
    expect(machine.network()).toBe("made");
    const make = "docker network create";
    expect(machine.changes()).toEqual([make, make, "kind create istio from node:7"]);
  });

  it.each([false, true])(
    "holds the network no longer than it takes, kind failed: %s",
    async (kindFails) => {
      machine.set({ kindFails, holder: true });
      await create();
      expect(machine.holder()).toBe(false);
    },
  );

  it("fails with the engine's own words when there can be no network", async () => {
    machine.set({ networkFails: "no-room" });
    const { code, stdout, stderr } = await create();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("could not find an available IPv4 address pool");
    expect(machine.changes()).toEqual([]);
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

describe("create-kind-cluster.sh removes this stack's own cluster first", () => {
  it.each<[string, () => FakeNode[]]>([
    ["half-made", () => [controlPlane("istio", "aa", mark())]],
    ["half-made, without a control plane", () => [worker("istio", "ab", mark())]],
    ["of another name", () => [controlPlane("before", "aa", mark())]],
    ["with workers", () => [controlPlane("istio", "aa", mark()), worker("istio", "ab", mark())]],
    ["that is stopped", () => [{ ...controlPlane("istio", "aa", mark()), running: false }]],
    [
      "on an engine that shows folders below a prefix of its virtual machine",
      () => [controlPlane("istio", "aa", `/host_mnt${mark()}`)],
    ],
  ])("%s", async (_, own) => {
    const nodes = own();
    machine.set({ nodes, network: "made" });
    expect((await create()).code).toBe(0);
    expect(machine.changes()).toEqual([
      ...nodes.map(({ name }) => `docker rm ${name}`),
      "kind create istio from node:7",
    ]);
  });

  it("and makes another in its place when it runs again", async () => {
    const first = JSON.parse((await create()).stdout) as { containerId: string };
    const second = JSON.parse((await create({ GENERATION: "4" })).stdout) as typeof first;
    expect(second.containerId).not.toBe(first.containerId);
    expect(JSON.parse(readFileSync(join(stack, "cluster.json"), "utf8"))).toEqual({
      generation: 4,
      containerId: second.containerId,
      started: "2026-01-01T00:00:00Z 2026-01-01T00:00:00Z",
    });
    expect(machine.nodes()).toHaveLength(2);
  });
});

describe("create-kind-cluster.sh leaves to others what is theirs", () => {
  it.each<[string, () => FakeNode[]]>([
    ["without a mark", () => [controlPlane("istio", "f0")]],
    ["with another lab's mark", () => [controlPlane("istio", "f0", "/elsewhere/.lab/dev/node")]],
    ["with another stack's mark", () => [controlPlane("istio", "f0", join(stack, "..", "test"))]],
    ["whose mark ends as this stack's", () => [controlPlane("istio", "f0", `/mnt${mark()}`)]],
    ["of which a worker is left", () => [worker("istio", "f0")]],
    [
      "while this stack has one of another name",
      () => [controlPlane("before", "aa", mark()), controlPlane("istio", "f0")],
    ],
  ])("refuses a cluster of that name %s, and touches nothing", async (_, given) => {
    const nodes = given();
    machine.set({ nodes });
    const { code, stdout, stderr } = await create();
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/a kind cluster named "istio" .* 'pulumi config set clusterName NAME'/);
    expect([machine.nodes(), machine.changes()]).toEqual([nodes, []]);
    expect(present(stack, ["node", "kubeconfig", "cluster.json"])).toEqual([]);
  });

  it("does not touch clusters of other names, wherever their mark ends", async () => {
    const nodes = [
      controlPlane("theirs", "f0"),
      controlPlane("lab-2", "f1", "/b/.lab/dev/node"),
      controlPlane("lab-3", "f2", `/mnt/other${mark()}`),
    ];
    machine.set({ nodes });
    expect((await create()).code).toBe(0);
    expect(machine.nodes().slice(0, 3)).toEqual(nodes);
  });
});
