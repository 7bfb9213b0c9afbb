import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";

/** Seconds between two rounds of questions. */
const interval = 0.2;

/** Seconds the hosts have to begin to answer. */
const patience = 300;

/** What is asked. */
export interface HostsToPoll {
  readonly hosts: readonly string[];
  readonly httpsPort: number;
  /** CA certificate; until it is there, nothing is asked. */
  readonly caFile: string;
}

/**
 * Asks every host over HTTPS, verified against the CA, until all answer 200 in one round.
 * @throws UserError when they do not within five minutes
 */
export async function pollHosts(asked: HostsToPoll, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patience * 1000;
  while (!(await allAnswer(asked, signal))) {
    signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new UserError(`${asked.hosts.join(", ")}: no 200 over HTTPS within ${patience} s`);
    }
    await setTimeout(interval * 1000, undefined, { signal });
  }
}

/** In turn, so that a lab that is not there yet costs one short process a round. */
async function allAnswer(asked: HostsToPoll, signal: AbortSignal): Promise<boolean> {
  for (const host of asked.hosts) {
    const { stdout } = await execa("curl", curlArguments(host, asked), {
      reject: false,
      cancelSignal: signal,
    });
    if (stdout !== "200") return false;
  }
  return true;
}

/** curl's arguments for one question; it prints the status code alone. */
export function curlArguments(
  host: string,
  { httpsPort, caFile }: Pick<HostsToPoll, "httpsPort" | "caFile">,
): readonly string[] {
  return [
    ...["--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--max-time", "2"],
    ...["--cacert", caFile, "--resolve", `${host}:${httpsPort}:127.0.0.1`],
    `https://${host}:${httpsPort}/status/200`,
  ];
}
