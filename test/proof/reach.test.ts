import { describe, expect, it } from "vitest";
import { reach, reachFaults } from "../../hack/proof/reach.ts";
import { machineOnPath } from "../support/machine-on-path.ts";

const lab = {
  kubeconfigPath: "/lab/kubeconfig",
  kubeContext: "kind-lab",
  nodeContainer: "lab-control-plane",
};
const node = {
  id: "a",
  name: "lab-control-plane",
  running: true,
  paused: false,
  startedAt: "2026-01-01T00:00:00Z",
  mounts: [],
  hostPorts: [],
};
const silent = { status: "silent", detail: "no answer in time" } as const;

it.each([
  [
    "paused",
    lab,
    { ...node, paused: true },
    silent,
    /node lab-control-plane is paused/,
    /^docker unpause lab-control-plane/,
  ],
  [
    "stopped",
    lab,
    { ...node, running: false },
    silent,
    /node lab-control-plane is stopped/,
    /^npm run up/,
  ],
  ["gone", lab, undefined, silent, /node lab-control-plane is gone/, /^npm run up/],
  [
    "silent",
    lab,
    node,
    silent,
    /lab does not answer \(no answer in time\)/,
    /docker restart lab-control-plane/,
  ],
  [
    "not asked",
    lab,
    undefined,
    { status: "no-kubectl" },
    /^kubectl: there is no such command/,
    /env/,
  ],
  [
    "the user's own",
    { kubeconfigPath: "/k", kubeContext: "prod" },
    undefined,
    silent,
    /the cluster of "prod" gives no usable answer/,
    /kubectl --kubeconfig \/k --context prod/,
  ],
] as const)("a cluster that is %s", (_, place, container, answer, problem, fix) => {
  const [fault, ...others] = reachFaults(place, container, answer);
  expect(others).toEqual([]);
  expect(fault?.problem).toMatch(problem);
  expect(fault?.fix).toMatch(fix);
});

describe("reach", () => {
  const machine = machineOnPath();

  it("says at once that a node is paused, while its cluster keeps silent", async () => {
    machine.command("kubectl", "exec sleep 60");
    const inspected = [
      {
        Id: "a",
        Name: "/lab-control-plane",
        State: { Running: true, Paused: true, StartedAt: node.startedAt },
        Mounts: [],
        HostConfig: { PortBindings: null },
      },
    ];
    machine.command("docker", `echo '${JSON.stringify(inspected)}'`);
    const asked = performance.now();
    await expect(reach(lab)).rejects.toThrow(
      /^cluster: node lab-control-plane is paused.*\n {2}do: docker unpause lab-control-plane/,
    );
    expect(performance.now() - asked).toBeLessThan(5000);
  });

  it("goes on where the cluster answers", async () => {
    machine.command("kubectl", "echo ok");
    machine.command("docker", "exit 1");
    await expect(reach(lab)).resolves.toBeUndefined();
  });
});
