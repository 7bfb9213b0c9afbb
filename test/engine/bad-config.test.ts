import { afterAll, beforeAll, expect, test } from "vitest";
import { scenarios } from "../../components/scenarios/registry.ts";
import { copyProject, type ProjectCopy } from "./project-copy.ts";

let project: ProjectCopy;

beforeAll(async () => {
  project = await copyProject();
});
afterAll(() => {
  project.remove();
});

// No lab that runs on this machine has these.
const ownPlace = {
  clusterName: "istio-engine-test",
  httpPort: "18080",
  httpsPort: "18443",
  statusPort: "18021",
};
const engine = "container engine: there is no `docker` command on PATH";
const scenario = 'scenario: given "nope", which is not a scenario; closest: "none"';
const step =
  'step: given "nope", which is not a step of scenario "statefulset-ingress"; closest: "app"';
const unknownKey = 'replicass: there is no such key; did you mean "replicas"?';
const wrongType = 'nodes: given "many"';
const domain = 'domain: given "Not A Domain"';
const several = { scenario: "nope", replicass: "3", nodes: "many", domain: "Not A Domain" };
const stackTrace = /^\s+at |node_modules/m;

test.each([
  ["good config", {}, [engine]],
  ["an unknown scenario", { scenario: "nope" }, [scenario, engine]],
  ["an unknown step", { step: "nope" }, [step, engine]],
  ["an unknown key", { replicass: "3" }, [unknownKey, engine]],
  ["a wrong type", { nodes: "many" }, [wrongType, engine]],
  ["several faults", several, [unknownKey, wrongType, domain, scenario, engine]],
])(
  "preview of %s without an engine: one message with all of it, nothing registered",
  async (...row) => {
    const [, config, faults] = row;
    project.configure({ ...ownPlace, ...config });
    const { exitCode, output } = await project.pulumi("preview");
    expect(exitCode).not.toBe(0);
    expect(problemsIn(output)).toEqual(faults);
    expect(typesIn(output)).toEqual(["pulumi:pulumi:Stack"]);
    expect(output).not.toMatch(stackTrace);
    expect(await project.resources()).toEqual([]);
  },
);

test("up with bad config says the same, with what is accepted, and leaves the bare stack", async () => {
  project.configure({ ...ownPlace, ...several });
  const { exitCode, output } = await project.pulumi("up", "--yes", "--skip-preview");
  expect(exitCode).not.toBe(0);
  expect(problemsIn(output)).toEqual([unknownKey, wrongType, domain, scenario, engine]);
  expect(output).toContain(`accepted: ${scenarios.map(({ id }) => id).join(", ")}\n`);
  expect(output).not.toMatch(stackTrace);
  expect(await project.resources()).toEqual(["pulumi:pulumi:Stack"]);
});

/** First lines of the faults in the only error message that Pulumi printed. */
function problemsIn(output: string): readonly string[] {
  const [, diagnostics = ""] = output.split("\nDiagnostics:\n");
  const [, message = "", ...others] = diagnostics.split(/^ {4}error: /m);
  expect(others).toEqual([]);
  const problems = [...message.matchAll(/^ {6}(\S.*)$/gm)].map(([, problem = ""]) => problem);
  const count = problems.length === 1 ? "1 fault" : `${problems.length} faults`;
  expect(message.split("\n")[0]).toBe(`${count}; nothing was changed.`);
  return problems;
}

/** Types of the resources that were, or would be, made. */
function typesIn(output: string): readonly string[] {
  const types = [...output.matchAll(/^ \+ {2}(\S+) /gm)].map(([, type = ""]) => type);
  return [...new Set(types)];
}
