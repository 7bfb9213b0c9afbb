import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { UserError } from "../toolchain/phase.ts";

/** The stack of a fresh checkout. */
export const defaultStack = "dev";

/** What the lab's own commands read from the Pulumi project and stack files, without starting Pulumi. */
export interface StackFacts {
  readonly stack: string;
  readonly project: string;
  /** Name of the kind cluster, where config gives one. */
  readonly clusterName?: string;
  readonly cluster: string;
  /** Existing cluster: kubeconfig file and context, where config gives them. */
  readonly kubeconfig?: string;
  readonly kubeContext?: string;
  /** Number of kind nodes. */
  readonly nodes: number;
  readonly listenAddress: string;
  /** Domain of the lab's host names. */
  readonly domain: string;
  /** Mirror of all images, where config gives one. */
  readonly imageRegistry?: string;
  /** Of Istio, where config gives another than the pinned one. */
  readonly istioVersion?: string;
  /** Of the kind nodes, where config gives another than the pinned one. */
  readonly nodeImage?: string;
  readonly metallb: boolean;
  /** Scenario and step, as config has them: what they need can be got before the program runs. */
  readonly scenario: string;
  readonly step?: string;
  /** Ports on this machine that lead to the gateway, by config key. */
  readonly ports: Readonly<Record<PortKey, number>>;
}

export type PortKey = "httpPort" | "httpsPort" | "statusPort";

// For a Pulumi.yaml that gives no default.
const fallback = { httpPort: 80, httpsPort: 443, statusPort: 15021 };

/**
 * Reads the few settings that the doctor checks before the program runs. The program itself validates
 * config; here a bad value counts as unset.
 * @param projectYaml text of Pulumi.yaml
 * @param stackYaml text of the stack's file, empty when there is none
 * @throws UserError naming the file that is no YAML
 */
export function stackFacts(projectYaml: string, stackYaml: string, stack: string): StackFacts {
  const project = record(parsed("Pulumi.yaml", projectYaml));
  const name = String(project["name"]);
  const declared = record(project["config"]);
  const set = record(record(parsed(`Pulumi.${stack}.yaml`, stackYaml))["config"]);
  const value = (key: string): unknown => {
    const own = set[`${name}:${key}`];
    if (own !== undefined) return own;
    const declaration = declared[key] ?? declared[`${name}:${key}`];
    return typeof declaration === "object" ? record(declaration)["default"] : declaration;
  };
  const text = (key: string, otherwise: string): string => {
    const found = value(key);
    return typeof found === "string" && found !== "" ? found : otherwise;
  };
  const port = (key: PortKey): number => {
    const found = Number(value(key));
    return Number.isInteger(found) && found > 0 && found < 65_536 ? found : fallback[key];
  };
  const given = <Key extends string>(...keys: readonly Key[]): Partial<Record<Key, string>> =>
    Object.fromEntries(
      keys.map((key) => [key, text(key, "")]).filter(([, found]) => found !== ""),
    ) as Partial<Record<Key, string>>;
  const nodes = Number(value("nodes"));
  return {
    stack,
    project: name,
    ...given("clusterName", "imageRegistry", "istioVersion", "nodeImage", "step"),
    ...given("kubeconfig", "kubeContext"),
    scenario: text("scenario", ""),
    metallb: String(value("metallb")) === "true",
    cluster: text("cluster", "kind"),
    nodes: Number.isInteger(nodes) && nodes > 0 ? nodes : 1,
    listenAddress: text("listenAddress", "127.0.0.1"),
    domain: text("domain", "example.com"),
    ports: {
      httpPort: port("httpPort"),
      httpsPort: port("httpsPort"),
      statusPort: port("statusPort"),
    },
  };
}

function parsed(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new UserError(`${file} is no YAML: ${error.message.trimEnd()}\nmend that line by hand`);
  }
}

/**
 * The facts of the stack that is selected, as Pulumi's own files tell it, so that checks before set-up need
 * no Pulumi: PULUMI_STACK, else the selection in one of the Pulumi homes, else the default stack.
 * @param homes Pulumi home folders, the likelier first
 */
export function currentStackFacts(folder: string, homes: readonly string[]): StackFacts {
  return readStackFacts(
    folder,
    process.env["PULUMI_STACK"] ?? selection(folder, homes) ?? defaultStack,
  );
}

// Pulumi names this file after the project and the SHA-1 of its Pulumi.yaml's path.
function selection(folder: string, homes: readonly string[]): string | undefined {
  const project = join(folder, "Pulumi.yaml");
  const { project: name } = stackFacts(readFileSync(project, "utf8"), "", defaultStack);
  const hash = createHash("sha1").update(project).digest("hex");
  for (const home of homes) {
    const file = join(home, "workspaces", `${name}-${hash}-workspace.json`);
    const stack = record(jsonOrNothing(readIfThere(file)))["stack"];
    if (typeof stack === "string" && stack !== "") return stack.split("/").at(-1);
  }
  return undefined;
}

/** A file that is missing, or was cut by a full disk, selects nothing; Pulumi itself says what is wrong with it. */
function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `stackFacts` of a checkout. */
export function readStackFacts(folder: string, stack: string): StackFacts {
  const project = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
  return stackFacts(project, readIfThere(join(folder, `Pulumi.${stack}.yaml`)), stack);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
