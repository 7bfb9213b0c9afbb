import { describe, expect, it } from "vitest";
import type { Container, Machine, PortState } from "../../../components/cluster/machine.ts";
import {
  clusterState,
  engineFaults,
  machineFaults,
} from "../../../components/cluster/preflight.ts";

const ownerFolder = "/home/a/lab/.lab/dev/node";
const needs = {
  clusterName: "istio",
  listenAddress: "127.0.0.1",
  httpPort: 80,
  httpsPort: 443,
  statusPort: 15021,
};

const ours: Container = {
  id: "abc",
  name: "istio-control-plane",
  running: true,
  paused: false,
  startedAt: "2026-01-01T00:00:00Z",
  mounts: [{ source: ownerFolder, destination: "/etc/istio-lab" }],
  hostPorts: [80, 443, 15021],
};
const foreign: Container = { ...ours, mounts: [{ source: "/var", destination: "/var" }] };

function machine(ports: Record<number, PortState> = {}, rest: Partial<Machine> = {}): Machine {
  return {
    engine: { status: "ready" },
    workers: [],
    ports: new Map(Object.entries(ports).map(([port, state]) => [Number(port), state])),
    ...rest,
  };
}

describe("clusterState", () => {
  it.each([
    ["no container", undefined, { status: "absent" }],
    ["ours, running", ours, { status: "ours-running", containerId: "abc" }],
    ["ours, stopped", { ...ours, running: false }, { status: "ours-stopped", containerId: "abc" }],
    [
      "ours, paused",
      { ...ours, paused: true },
      { status: "ours-paused", containerId: "abc", paused: ["istio-control-plane"] },
    ],
    ["without our mount", foreign, { status: "foreign", containerId: "abc" }],
    [
      "another stack's",
      { ...ours, mounts: [{ source: "/home/a/lab/.lab/two/node", destination: "/etc/istio-lab" }] },
      { status: "foreign", containerId: "abc" },
    ],
    [
      "a checkout's whose path ends as ours",
      { ...ours, mounts: [{ source: `/mnt${ownerFolder}`, destination: "/etc/istio-lab" }] },
      { status: "foreign", containerId: "abc" },
    ],
    [
      "our folder, mounted elsewhere",
      { ...ours, mounts: [{ source: ownerFolder, destination: "/data" }] },
      { status: "foreign", containerId: "abc" },
    ],
    [
      "ours behind Docker Desktop's prefix",
      { ...ours, mounts: [{ source: `/host_mnt${ownerFolder}`, destination: "/etc/istio-lab" }] },
      { status: "ours-running", containerId: "abc" },
    ],
  ])("%s", (_, node, expected) => {
    expect(clusterState({ ...(node ? { node } : {}), workers: [] }, ownerFolder)).toEqual(expected);
  });
});

describe("clusterState of several nodes", () => {
  const worker: Container = { ...ours, id: "def", name: "istio-worker" };
  it.each([
    ["run", worker, { status: "ours-running", containerId: "abc" }],
    [
      "are paused, one of them",
      { ...worker, paused: true },
      { status: "ours-paused", containerId: "abc", paused: ["istio-worker"] },
    ],
    [
      "are stopped, one of them",
      { ...worker, running: false },
      { status: "ours-stopped", containerId: "abc" },
    ],
    ["are gone, one of them", undefined, { status: "ours-stopped", containerId: "abc" }],
  ])("that %s", (_, one, expected) => {
    expect(clusterState({ node: ours, workers: [one] }, ownerFolder)).toEqual(expected);
  });
});

