import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { MetalLb } from "../../../components/addons/metal-lb.ts";
import { officialSupply, type Supply } from "../../../components/supply.ts";
import { unchangedReleases } from "../../support/lab.ts";
import { drain, find, listed, record, whole, type Registration } from "../../support/mocks.ts";

const fakeAccess = { kubeconfigPath: "/lab/kubeconfig", kubeContext: "kind-istio" };

let registered: Registration[];

beforeEach(async () => {
  registered = await record({
    stdout: { "metallb-subnets": "fc00:f853:ccd:e793::/64\n172.18.0.0/16\n\n" },
  });
});

async function make(more: Partial<Supply> = {}): Promise<void> {
  const cluster = { ...fakeAccess, ready: pulumi.output("c0ffee") };
  new MetalLb("metallb", {
    cluster,
    releases: unchangedReleases,
    supply: { ...officialSupply, ...more },
  });
  await drain();
}

const inputsOf = (name: string): Registration["inputs"] => find(registered, name).inputs;

describe("MetalLb", () => {
  it("is the chart's release, nobody waits for it, and one pool of the container network, announced", async () => {
    await make();
    const metadata = {
      name: "dynamic",
      namespace: "metallb-system",
      labels: { "istio-lab/stack": "dev" },
    };
    // Their own, and what puts back the release's, see release-objects.test.ts.
    const inputs = whole(registered).filter(({ name }) => name !== "metallb-objects");
    expect(inputs).toEqual([
      { type: "istio-lab:addons:MetalLb", name: "metallb", inputs: {} },
      {
        type: "kubernetes:metallb.io/v1beta1:L2Advertisement",
        name: "metallb-advertisement",
        inputs: {
          apiVersion: "metallb.io/v1beta1",
          kind: "L2Advertisement",
          metadata,
          spec: { ipAddressPools: ["dynamic"] },
        },
      },
      {
        type: "kubernetes:core/v1:Namespace",
        name: "metallb-namespace",
        inputs: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: { name: "metallb-system", labels: { "istio-lab/stack": "dev" } },
        },
      },
      {
        type: "kubernetes:metallb.io/v1beta1:IPAddressPool",
        name: "metallb-pool",
        inputs: {
          apiVersion: "metallb.io/v1beta1",
          kind: "IPAddressPool",
          metadata,
          spec: { addresses: ["172.18.100.0/30"] },
        },
      },
      {
        type: "kubernetes:helm.sh/v3:Release",
        name: "metallb-release",
        inputs: {
          chart: "metallb",
          version: "0.15.2",
          repositoryOpts: { repo: "https://metallb.github.io/metallb" },
          name: "metallb",
          namespace: "metallb-system",
          values: {
            controller: {
              image: { repository: "quay.io/metallb/controller", tag: "v0.15.2" },
              webhookMode: "disabled",
            },
            crds: { validationFailurePolicy: "Ignore" },
            speaker: {
              image: { repository: "quay.io/metallb/speaker", tag: "v0.15.2" },
              frr: { enabled: false },
              memberlist: { enabled: false },
            },
          },
          skipAwait: true,
          cleanupOnFail: true,
          compat: "true",
        },
      },
      {
        type: "command:local:Command",
        name: "metallb-subnets",
        inputs: {
          create:
            "docker network inspect kind --format '{{range .IPAM.Config}}{{println .Subnet}}{{end}}'",
          triggers: ["c0ffee"],
          logging: "stderr",
        },
      },
    ]);
    expect(listed(registered.filter(({ parent }) => parent !== "metallb"))).toEqual([
      "istio-lab:addons:MetalLb metallb",
    ]);
  });

  it("makes the pool when the release has brought its kind, and the network is known", async () => {
    await make();
    expect(find(registered, "metallb-pool").waitsFor).toEqual([
      "metallb-objects",
      "metallb-subnets",
    ]);
    expect(find(registered, "metallb-advertisement").waitsFor).toEqual(["metallb-objects"]);
    expect(find(registered, "metallb-objects").waitsFor).toEqual([
      "metallb-namespace",
      "metallb-release",
    ]);
    expect(find(registered, "metallb-release").waitsFor).toEqual(["metallb-namespace"]);
  });

  it("takes chart and images from the supply, a registry with a port too", async () => {
    await make({
      metallbChart: { folder: "/parts/metallb" },
      images: {
        ...officialSupply.images,
        metallbController: "mirror:5000/controller:1",
        metallbSpeaker: "mirror:5000/speaker:1",
      },
    });
    expect(inputsOf("metallb-release")).toMatchObject({
      chart: "/parts/metallb",
      values: {
        controller: { image: { repository: "mirror:5000/controller", tag: "1" } },
        speaker: { image: { repository: "mirror:5000/speaker", tag: "1" } },
      },
    });
    expect(inputsOf("metallb-release")).not.toHaveProperty("repositoryOpts");
  });
});
