import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kindConfig, type KindConfigArgs } from "../../../components/cluster/kind-config.ts";

const args: KindConfigArgs = {
  nodes: 1,
  ports: [
    { hostPort: 80, nodePort: 31380 },
    { hostPort: 443, nodePort: 31390 },
  ],
  listenAddress: "127.0.0.1",
  ownerFolder: "/lab/.lab/dev/node",
  containerdConfigPatches: [],
};
const extraMounts = [
  { hostPath: "/lab/.lab/dev/node", containerPath: "/etc/istio-lab", readOnly: true },
];
const controlPlane = {
  role: "control-plane",
  extraMounts,
  extraPortMappings: [
    { containerPort: 31380, hostPort: 80, listenAddress: "127.0.0.1", protocol: "TCP" },
    { containerPort: 31390, hostPort: 443, listenAddress: "127.0.0.1", protocol: "TCP" },
  ],
};

describe("kindConfig", () => {
  it("is one node with the ports and the owner's mark", () => {
    expect(parse(kindConfig(args))).toEqual({
      kind: "Cluster",
      apiVersion: "kind.x-k8s.io/v1alpha4",
      networking: { apiServerAddress: "127.0.0.1" },
      nodes: [controlPlane],
    });
  });

  it.each([
    [1, []],
    [
      3,
      [
        { role: "worker", extraMounts },
        { role: "worker", extraMounts },
      ],
    ],
  ])("%i node(s): each has the mark, the control plane alone the ports", (nodes, workers) => {
    const config = parse(kindConfig({ ...args, nodes })) as { nodes: object[] };
    expect(config.nodes).toEqual([controlPlane, ...workers]);
  });

  it("shows every node the files it is given, read-only", () => {
    const mounts = [{ hostPath: "/room/network", containerPath: "/etc/network" }];
    const config = parse(kindConfig({ ...args, nodes: 2, mounts })) as {
      nodes: { extraMounts: object[] }[];
    };
    const shown = { hostPath: "/room/network", containerPath: "/etc/network", readOnly: true };
    expect(config.nodes.map(({ extraMounts: [, second] }) => second)).toEqual([shown, shown]);
  });

  it("writes each mount in full: kind takes no YAML aliases", () => {
    const hostPaths = kindConfig({ ...args, nodes: 3 }).match(
      /hostPath: \/lab\/\.lab\/dev\/node\n/g,
    );
    expect(hostPaths).toHaveLength(3);
  });

  it("opens the ports to other machines when told to, but never the API server", () => {
    const config = parse(kindConfig({ ...args, listenAddress: "0.0.0.0" })) as {
      networking: object;
      nodes: { extraPortMappings: { listenAddress: string }[] }[];
    };
    expect(config.nodes[0]?.extraPortMappings.map(({ listenAddress }) => listenAddress)).toEqual([
      "0.0.0.0",
      "0.0.0.0",
    ]);
    expect(config.networking).toEqual({ apiServerAddress: "127.0.0.1" });
  });

  it("hands containerd settings on as they are", () => {
    const patch = '[plugins."io.containerd.cri.v1.runtime"]\n  restrict_oom_score_adj = true\n';
    expect(parse(kindConfig({ ...args, containerdConfigPatches: [patch] }))).toMatchObject({
      containerdConfigPatches: [patch],
    });
  });

  it("is the same text for the same arguments: it is what decides about a new cluster", () => {
    expect(kindConfig(structuredClone(args))).toBe(kindConfig(args));
  });
});
