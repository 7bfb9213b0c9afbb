import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { KindCluster, type KindClusterArgs } from "../../../components/cluster/kind-cluster.ts";
import { kindConfig } from "../../../components/cluster/kind-config.ts";
import { drain, find, record, valueOf, whole, type Registration } from "../../support/mocks.ts";

const made = {
  containerId: "c0ffee",
  kubeconfig: Buffer.from("apiVersion: v1\nkind: Config\n").toString("base64"),
};
const args: KindClusterArgs = {
  clusterName: "istio",
  nodeImage: "kindest/node:pinned",
  stackFolder: "/lab/.lab/dev",
  generation: 3,
  ports: [{ hostPort: 443, nodePort: 31390 }],
};
const config = kindConfig({
  nodes: 1,
  ports: args.ports,
  listenAddress: "127.0.0.1",
  ownerFolder: "/lab/.lab/dev/node",
  containerdConfigPatches: [],
});

let registered: Registration[];

beforeEach(async () => {
  registered = await record({ stdout: { "cluster-kind": JSON.stringify(made) } });
});

async function make(more: Partial<KindClusterArgs> = {}): Promise<KindCluster> {
  const cluster = new KindCluster("cluster", { ...args, ...more });
  await drain();
  return cluster;
}

describe("KindCluster", () => {
  it("is a command that makes and removes the cluster, and a provider that leads to it", async () => {
    await make();
    expect(whole(registered)).toEqual([
      { type: "istio-lab:cluster:KindCluster", name: "cluster", inputs: {} },
      {
        type: "command:local:Command",
        name: "cluster-kind",
        inputs: {
          create: "sh components/cluster/create-kind-cluster.sh",
          update: "printf '%s' \"$PULUMI_COMMAND_STDOUT\"",
          // In full: destroy works from the state alone.
          delete: readFileSync("components/cluster/delete-kind-cluster.sh", "utf8"),
          environment: {
            CLUSTER: "istio",
            NODE_IMAGE: "kindest/node:pinned",
            KIND_CONFIG: config,
            KUBECONFIG_FILE: "/lab/.lab/dev/kubeconfig",
            OWNER_FOLDER: "/lab/.lab/dev/node",
            GENERATION: "3",
          },
          triggers: [config, "kindest/node:pinned", "istio", 3],
          logging: "stderr",
        },
      },
      {
        type: "pulumi:providers:kubernetes",
        name: "cluster-kubernetes",
        inputs: {
          kubeconfig: "apiVersion: v1\nkind: Config\n",
          clusterIdentifier: "istio/c0ffee",
          enableServerSideApply: "true",
          enableSecretMutable: "true",
          enableConfigMapMutable: "true",
          // What a killed `up` left in this cluster is taken over.
          upsertExistingObjects: "true",
        },
      },
    ]);
  });

  it("joins several nodes as the supply says, and leaves a single one alone", async () => {
    const severalNodes = {
      containerdConfigPatches: ["several = true"],
      mounts: [{ hostPath: "/room/network", containerPath: "/etc/network" }],
      connectScript: "/room/connect.sh",
    };
    const common = { ...args, ownerFolder: "/lab/.lab/dev/node", listenAddress: "127.0.0.1" };
    const environmentOf = async (nodes: number): Promise<unknown> => {
      registered.length = 0;
      await make({ nodes, severalNodes, containerdConfigPatches: ["always = true"] });
      return whole(registered)[1]?.inputs["environment"];
    };
    expect(await environmentOf(1)).toMatchObject({
      KIND_CONFIG: kindConfig({ ...common, nodes: 1, containerdConfigPatches: ["always = true"] }),
    });
    expect(await environmentOf(1)).not.toHaveProperty("CONNECT_SCRIPT");
    const { containerdConfigPatches, mounts, connectScript } = severalNodes;
    expect(await environmentOf(2)).toMatchObject({
      KIND_CONFIG: kindConfig({
        ...common,
        nodes: 2,
        containerdConfigPatches: ["always = true", ...containerdConfigPatches],
        mounts,
      }),
      CONNECT_SCRIPT: connectScript,
    });
  });

  it("keeps the kubeconfig secret, in the command's output and in the provider, and the identifier readable", async () => {
    await make();
    expect(find(registered, "cluster-kind").secretOutputs).toEqual(["stdout"]);
    expect(find(registered, "cluster-kubernetes").secrets).toEqual(["kubeconfig"]);
  });

  it("is replaced create first: the objects in the old cluster need not go one by one before it", async () => {
    await make();
    expect(find(registered, "cluster-kind").deleteBeforeReplace).toBe(false);
  });

  it("owns its children, and its provider depends on the cluster alone", async () => {
    await make();
    expect(registered.map(({ name, parent, waitsFor }) => [name, parent, waitsFor])).toEqual([
      ["cluster", "", []],
      ["cluster-kind", "cluster", []],
      ["cluster-kubernetes", "cluster", ["cluster-kind"]],
    ]);
  });

  it("tells where it is, and when it is ready, in clear", async () => {
    const cluster = await make();
    const { kubeconfigPath, kubeContext, nodeContainer, ready } = cluster;
    expect({ kubeconfigPath, kubeContext, nodeContainer }).toEqual({
      kubeconfigPath: "/lab/.lab/dev/kubeconfig",
      kubeContext: "kind-istio",
      nodeContainer: "istio-control-plane",
    });
    expect(await valueOf(ready)).toBe("c0ffee");
    expect(await pulumi.isSecret(ready)).toBe(false);
    expect(await valueOf(cluster.deletedWith.urn)).toMatch(/::cluster-kind$/);
  });

  it.each<[string, Partial<KindClusterArgs>]>([
    ["name", { clusterName: "other" }],
    ["node image", { nodeImage: "kindest/node:other" }],
    ["generation", { generation: 4 }],
    ["nodes", { nodes: 2 }],
    ["ports", { ports: [{ hostPort: 8443, nodePort: 31390 }] }],
    ["listen address", { listenAddress: "0.0.0.0" }],
    ["containerd settings", { containerdConfigPatches: ["[plugins]"] }],
  ])("is replaced when its %s changes", async (_, change) => {
    await make();
    const [before] = registered.splice(0).filter(({ name }) => name === "cluster-kind");
    await make(change);
    expect(find(registered, "cluster-kind").inputs["triggers"]).not.toEqual(
      before?.inputs["triggers"],
    );
  });
});
