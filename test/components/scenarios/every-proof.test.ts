import { describe, expect, it } from "vitest";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import type { LabOutputs } from "../../../components/scenarios/scenario.ts";
import { isObject } from "../../../components/stage/object-key.ts";
import { whatToTry } from "../../../hack/proof/what-to-try.ts";
import { deploy, everyStep } from "../../support/every-step.ts";

/** Marks of a value that was not there when a text was put together. */
const holes = /undefined|\[object |NaN|(?<!\/dev\/)\bnull\b|:\/\/[:/]/;

describe.each(everyStep.map((one) => [one.title, one] as const))("%s", (_, one) => {
  const { scenario, step } = one;
  const outputs = async (): Promise<LabOutputs> => (await deploy(one)).outputs;
  const rows = async (): Promise<readonly Expectation[]> =>
    scenario.proof(await outputs(), step.id);

  it("has rows with names of their own, and each says what it expects", async () => {
    const all = await rows();
    const names = all.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    for (const { name, expected } of all) {
      for (const text of [name, expected]) {
        expect(text).toMatch(/^\S(.*\S)?$/);
        expect(text).not.toMatch(holes);
      }
    }
  });

  it("shows something that is there, or, where it makes nothing, that nothing is", async () => {
    const makes = (await deploy(one)).registered.some(({ type }) => isObject(type));
    const shown = (await rows()).filter(({ negative = false }) => negative !== makes);
    expect(shown.length).toBeGreaterThan(0);
  });

  it("is plain data, as JSON holds it", async () => {
    const all = await rows();
    expect(JSON.parse(JSON.stringify(all))).toStrictEqual(all);
  });

  it("calls whole URLs, and has a command to try for every row", async () => {
    const lab = await outputs();
    for (const { name, check } of await rows()) {
      if (check.kind === "http") expect(URL.canParse(check.url)).toBe(true);
      expect([name, whatToTry(lab, check)]).not.toEqual([name, expect.stringMatching(holes)]);
    }
  });

  it("calls the gateway from this machine on the ports that the outputs have", async () => {
    const lab = { ...(await outputs()), httpPort: 31080, httpsPort: 31443, statusPort: 31021 };
    const ports = scenario
      .proof(lab, step.id)
      .flatMap(({ check }) =>
        check.kind === "http" && check.caller.from === "host" ? new URL(check.url).port : [],
      );
    expect(ports.filter((port) => !["31080", "31443", "31021"].includes(port))).toEqual([]);
  });

  it("gives commands to paste, whole, one a line", async () => {
    const commands = scenario.tryIt(await outputs(), step.id);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).toMatch(/^\S.*\S$/);
      expect(command).not.toMatch(holes);
      // In an interactive zsh it is no comment.
      expect(command).not.toMatch(/(^|\s)#/);
    }
  });

  it("says what to look for, one sentence each", () => {
    const sentences = scenario.lookFor(step.id);
    expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.{10,}\S$/);
  });

  it("is told in one line of less than 100 characters", () => {
    expect(step.about).toMatch(/^\S.{10,96}\S$/);
    if (step.sameEffectAs !== undefined) expect(step.sameEffectAs).toMatch(/^\S.{10,}\S$/);
  });
});
