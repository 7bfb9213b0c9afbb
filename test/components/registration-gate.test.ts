import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { holdRegistrations } from "../../components/registration-gate.ts";
import { drain, find, listed, record } from "../support/mocks.ts";

class Thing extends pulumi.CustomResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("test:gate:Thing", name, {}, opts);
  }
}

const root = "pulumi:pulumi:Stack istio-lab-dev";

/** Enough turns of the event loop for registrations that nothing holds back. */
async function turns(count = 50): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

it("registers nothing of a program that ends before it says so", async () => {
  const registered = await record();
  await pulumi.runtime.runInPulumiStack(() => {
    holdRegistrations();
    const first = new Thing("first");
    new Thing("second", { dependsOn: first });
    // Here it would throw.
    return Promise.resolve({});
  });
  await turns();
  expect(listed(registered)).toEqual([root]);
});

it("registers all of one that ends well, and is no dependency itself", async () => {
  const registered = await record();
  let held: string[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    const registerAll = holdRegistrations();
    const first = new Thing("first");
    const second = new Thing("second", { dependsOn: first });
    new Thing("third", { dependsOn: Promise.resolve([first, second]) });
    await turns();
    held = listed(registered);
    registerAll();
    return {};
  });
  await drain();
  expect(held).toEqual([root]);
  expect(["first", "second", "third"].map((name) => find(registered, name).waitsFor)).toEqual([
    [],
    ["first"],
    ["first", "second"],
  ]);
});
