import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import {
  imagesOfMesh,
  imagesOfRoles,
  NodeImages,
  type NodeImagesArgs,
} from "../../../components/cluster/node-images.ts";
import { officialSupply, type Supply } from "../../../components/supply.ts";
import { drain, find, listed, record, type Registration } from "../../support/mocks.ts";

const supply: Supply = {
  ...officialSupply,
  kind: "registry-only",
  rolesInNode: ["httpbin"],
  images: { ...officialSupply.images, hello1: "lab/hello:1", fortio: "lab/fortio:2" },
};

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

async function make(more: Partial<NodeImagesArgs>): Promise<void> {
  const cluster = { nodeContainer: "istio-control-plane", ready: pulumi.output("c0ffee") };
  new NodeImages("images", { supply, cluster, images: ["lab/hello:1", "lab/fortio:2"], ...more });
  await drain();
}

const alone = ["istio-lab:cluster:NodeImages images"];

describe("NodeImages", () => {
  it("is one command that loads images by their full names", async () => {
    await make({});
    expect(listed(registered)).toEqual(["command:local:Command images-load", ...alone]);
    const load = find(registered, "images-load");
    expect(load.parent).toBe("images");
    expect(load.inputs).toEqual({
      create: "node hack/images/load.ts",
      update: "node hack/images/load.ts",
      environment: {
        NODE: "istio-control-plane",
        IMAGES: "lab/fortio:2 lab/hello:1",
        SUPPLY: "registry-only",
      },
      triggers: ["c0ffee"],
      logging: "stderr",
    });
  });

  it.each<[string, Partial<NodeImagesArgs>]>([
    ["the step runs no pod", { images: [] }],
    ["the cluster is not kind's", { cluster: { ready: pulumi.output("c0ffee") } }],
  ])("does nothing where %s", async (_where, more) => {
    await make(more);
    expect(listed(registered)).toEqual(alone);
  });
});

it("names an image once, whatever their order", async () => {
  await make({ images: ["b:1", "a:1", "b:1"] });
  const { environment } = find(registered, "images-load").inputs;
  expect(environment).toMatchObject({ IMAGES: "a:1 b:1" });
});

it("has the images of roles, but for those that every node is made with", () => {
  expect(imagesOfRoles(supply, ["hello1", "httpbin", "fortio"])).toEqual([
    "lab/hello:1",
    "lab/fortio:2",
  ]);
});

describe("imagesOfMesh", () => {
  const istio = ["docker.io/istio/pilot:1.31.1", "docker.io/istio/proxyv2:1.31.1"];
  const { metallbController, metallbSpeaker } = officialSupply.images;

  it.each<[string, Supply, boolean, string[]]>([
    ["Istio's from its hub", officialSupply, false, istio],
    [
      "MetalLB's as well where it is wanted",
      officialSupply,
      true,
      [...istio, metallbController, metallbSpeaker],
    ],
    [
      "none that the node image has inside",
      { ...supply, rolesInNode: ["metallbController", "metallbSpeaker"] },
      true,
      [],
    ],
  ])("%s", (_, from, metallb, images) => {
    expect(imagesOfMesh(from, { metallb })).toEqual(images);
  });
});
