import { beforeEach, describe, expect, it } from "vitest";
import { createExternalWorld } from "../../../components/cluster/external-world.ts";
import { fakeCluster, labConfig } from "../../support/lab.ts";
import { drain, find, listed, record, type Registration } from "../../support/mocks.ts";

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

async function make(raw: Record<string, string> = {}): Promise<readonly string[]> {
  createExternalWorld("world", { config: labConfig(raw), cluster: fakeCluster() });
  await drain();
  return listed(registered).filter((one) => one.includes(" world"));
}

const names = "command:local:Command world-names";
const itself = "istio-lab:cluster:ExternalWorld world";

describe("ExternalWorld", () => {
  it("is not made in somebody else's cluster", async () => {
    expect(await make({ cluster: "existing", kubeContext: "prod" })).toEqual([]);
  });

  it("has a namespace for its pods, and their names in the cluster's DNS", async () => {
    expect(await make()).toEqual([names, itself, "kubernetes:core/v1:Namespace world-namespace"]);
    expect(find(registered, "world-namespace").inputs["metadata"]).toEqual({
      name: "external",
      labels: { "istio-lab/stack": "dev" },
    });
    expect(find(registered, "world-names").inputs).toMatchObject({
      create: "sh components/cluster/name-external-hosts.sh",
      update: "sh components/cluster/name-external-hosts.sh",
      environment: {
        KUBECONFIG: "/lab/.lab/dev/kubeconfig",
        CONTEXT: "kind-istio",
        NAMES:
          "httpbin.org=httpbin-org.external.svc.cluster.local www.google.com=www-google-com.external.svc.cluster.local",
      },
      // Another cluster has another DNS.
      triggers: ["c0ffee"],
    });
  });

  it("takes the names out again towards the internet", async () => {
    expect(await make({ externalBackend: "internet" })).toEqual([names, itself]);
    expect(find(registered, "world-names").inputs["environment"]).toMatchObject({ NAMES: "" });
  });
});
