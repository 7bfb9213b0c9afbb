import { setTimeout as sleep } from "node:timers/promises";
import { runKubectl, type ClusterAccess } from "./run-kubectl.ts";

/** What a cluster said when it was asked whether it is ready. */
export type ClusterAnswer =
  | { readonly status: "ready" }
  /** No `kubectl` on PATH. */
  | { readonly status: "no-kubectl" }
  /** It was not asked: its kubeconfig is missing or broken. */
  | { readonly status: "no-kubeconfig"; readonly detail: string }
  /** Somebody answered, but not this user, or it is not this cluster. */
  | { readonly status: "refused"; readonly detail: string }
  /** No answer in time, or that it is not ready. */
  | { readonly status: "silent"; readonly detail: string };

/** How {@link askCluster} asks; tests give their own. */
export type AskWhetherReady = (
  access: ClusterAccess,
  patience: AbortSignal,
) => Promise<ClusterAnswer>;

/** Seconds that a cluster has to answer: a busy machine is not a dead cluster. */
export const usualSeconds = 10;

/** Seconds for one question; it is asked again while there is patience. */
const question = { request: 5, all: 6 } as const;
const pauseMs = 300;

/**
 * Asks a cluster whether it is ready, again and again until it is.
 * @param patience ends the questions; the last answer then counts. `AbortSignal.timeout(usualSeconds * 1000)`
 * @see https://kubernetes.io/docs/reference/using-api/health-checks/
 */
export const askCluster: AskWhetherReady = async (access, patience) => {
  let last: ClusterAnswer = { status: "silent", detail: "no answer in time" };
  while (!patience.aborted) {
    const answer = await askOnce(access, patience);
    if (answer !== undefined && isFinal(answer)) return answer;
    last = answer ?? last;
    await sleep(pauseMs, undefined, { signal: patience }).catch(() => undefined);
  }
  return last;
};

/** A cluster that comes up forbids everything until it has read its rules. */
function isFinal(answer: ClusterAnswer): boolean {
  if (answer.status === "refused") return !/forbidden/i.test(answer.detail);
  return answer.status !== "silent";
}

/** @returns nothing where patience ended the question */
async function askOnce(
  access: ClusterAccess,
  patience: AbortSignal,
): Promise<ClusterAnswer | undefined> {
  try {
    await runKubectl(access, ["get", "--raw", "/readyz"], question, patience);
    return { status: "ready" };
  } catch (error) {
    return patience.aborted ? undefined : readRefusal(error as Refusal);
  }
}

/** How a kubectl that failed ended, as `execFile` tells it. */
export interface Refusal {
  readonly code?: unknown;
  /** Whether it ran out of time. */
  readonly killed?: boolean;
  readonly stderr?: string;
}

const noKubeconfig =
  /error loading config file|no configuration has been provided|context .* does not exist|stat .*: no such file/i;
const refusal =
  /unauthorized|forbidden|x509|certificate|logged in to the server|getting credentials/i;

/** What a failed `kubectl get --raw /readyz` means, by how it failed and what it printed. */
export function readRefusal({ code, killed, stderr = "" }: Refusal): ClusterAnswer {
  if (code === "ENOENT") return { status: "no-kubectl" };
  if (killed) return { status: "silent", detail: "no answer in time" };
  const detail = stderr.trim().split("\n").at(-1) || "kubectl failed without a word";
  if (noKubeconfig.test(detail)) return { status: "no-kubeconfig", detail };
  return { status: refusal.test(detail) ? "refused" : "silent", detail };
}
