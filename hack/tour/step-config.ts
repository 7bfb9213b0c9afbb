import { parseDocument } from "yaml";

/** What the tour sets over the stack's own config. */
export interface StepSettings {
  readonly scenario: string;
  readonly step: string;
}

/**
 * Text of a config file for one step: the stack file's with scenario and step put in, and the proof at the end of
 * `pulumi up` left out, since the tour proves by itself. Secrets and the salt they need stay as they are.
 * @param stackYaml text of `Pulumi.<stack>.yaml`; empty when there is none
 * @param project name of the Pulumi project: the prefix of its keys
 */
export function stepConfig(
  stackYaml: string,
  project: string,
  { scenario, step }: StepSettings,
): string {
  const document = parseDocument(stackYaml);
  const set = { scenario, step, verify: "false" };
  for (const [key, value] of Object.entries(set)) {
    document.setIn(["config", `${project}:${key}`], value);
  }
  return document.toString();
}
