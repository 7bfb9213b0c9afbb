import { describe, expect, it } from "vitest";
import { parseOptions } from "../../hack/tour/options.ts";
import { chooseStops, elsewhere, nameOf, stopsNamed, unmetNeed } from "../../hack/tour/plan.ts";
import { endLine } from "../../hack/tour/progress-lines.ts";
import { scenarioOf, stopsOf, threeSteps } from "./fake-tour.ts";
import { failedStep, passedStep, skippedStep } from "./sample-step.ts";

const other = scenarioOf("other", [{ id: "one", about: "" }]);
const empty = scenarioOf("none", [{ id: "base", about: "" }]);
const scenarios = [threeSteps, other];

describe("chooseStops", () => {
  it.each([
    { scenario: [], step: [], chosen: ["lesson/one", "lesson/two", "lesson/three", "other/one"] },
    { scenario: ["other"], step: [], chosen: ["other/one"] },
    { scenario: ["other", "lesson"], step: ["one"], chosen: ["lesson/one", "other/one"] },
    { scenario: [], step: ["other/one", "two"], chosen: ["lesson/two", "other/one"] },
  ])("walks $scenario $step", ({ chosen, ...wish }) => {
    expect(chooseStops(scenarios, wish).map(nameOf)).toEqual(chosen);
  });

  it("names every id that meets nothing, with the closest", () => {
    expect(() => chooseStops(scenarios, { scenario: ["leson", "othr"], step: [] })).toThrow(
      'unknown scenario "leson"; closest: "lesson" (npm run scenarios lists them all)\nunknown scenario "othr"; closest: "other" (npm run scenarios lists them all)',
    );
    expect(() => chooseStops(scenarios, { scenario: ["lesson"], step: ["tow"] })).toThrow(
      'unknown step "tow"; closest: "two"',
    );
    expect(() => chooseStops(scenarios, { scenario: ["lesson"], step: ["other/one"] })).toThrow(
      'unknown step "other/one"; closest: "lesson/one"',
    );
  });
});

describe("stopsNamed", () => {
  it("refuses a saved step that is no more", () => {
    expect(() => stopsNamed(scenarios, ["lesson/one", "lesson/gone"])).toThrow(
      'the saved tour has a step "lesson/gone", which is no more: start a new tour',
    );
  });
});

describe("elsewhere", () => {
  const [one, two] = stopsOf(threeSteps);
  const nameFrom = (list: Parameters<typeof elsewhere>[0], stop = one): string | undefined => {
    const found = stop && elsewhere(list, stop);
    return found && nameOf(found);
  };

  it("is the empty scenario, else the stop before, else the one after", () => {
    expect(nameFrom([...scenarios, empty])).toBe("none/base");
    expect(nameFrom(scenarios, two)).toBe("lesson/one");
    expect(nameFrom(scenarios)).toBe("lesson/two");
    expect(nameFrom([empty], stopsOf(empty)[0])).toBeUndefined();
  });
});

describe("unmetNeed", () => {
  const [stop] = stopsOf(scenarioOf("needy", [{ id: "a", about: "", needs: ["load-balancer"] }]));
  const why = (lab: Parameters<typeof unmetNeed>[1]): string | undefined =>
    stop && unmetNeed(stop, lab);

  it("says with which keys the cluster would have a load balancer", () => {
    const set = "pulumi config set gatewayServiceType LoadBalancer";
    const lacks = "it needs a load balancer, and this lab has none: ";
    expect(why({ nodeContainer: "istio-control-plane" })).toBe(
      `${lacks}${set} && pulumi config set metallb true && npm run up, then walk it again`,
    );
    expect(why({})).toBe(`${lacks}${set} && npm run up, then walk it again`);
  });

  it("is none where one is there, and where none is needed", () => {
    expect(why({ loadBalancerAddress: "172.18.100.0" })).toBeUndefined();
    const [plain] = stopsOf(threeSteps);
    expect(plain && unmetNeed(plain, {})).toBeUndefined();
  });
});

describe("the command line", () => {
  it("has every step, all checks and a hold of 2 s by default", () => {
    expect(parseOptions([])).toEqual({
      scenario: [],
      step: [],
      resume: false,
      restore: false,
      before: true,
      preview: true,
      disrupt: true,
      hold: 2,
    });
  });

  it("takes an option that repeats", () => {
    const args = ["--scenario", "a", "--scenario", "b", "--step", "c", "--no-before"];
    expect(parseOptions(args)).toMatchObject({ scenario: ["a", "b"], step: ["c"], before: false });
  });
});

describe("endLine", () => {
  const [stop] = stopsOf(threeSteps);

  it("tells times, changes and rows of a step, and below it what was wrong", () => {
    expect(stop && endLine(stop, "1/3", passedStep, 8.5)).toBe(
      "1/3 lesson/one: passed in 8.5 s, apply 3.2 s (+1 ~2 -1), proof 2.9 s (1 passed, 1 skipped), failed before",
    );
    expect(stop && endLine(stop, "2/3", failedStep, 120)).toBe(
      "2/3 lesson/one: FAILED in 2 min 0 s, apply 3.2 s (+1 ~2 -1), proof 2.9 s (0 passed, 1 FAILED), PASSED before\n    1 of 1 rows failed: the page takes 2 s\n    a second preview is not empty: update <b>",
    );
    expect(stop && endLine(stop, "3/3", skippedStep, 0)).toBe(
      "3/3 lesson/one: skipped: it needs a load balancer, and this lab has none",
    );
  });
});