describe("engineFaults", () => {
  it.each([
    [{ status: "missing" }, /no `docker` command/, /npm run up/],
    [{ status: "stopped", detail: "d" }, /its engine is stopped \(d\)$/, /systemctl start docker/],
    [{ status: "denied" }, /may not use docker \(permission denied\)$/, /usermod -aG docker/],
    [{ status: "silent", detail: "d" }, /no usable answer \(d\)$/, /docker version/],
  ] as const)("%o is one fault", (engine, problem, fix) => {
    const [fault, ...others] = engineFaults(engine);
    expect(others).toEqual([]);
    expect(fault?.problem).toMatch(problem);
    expect(fault?.fix).toMatch(fix);
  });

  it("has no fault when it answers", () => {
    expect(engineFaults({ status: "ready" })).toEqual([]);
  });
});

describe("machineFaults", () => {
  const nginx: PortState = { status: "taken", process: "nginx (pid 812)" };

  it("finds nothing on a free machine", () => {
    const free = machine({ 80: { status: "free" }, 443: { status: "free" } });
    expect(machineFaults(needs, free, ownerFolder)).toEqual([]);
  });

  it("names the process and the key that moves the port", () => {
    expect(machineFaults(needs, machine({ 443: nginx }), ownerFolder)).toEqual([
      {
        problem: "httpsPort: port 443 on 127.0.0.1 is taken by nginx (pid 812)",
        accepted: "a port that nothing listens on",
        fix: "pulumi config set istio-lab:httpsPort 8443, or stop what holds it",
      },
    ]);
  });

  it.each<[string, PortState, string]>([
    [
      "a container",
      { status: "taken", container: { ...foreign, name: "web" }, process: "docker-proxy (pid 9)" },
      "container web",
    ],
    ["who knows", { status: "taken" }, "a process that this user can't see"],
  ])("says that %s holds it", (_, state, holder) => {
    expect(machineFaults(needs, machine({ 80: state }), ownerFolder)[0]?.problem).toBe(
      `httpPort: port 80 on 127.0.0.1 is taken by ${holder}`,
    );
  });

  it("leaves alone what our own cluster holds, also under its old name", () => {
    const held: PortState = { status: "taken", container: { ...ours, name: "old-control-plane" } };
    expect(machineFaults(needs, machine({ 80: held, 443: held }), ownerFolder)).toEqual([]);
  });

  it("suggests a port below the end of the range", () => {
    const [fault] = machineFaults({ statusPort: 65_000 }, machine({ 65000: nginx }), ownerFolder);
    expect(fault?.fix).toBe("pulumi config set istio-lab:statusPort 64000, or stop what holds it");
  });

  it("refuses somebody else's cluster of that name", () => {
    const [fault, ...others] = machineFaults(needs, machine({}, { node: foreign }), ownerFolder);
    expect(others).toEqual([]);
    expect(fault).toEqual({
      problem:
        'clusterName: a kind cluster "istio" is there that this stack did not make; it is left alone',
      accepted: "a name that no other kind cluster has (kind get clusters lists them)",
      fix: "pulumi config set istio-lab:clusterName istio-2",
    });
  });

  it("blames the address once, not each port", () => {
    const none: PortState = { status: "no-such-address" };
    const faults = machineFaults(
      { ...needs, listenAddress: "10.9.8.7" },
      machine({ 80: none, 443: none }),
      ownerFolder,
    );
    expect(faults.map(({ problem }) => problem)).toEqual([
      'listenAddress: given "10.9.8.7", which is not an address of this machine',
    ]);
  });

  it("says nothing about ports when the engine can't tell which are ours", () => {
    const faults = machineFaults(
      needs,
      machine({ 80: nginx }, { engine: { status: "denied" } }),
      ownerFolder,
    );
    expect(faults).toHaveLength(1);
  });

  it("reports engine, name and ports together", () => {
    const faults = machineFaults(
      needs,
      machine({ 80: nginx, 443: nginx }, { engine: { status: "missing" }, node: foreign }),
      ownerFolder,
    );
    expect(faults.map(({ problem }) => problem.split(":")[0])).toEqual([
      "container engine",
      "clusterName",
      "httpPort",
      "httpsPort",
    ]);
  });
});
