import { RunError } from "@pulumi/pulumi/errors.js";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LabSettings } from "../../components/lab-settings.ts";
import type { Stranger } from "../../components/stage/collisions.ts";
import { stageType } from "../../components/stage/makers.ts";
import { officialSupply } from "../../components/supply.ts";
import { labConfig, unasked } from "../support/lab.ts";
import { listed, record, type Registration } from "../support/mocks.ts";
import { runProgram } from "../support/program.ts";

// What is under test is index.ts: all that it reads and writes of this machine is given.
let settings: LabSettings;
vi.mock("../../components/lab-settings.ts", () => ({
  readLabSettings: () => Promise.resolve(settings),
}));
const remembered = vi.fn();
vi.mock("../../components/stage/stage-memory.ts", () => ({ rememberStage: remembered }));
vi.mock("../../components/by-hand/remember.ts", () => ({ rememberObjects: () => undefined }));

const made = JSON.stringify({ containerId: "c0ffee", kubeconfig: "" });
let registered: Registration[];

beforeEach(async () => {
  vi.resetModules();
  remembered.mockClear();
  registered = await record({ stdout: { "cluster-kind": made, "ca-file-write": "/lab/ca.crt" } });
});

/** Runs the program in a cluster that has these objects besides the lab's; the error it ends with, if any. */
async function runWith(step: string, strangers: readonly Stranger[]): Promise<unknown> {
  settings = {
    ...unasked,
    config: labConfig({ step, domain: "lab.test" }),
    supply: officialSupply,
    generation: 1,
    restart: "",
    stage: { incarnations: {}, live: undefined, strangers },
  };
  return runProgram().then(
    () => undefined,
    (error: unknown) => error,
  );
}

const claim = (name: string, n: number): Stranger => ({
  kind: "VirtualService",
  namespace: "shop",
  name,
  spec: { hosts: [`httpbin-${n}.lab.test`], gateways: ["default/httpbin"] },
  byPulumi: false,
});

describe("index.ts beside objects that are not the lab's", () => {
  it("changes nothing where some claim hosts of the step's, and names all of those at once", async () => {
    const error = await runWith("ingress", [claim("one", 0), claim("two", 1), claim("three", 2)]);
    // Pulumi prints the message alone of a RunError, without a stack trace.
    expect(RunError.isInstance(error)).toBe(true);
    expect((error as Error).message.split("\n")).toEqual([
      "2 faults; nothing was changed.",
      ...["one", "two"].flatMap((name, n) => [
        "",
        `  VirtualService shop/${name}, which is not the lab's, claims host "httpbin-${n}.lab.test" at gateway default/httpbin, ` +
          `as does this step's VirtualService default/httpbin-${n}`,
        `    do: kubectl delete virtualservice.networking.istio.io ${name} --namespace shop, or choose another step`,
      ]),
    ]);
    expect(listed(registered)).toEqual(["pulumi:pulumi:Stack istio-lab-dev"]);
    expect(remembered).not.toHaveBeenCalled();
  });

  it("goes on at a step that does not claim their hosts", async () => {
    expect(await runWith("app", [claim("one", 0)])).toBe(undefined);
    expect(listed(registered)).toContain("kubernetes:apps/v1:StatefulSet default/httpbin");
  });

  it("claims hosts on the stage alone: an object without its label is never the lab's", async () => {
    await runWith("observe", []);
    const elsewhere = registered.filter(
      ({ type, qualifiedType }) =>
        type.includes(":networking.istio.io/") && !qualifiedType.includes(stageType),
    );
    expect(listed(elsewhere)).toEqual([]);
  });
});
