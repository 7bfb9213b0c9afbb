import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Properties, Property } from "../property.ts";
import { hasUnknown, isSecret, revealAll, unknown } from "../property.ts";
import type { InputFault, Operation, Resource } from "../provider.ts";
import type { Output } from "./run.ts";
import { run } from "./run.ts";

const strings = ["create", "update", "delete", "dir", "stdin"];
const inputNames = [
  ...strings,
  "addPreviousOutputInEnv",
  "archivePaths",
  "assetPaths",
  "environment",
  "interpreter",
  "logging",
  "triggers",
];
const loggings = ["stdout", "stderr", "stdoutAndStderr", "none"];

/**
 * `command:local:Command`: runs a shell command when it is created, updated and deleted.
 *
 * As in the official plugin, an input that is a secret stays one in the state, but what the command
 * prints is not a secret for that: a program that passes secrets in and prints them back says so
 * with `additionalSecretOutputs: ["stdout", "stderr"]`.
 */
export const localCommand: Resource = {
  check: faults,

  diff(state, inputs) {
    const changed = inputNames.filter(
      (name) => !isDeepStrictEqual(state[name] ?? null, inputs[name] ?? null),
    );
    return {
      replaces: changed.filter((name) => name === "triggers"),
      updates: changed.filter((name) => name !== "triggers"),
    };
  },

  async create(inputs, op) {
    if (op.preview) return { id: "", state: { ...inputs, stdout: unknown, stderr: unknown } };
    const output = await runInput("create", inputs, {}, op);
    const id = `${op.name}${randomBytes(4).toString("hex")}`;
    return { id, state: { ...inputs, stdout: "", stderr: "", ...output } };
  },

  async update(state, inputs, op) {
    if (op.preview) return { ...inputs, stdout: unknown, stderr: unknown };
    const command = (inputs["update"] ?? null) === null ? "create" : "update";
    const output = await runInput(command, inputs, state, op);
    return { ...inputs, stdout: state["stdout"] ?? "", stderr: state["stderr"] ?? "", ...output };
  },

  async delete(state, op) {
    await runInput("delete", state, state, op);
  },
};

/** Runs the command that an input holds; without that input nothing runs, and nothing is returned. */
async function runInput(
  input: "create" | "update" | "delete",
  inputs: Properties,
  last: Properties,
  op: Operation,
): Promise<Output | undefined> {
  const known = revealAll(inputs);
  const command = known[input];
  if (typeof command !== "string") return undefined;
  const interpreter = known["interpreter"];
  const stdin = known["stdin"];
  const logging = known["logging"] ?? "stdoutAndStderr";
  return run({
    command,
    interpreter:
      Array.isArray(interpreter) && interpreter.length > 0
        ? interpreter.map(String)
        : ["/bin/sh", "-c"],
    dir: typeof known["dir"] === "string" ? known["dir"] : process.cwd(),
    env: {
      ...process.env,
      ...(known["environment"] as Record<string, string> | undefined),
      ...(known["addPreviousOutputInEnv"] === false ? {} : previousOutput(last)),
    },
    stdin: typeof stdin === "string" && stdin !== "" ? stdin : undefined,
    shown: isSecret(inputs[input]) ? `the secret ${input} command` : JSON.stringify(command),
    signal: op.signal,
    onLine(stream, line) {
      if (logging === stream || logging === "stdoutAndStderr") op.log(line);
    },
  });
}

/** What the last run wrote, for the next one to read; empty output sets no variable. */
function previousOutput(last: Properties): Record<string, string> {
  const { stdout, stderr } = revealAll(last);
  return {
    ...(typeof stdout === "string" && stdout !== "" ? { PULUMI_COMMAND_STDOUT: stdout } : {}),
    ...(typeof stderr === "string" && stderr !== "" ? { PULUMI_COMMAND_STDERR: stderr } : {}),
  };
}

function faults(inputs: Properties): InputFault[] {
  const known = revealAll(inputs);
  const found: InputFault[] = [];
  const reject = (property: string, reason: string): void => {
    found.push({ property, reason });
  };
  const wants = (name: string, what: string, accepts: (value: Property) => boolean): void => {
    const value = known[name];
    if (value !== undefined && !hasUnknown(value) && !accepts(value))
      reject(name, `must be ${what}`);
  };
  for (const name of strings) wants(name, "a string", isString);
  wants("interpreter", "a list of strings", (value) => isList(value) && value.every(isString));
  wants("environment", "a map of strings", (value) => !isList(value) && isMapOfStrings(value));
  wants("triggers", "a list", isList);
  wants(
    "logging",
    `one of ${loggings.join(", ")}`,
    (value) => isString(value) && loggings.includes(value),
  );
  for (const name of ["archivePaths", "assetPaths"]) {
    wants(name, "left out: the stand-in plugin returns no files", isEmptyList);
  }
  return found;
}

function isString(value: Property): value is string {
  return typeof value === "string";
}

function isList(value: Property): value is Property[] {
  return Array.isArray(value);
}

function isEmptyList(value: Property): boolean {
  return isList(value) && value.length === 0;
}

function isMapOfStrings(value: Property): boolean {
  return typeof value === "object" && value !== null && Object.values(value).every(isString);
}
