import { describe, expect, it } from "vitest";
import { officialSupply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { UserError } from "../../hack/toolchain/phase.ts";
import { planTour, stopsAhead } from "../../hack/tour/run-tour.ts";
import { nameOf } from "../../hack/tour/plan.ts";
import { prepareImages } from "../../hack/tour/tour-images.ts";
import type { TourImages } from "../../hack/tour/tour-images.ts";
import { fakeNotes, fakeTourLab, scenarioOf, stopsOf } from "./fake-tour.ts";
import { failedStep, passedStep, skippedStep } from "./sample-step.ts";

const supply = { ...officialSupply, missingImages: { grafana: "no registry has it" } };
const node = { container: "istio-control-plane" };
const lesson = {
  ...scenarioOf("lesson", [
    { id: "one", about: "" },
    { id: "two", about: "", addOns: ["prometheus", "grafana"] },
  ]),
  images: ["hello1", "httpbin"] as const,
};

/** What was got, into which node, and what was said. */
async function prepared(
  stops = stopsOf(lesson),
  more: Partial<TourImages> = {},
): Promise<{ readonly got: unknown[]; readonly said: string[] }> {
  const [got, said]: [unknown[], string[]] = [[], []];
  await prepareImages(stops, {
    supply,
    findNode: () => Promise.resolve(node),
    get: (_, roles, into) => {
      got.push([roles, into?.container]);
      return Promise.resolve();
    },
    say: (line) => said.push(line),
    ...more,
  });
  return { got, said };
}

describe("prepareImages", () => {
  it("gets what scenarios and add-ons run in one go, and says on one line what can't be had", async () => {
    const roles: readonly ImageRole[] = ["httpbin", "prometheus", "hello1"];
    expect(await prepared()).toEqual({
      got: [[roles, "istio-control-plane"]],
      said: ["not to be had: grafana (no registry has it)"],
    });
  });

  it("asks for nothing where the stops run nothing, or where there is no node", async () => {
    const plain = stopsOf(scenarioOf("none", [{ id: "base", about: "" }]));
    const findNode = (): Promise<never> => Promise.reject(new Error("nobody needs it"));
    expect(await prepared(plain, { findNode })).toEqual({ got: [], said: [] });
    const [one] = stopsOf(lesson);
    const none = await prepared(one ? [one] : [], { findNode: () => Promise.resolve(undefined) });
    expect(none).toEqual({ got: [], said: [] });
  });

  it("lets the tour go on where an image can't be built, and no fault of our own", async () => {
    const [one] = stopsOf(lesson);
    const get = (): Promise<never> => Promise.reject(new UserError("the disk is full"));
    const { said } = await prepared(one ? [one] : [], { get });
    expect(said).toEqual(["not all images could be had in advance: the disk is full"]);
    const bug = (): Promise<never> => Promise.reject(new TypeError("no such field"));
    await expect(prepared(stopsOf(lesson), { get: bug })).rejects.toThrow(TypeError);
  });
});

describe("stopsAhead", () => {
  it("leaves out what an earlier tour finished, but what failed, and what the lab can't walk", () => {
    const scenario = scenarioOf("lesson", [
      { id: "one", about: "" },
      { id: "two", about: "" },
      { id: "three", about: "" },
      { id: "four", about: "", needs: ["load-balancer"] },
      { id: "five", about: "" },
    ]);
    const { lab } = fakeTourLab("one");
    const notes = fakeNotes({
      startedAt: "2026-11-21T12:00:00.000Z",
      planned: stopsOf(scenario).map(nameOf),
      done: { 0: passedStep, 1: failedStep, 2: skippedStep },
    });
    const asked = { scenario: [], step: [], resume: true };
    const planned = planTour([scenario], asked, { lab, notes, now: new Date() });
    expect(stopsAhead(planned, lab).map(nameOf)).toEqual(["lesson/two", "lesson/five"]);
  });
});
