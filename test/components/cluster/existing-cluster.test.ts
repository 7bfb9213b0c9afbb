import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { ExistingCluster } from "../../../components/cluster/existing-cluster.ts";
import { oneContext } from "../../../components/cluster/one-context.ts";
import { drain, find, record, valueOf, whole, type Registration } from "../../support/mocks.ts";

const kubeconfig = stringify({
  "current-context": "other",
  contexts: [{ name: "lab", context: { cluster: "c", user: "u" } }],
  clusters: [{ name: "c", cluster: { server: "https://lab:6443" } }],
  users: [{ name: "u", user: { token: "t" } }],
});
const args = { kubeconfigPath: "/home/me/.kube/config", kubeconfig, kubeContext: "lab" };

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("ExistingCluster", () => {
  it("is a provider for one context, and nothing that makes or removes a cluster", async () => {
    new ExistingCluster("cluster", args);
    await drain();
    expect(whole(registered)).toEqual([
      { type: "istio-lab:cluster:ExistingCluster", name: "cluster", inputs: {} },
      {
        type: "pulumi:providers:kubernetes",
        name: "cluster-kubernetes",
        inputs: {
          kubeconfig: oneContext(kubeconfig, "lab").kubeconfig,
          clusterIdentifier: "lab/https://lab:6443",
          enableServerSideApply: "true",
          enableSecretMutable: "true",
          enableConfigMapMutable: "true",
        },
      },
    ]);
    expect(find(registered, "cluster-kubernetes")).toMatchObject({
      parent: "cluster",
      secrets: ["kubeconfig"],
    });
  });

  it("has nothing whose deletion would take along what is in the cluster", async () => {
    const cluster = new ExistingCluster("cluster", args);
    await drain();
    expect(Object.keys(cluster)).not.toContain("deletedWith");
    expect(Object.keys(cluster)).not.toContain("nodeContainer");
  });

  it("tells where it is", async () => {
    const { kubeconfigPath, kubeContext, ready } = new ExistingCluster("cluster", args);
    await drain();
    expect({ kubeconfigPath, kubeContext }).toEqual({
      kubeconfigPath: "/home/me/.kube/config",
      kubeContext: "lab",
    });
    expect(await valueOf(ready)).toBe("https://lab:6443");
    expect(await pulumi.isSecret(ready)).toBe(false);
  });

  it("refuses a context that the file does not have", () => {
    expect(() => new ExistingCluster("cluster", { ...args, kubeContext: "nope" })).toThrow(
      'kubeContext: "nope" is not in the kubeconfig (it has: lab)',
    );
  });
});
