import { describe, expect, it } from "vitest";
import { buildStep } from "../../support/build-step.ts";
import type { Registration } from "../../support/mocks.ts";

const build = (
  step: string,
  raw: Readonly<Record<string, string>> = {},
): Promise<readonly Registration[]> => buildStep("statefulset-ingress", step, raw);

describe("where things go", () => {
  const inCluster = ({ type }: Registration): boolean => type.startsWith("kubernetes:");

  it("puts every Kubernetes object under the lab's own provider, and has it go with the cluster", async () => {
    const objects = (await build("observe")).filter(inCluster);
    expect(objects).toHaveLength(25);
    for (const { name, provider, deletedWith } of objects) {
      expect({ name, provider, deletedWith }).toEqual({
        name,
        provider: "kubernetes",
        deletedWith: "node",
      });
    }
  });

  it("keeps certificates out of the cluster: a new cluster gets the same ones", async () => {
    const tls = (await build("observe")).filter(({ type }) => type.startsWith("tls:"));
    expect(tls).toHaveLength(8);
    for (const { name, provider, deletedWith } of tls) {
      expect({ name, provider, deletedWith }).toEqual({ name, provider: "", deletedWith: "" });
    }
  });

  it("puts every component on the stage, and every other resource into a component", async () => {
    for (const { type, name, parent } of await build("observe")) {
      if (type.startsWith("istio-lab:")) expect([name, parent]).toEqual([name, "scenario"]);
      else expect([name, parent]).not.toEqual([name, expect.stringMatching(/^(scenario)?$/)]);
    }
  });

  it("waits for the mesh with all that is injected, routed or scraped, and with nothing else", async () => {
    const waiting = (await build("observe"))
      .filter(({ type }) => type.startsWith("istio-lab:"))
      .map(({ type, waitsFor }): [string, boolean] => [type, waitsFor.includes("mesh")]);
    expect(Object.fromEntries(waiting)).toEqual({
      "istio-lab:certs:CertificateAuthority": false,
      "istio-lab:certs:LeafCertificate": false,
      "istio-lab:ingress:IngressCredential": false,
      "istio-lab:mesh:NamespaceInjection": true,
      "istio-lab:workloads:MeshClient": true,
      "istio-lab:workloads:StatefulService": true,
      "istio-lab:ingress:SecureGateway": true,
      "istio-lab:ingress:HostRoute": true,
      "istio-lab:addons:Prometheus": true,
      "istio-lab:addons:Kiali": true,
    });
  });

  it("starts pods after the namespace has its label: earlier ones would have no sidecar", async () => {
    const registered = await build("app");
    for (const type of ["istio-lab:workloads:MeshClient", "istio-lab:workloads:StatefulService"]) {
      const component = registered.find((one) => one.type === type);
      expect(component?.waitsFor).toContain("default");
    }
  });
});
