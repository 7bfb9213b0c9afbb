import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { backgroundDeletion } from "../../../components/background-deletion.ts";
import { createCluster, inCluster } from "../../../components/cluster/create-cluster.ts";
import { kindConfig } from "../../../components/cluster/kind-config.ts";
import { officialSupply } from "../../../components/supply.ts";
import { fakeCluster, labConfig } from "../../support/lab.ts";
import { drain, find, listed, record, type Registration } from "../../support/mocks.ts";
import { omit } from "../../support/omit.ts";

const made = JSON.stringify({ containerId: "c0ffee", kubeconfig: "" });
const supply = { ...officialSupply, nodeImage: "node:7", containerdConfigPatches: ["patch"] };

let registered: Registration[];
let folder: string;

beforeEach(async () => {
  registered = await record({ stdout: { "cluster-kind": made } });
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("createCluster", () => {
  it("makes a kind cluster from config and supply, with every port that any step needs", async () => {
    const config = labConfig({
      clusterName: "mine",
      nodes: "2",
      listenAddress: "0.0.0.0",
      httpPort: "8080",
      httpsPort: "8443",
      statusPort: "15022",
      httpNodePort: "30080",
    });
    createCluster("cluster", { config, supply, stackFolder: "/lab/.lab/dev", generation: 5 });
    await drain();
    expect(listed(registered)).toEqual([
      "command:local:Command cluster-kind",
      "istio-lab:cluster:KindCluster cluster",
      "pulumi:providers:kubernetes cluster-kubernetes",
    ]);
    expect(find(registered, "cluster-kind").inputs["environment"]).toEqual({
      CLUSTER: "mine",
      NODE_IMAGE: "node:7",
      KIND_CONFIG: kindConfig({
        nodes: 2,
        ports: [
          { hostPort: 8080, nodePort: 30080 },
          { hostPort: 8443, nodePort: 31390 },
          { hostPort: 15022, nodePort: 31521 },
        ],
        listenAddress: "0.0.0.0",
        ownerFolder: "/lab/.lab/dev/node",
        containerdConfigPatches: ["patch"],
      }),
      KUBECONFIG_FILE: "/lab/.lab/dev/kubeconfig",
      OWNER_FOLDER: "/lab/.lab/dev/node",
      GENERATION: "5",
    });
  });

  it.each(["the configured file", "the first file of $KUBECONFIG"])(
    "takes an existing cluster from %s",
    async (source) => {
      const file = join(folder, "kubeconfig");
      writeFileSync(
        file,
        stringify({
          contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
          clusters: [{ name: "c", cluster: { server: "https://prod:6443" } }],
        }),
      );
      const configured = source === "the configured file";
      vi.stubEnv("KUBECONFIG", configured ? "/nowhere" : file);
      const config = labConfig({
        cluster: "existing",
        kubeContext: "prod",
        ...(configured ? { kubeconfig: file } : {}),
      });
      const { kubeconfigPath, kubeContext, deletedWith } = createCluster("cluster", {
        config,
        supply,
        stackFolder: "/lab/.lab/dev",
        generation: 1,
      });
      await drain();
      expect(listed(registered)).toEqual([
        "istio-lab:cluster:ExistingCluster cluster",
        "pulumi:providers:kubernetes cluster-kubernetes",
      ]);
      expect([kubeconfigPath, kubeContext, deletedWith]).toEqual([file, "prod", undefined]);
    },
  );
});

describe("inCluster", () => {
  it("gives the provider, and what takes everything along where the lab made the cluster", () => {
    const cluster = fakeCluster();
    const { provider, deletedWith, ...rest } = inCluster(cluster);
    expect(provider).toBe(cluster.provider);
    expect(deletedWith).toBe(cluster.deletedWith);
    expect(rest).toEqual({ transformations: [backgroundDeletion] });
  });

  it("says nothing of deletion where the cluster stays", () => {
    expect(Object.keys(inCluster(omit(fakeCluster(), "deletedWith")))).toEqual([
      "provider",
      "transformations",
    ]);
  });
});
