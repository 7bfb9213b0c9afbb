import { describe, expect, it } from "vitest";
import type { Scenario } from "../../components/scenarios/scenario.ts";
import { chooseRows } from "../../hack/proof/choose-rows.ts";
import { parseOptions } from "../../hack/proof/options.ts";
import { parseOutputs } from "../../hack/proof/read-outputs.ts";
import { labOutputs } from "./fake-lab.ts";

function scenario(
  id: string,
  names: (step: string) => readonly string[],
  steps: readonly string[] = ["app", "ingress"],
): Scenario {
  return {
    id,
    title: id,
    about: id,
    steps: steps.map((step) => ({ id: step, about: step })),
    build: () => ({ hosts: [] }),
    proof: (lab, step) =>
      names(`${lab.scenario}/${lab.step}/${step}`).map((name) => ({
        name,
        expected: "",
        check: { kind: "object", resource: "pods" },
      })),
    tryIt: () => [],
    lookFor: () => [],
  };
}

const scenarios = [
  scenario("statefulset-ingress", (step) => [`It is ${step}`, "another"]),
  scenario("other", (step) => [step]),
  scenario("twice", () => ["a", "a"]),
  scenario("owner", () => [], ["delay-7s"]),
];

const exactly = "the cluster has the objects of this step, and none of another";

describe("chooseRows", () => {
  it.each([
    [[], ["It is statefulset-ingress/ingress/ingress", "another", exactly]],
    [
      ["--step", "ingress"],
      ["It is statefulset-ingress/ingress/ingress", "another", exactly],
    ],
    [
      ["--step", "app"],
      ["It is statefulset-ingress/app/app", "another"],
    ],
    [["--scenario", "other", "--step", "app"], ["other/app/app"]],
    [["--only", "IT IS"], ["It is statefulset-ingress/ingress/ingress"]],
    [["--only", "none of another"], [exactly]],
  ])("%j", (argv, names) => {
    const { rows, lab } = chooseRows(scenarios, labOutputs(), parseOptions(argv));
    expect(rows.map(({ name }) => name)).toEqual(names);
    expect(lab.gatewayAddress).toBe("127.0.0.1");
  });

  it("asks of the deployed step that the cluster has its objects and no others", () => {
    const objects = ["Service default/a", "Secret mesh/b"];
    const { rows } = chooseRows(scenarios, labOutputs({ objects }), parseOptions([]));
    expect(rows.at(-1)).toEqual({
      name: exactly,
      expected: "2 objects",
      check: { kind: "stage", objects },
    });
  });

  it.each([
    [
      ["--scenario", "othr", "--step", "app"],
      'unknown scenario "othr"; closest: "other"; there are statefulset-ingress, other, twice, owner',
    ],
    [
      ["--step", "ingres"],
      'unknown step of statefulset-ingress "ingres"; closest: "ingress"; there are app, ingress',
    ],
    [
      ["--step", "delay-7s"],
      'unknown step of statefulset-ingress "delay-7s"; it is one of other scenarios: --scenario owner --step delay-7s',
    ],
    [["--scenario", "other"], "--scenario needs --step"],
    [["--only", "x"], '--only "x" meets no row of statefulset-ingress/ingress:\n  It is'],
    [["--scenario", "twice", "--step", "app"], "two rows of twice/app have the same name"],
  ])("refuses %j", (argv, message) => {
    expect(() => chooseRows(scenarios, labOutputs(), parseOptions(argv))).toThrow(message);
  });
});

describe("parseOptions", () => {
  it("reads all of them", () => {
    const argv =
      "--json a --junit b --outputs - --scenario s --step t --no-disrupt --deadline 5 --hold 0.5 --only x";
    expect(parseOptions(argv.split(" "))).toEqual({
      json: "a",
      junit: "b",
      outputs: "-",
      scenario: "s",
      step: "t",
      disrupt: false,
      deadline: 5,
      hold: 0.5,
      only: "x",
    });
    expect(parseOptions([])).toEqual({ disrupt: true });
  });
});

describe("parseOutputs", () => {
  it("takes those of a lab, with all they hold", () => {
    const outputs = { ...labOutputs(), readme: "# Lab" };
    expect(parseOutputs(JSON.stringify(outputs), "stdin")).toEqual(outputs);
  });

  it.each([
    ["{}", "no lab is up here: build one with `npm run up`"],
    ["", "stdin is not JSON"],
    ["[]", "no lab is up here"],
    ["null", "stdin: these are not the outputs of a finished lab\n  (whole): "],
    ['{"scenario": 1}', "scenario: Invalid input: expected string, received number"],
  ])("refuses %j", (json, message) => {
    expect(() => parseOutputs(json, "stdin")).toThrow(message);
  });
});
