import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { deployedResources } from "../../hack/lab/deployed.ts";

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "lab-state-"));
});

function stackFile(text: string): void {
  const folder = join(state, ".pulumi", "stacks", "istio-lab");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "dev.json"), text);
}

it("is 0 without a state, and without that stack", () => {
  expect(deployedResources(state, "istio-lab", "dev")).toBe(0);
  stackFile("{}");
  expect(deployedResources(state, "istio-lab", "other")).toBe(0);
});

it.each([
  ["a stack after destroy", { latest: { manifest: {} } }, 0],
  ["a new stack", {}, 0],
  ["a stack with a lab", { latest: { resources: [{}, {}, {}] } }, 3],
  ["a kill in the middle of the first create", { latest: { pending_operations: [{}] } }, 1],
])("counts %s", (_, checkpoint, expected) => {
  stackFile(JSON.stringify({ version: 3, checkpoint }));
  expect(deployedResources(state, "istio-lab", "dev")).toBe(expected);
});

it("does not take an unreadable file for an empty stack", () => {
  stackFile("{");
  expect(deployedResources(state, "istio-lab", "dev")).toBeUndefined();
});
