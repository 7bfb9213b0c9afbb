import { describe, expect, it } from "vitest";
import { lookAtStage } from "../../hack/proof/checks/stage.ts";
import type { Look } from "../../hack/proof/poll.ts";
import { machineOnPath } from "../support/machine-on-path.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";

const machine = machineOnPath();

function look(live: readonly string[], objects: readonly string[]): Promise<Look> {
  machine.command("kubectl", live.map((line) => `echo "${line}"`).join("\n"));
  return lookAtStage(fakeLab(labOutputs(), () => "").lab, { kind: "stage", objects });
}

const service = "v1 Service default/a";
const deployment = "apps/v1 Deployment default/b";

describe("stage", () => {
  it("passes where the cluster has the step's objects, in any order", async () => {
    const objects = ["Deployment.apps default/b", "Service default/a"];
    expect(await look([service, deployment], objects)).toEqual({
      passed: true,
      observed: "2 objects",
    });
  });

  it("passes for a step without objects where there are none", async () => {
    expect(await look([], [])).toEqual({ passed: true, observed: "0 objects" });
  });

  it.each([
    [[service], ["Service default/a", "Secret c/d"], "missing: Secret c/d"],
    [[service, deployment], ["Service default/a"], "left over: Deployment.apps default/b"],
    [
      [deployment],
      ["Service default/a"],
      "missing: Service default/a; left over: Deployment.apps default/b",
    ],
  ])("with %j instead of %j says what differs", async (live, objects, reason) => {
    expect(await look(live, objects)).toEqual({ passed: false, observed: reason, reason });
  });

  it("is no answer where the cluster does not answer", async () => {
    machine.command("kubectl", "exit 1");
    const { lab } = fakeLab(labOutputs(), () => "");
    await expect(lookAtStage(lab, { kind: "stage", objects: [] })).rejects.toThrow(
      new Error("the cluster did not answer"),
    );
  });
});
