import { runKubectl, type ClusterAccess } from "./run-kubectl.ts";

/** After this a cluster that does not answer is reported. */
const patience = { request: 10, all: 15 } as const;

/** What is looked at of an object in the cluster. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status?: { readonly phase?: string };
}

/** What a cluster said when it was asked for objects. */
export type Listed =
  | { readonly status: "listed"; readonly objects: readonly LiveObject[] }
  /** No `kubectl` on PATH. */
  | { readonly status: "no-kubectl" }
  /** It did not answer, or not this user. */
  | { readonly status: "silent"; readonly detail: string };

/** How {@link listObjects} asks; tests give their own. */
export type AskCluster = (
  access: ClusterAccess,
  what: readonly string[],
  input?: string,
) => Promise<Listed>;

/**
 * Those of the objects asked for that the cluster has.
 * @param what arguments of `kubectl get`: `namespace a b`, or `--filename -`
 * @param input what kubectl reads from its standard input
 */
export const listObjects: AskCluster = async (access, what, input = "") => {
  const args = ["get", ...what, "--ignore-not-found", "--output", "json"];
  const asking = runKubectl(access, args, patience);
  // A kubectl that ended early, or that is not there, reads nothing: its end is reported below.
  asking.child.stdin?.on("error", () => undefined).end(input);
  try {
    const { stdout } = await asking;
    return { status: "listed", objects: readObjects(stdout) };
  } catch (error) {
    return readFailure(error as Failure);
  }
};

/** How a kubectl that failed ended, as `execFile` tells it. */
export interface Failure {
  readonly code?: unknown;
  /** Whether it ran out of time. */
  readonly killed?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
}

// What kubectl says of a kind whose definition the cluster does not have: there are no objects of it.
const unknownKind = /no matches for kind|ensure CRDs are installed first/;
// Its log, such as of each failed look at the API's groups: the last word is said without it.
const logLine = /^[EIWF]\d{4} /;

/** What a failed `kubectl get` means, by how it failed and what it printed. */
export function readFailure({ code, killed, stdout = "", stderr = "" }: Failure): Listed {
  if (code === "ENOENT") return { status: "no-kubectl" };
  if (killed) return { status: "silent", detail: `no answer within ${patience.all} s` };
  const said = stderr.split("\n").filter((line) => line.trim() !== "" && !logLine.test(line));
  const wrong = said.filter((line) => !unknownKind.test(line));
  if (said.length > 0 && wrong.length === 0) {
    return { status: "listed", objects: readObjects(stdout) };
  }
  return { status: "silent", detail: wrong.at(-1) ?? "kubectl failed without a word" };
}

/** Reads what `kubectl get --output json` prints: a list, one object, or nothing. */
export function readObjects(json: string): readonly LiveObject[] {
  if (json.trim() === "") return [];
  const printed = JSON.parse(json) as LiveObject | { readonly items: readonly LiveObject[] };
  return "items" in printed ? printed.items : [printed];
}
