import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import {
  imagesToLoad,
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
  new NodeImages("images", { supply, cluster, roles: ["hello1", "httpbin", "fortio"], ...more });
  await drain();
}

const alone = ["istio-lab:cluster:NodeImages images"];

describe("NodeImages", () => {
  it("is one command that loads what the node has not from the start", async () => {
    await make({});
    expect(listed(registered)).toEqual(["command:local:Command images-load", ...alone]);
    const load = find(registered, "images-load");
    expect(load.parent).toBe("images");
    expect(load.inputs).toEqual({
      create: "node hack/images/load.ts",
      update: "node hack/images/load.ts",
      environment: {
        NODE: "istio-control-plane",
        IMAGES: "fortio=lab/fortio:2 hello1=lab/hello:1",
      },
      triggers: ["c0ffee"],
      logging: "stderr",
    });
  });

  it.each<[string, Partial<NodeImagesArgs>]>([
    ["a registry has the images", { supply: officialSupply }],
    ["every node is made with them", { roles: ["httpbin"] }],
    ["the step runs no pod", { roles: [] }],
    ["the cluster is not kind's", { cluster: { ready: pulumi.output("c0ffee") } }],
  ])("does nothing where %s", async (_where, more) => {
    await make(more);
    expect(listed(registered)).toEqual(alone);
  });
});

it("names an image once, whatever the order of the roles", () => {
  const roles = ["hello1", "fortio", "hello1"] as const;
  expect(imagesToLoad({ supply, roles })).toEqual(["fortio=lab/fortio:2", "hello1=lab/hello:1"]);
});
