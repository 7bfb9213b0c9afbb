import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { isOwnState } from "../lab/settle-state.ts";
import type { StatePlace } from "../lab/settle-state.ts";
import { parseOutputs } from "../proof/read-outputs.ts";

/**
 * Outputs of the deployed step, read from the local file backend without starting Pulumi.
 * @returns undefined when no lab is up, and where state is kept elsewhere
 */
export function deployedOutputs(
  { backend, state }: StatePlace,
  project: string,
  stack: string,
): LabOutputs | undefined {
  if (!isOwnState(backend, state)) return undefined;
  try {
    const file = join(state, ".pulumi", "stacks", project, `${stack}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
    const root = checkpoint.latest?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
    return parseOutputs(JSON.stringify(root?.outputs ?? {}), file);
  } catch {
    return undefined;
  }
}

interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly { readonly type: string; readonly outputs?: unknown }[];
    };
  };
}

/**
 * What the stack is configured to be, as the program would read it: the stack file's values, else the project's
 * defaults.
 * @param projectYaml text of Pulumi.yaml
 * @param stackYaml text of the stack's file, empty when there is none
 * @returns text by key, without the project's prefix
 */
export function configuredValues(
  projectYaml: string,
  stackYaml: string,
): Readonly<Record<string, string>> {
  const project = record(parse(projectYaml));
  const prefix = `${String(project["name"])}:`;
  const defaults = Object.entries(record(project["config"])).flatMap(([key, declared]) => {
    const value = record(declared)["default"];
    return key.includes(":") || value === undefined ? [] : [[key, text(value)] as const];
  });
  const own = Object.entries(record(record(parse(stackYaml))["config"])).flatMap(([key, value]) =>
    // A secret stays one.
    key.startsWith(prefix) && !("secure" in record(value))
      ? [[key.slice(prefix.length), text(value)] as const]
      : [],
  );
  return Object.fromEntries([...defaults, ...own]);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
