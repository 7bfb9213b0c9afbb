import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Arrival, DeliveryCheck } from "../../../components/scenarios/checks/delivery.ts";
import { brief, listed } from "../brief-text.ts";
import { callHttp } from "../callers.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";

const settleMilliseconds = 300;
/** Looks at the logs, until all that must arrive has: a mirrored request is not waited for by anybody. */
const logLooks = 10;

/** The URL of one request. */
export function urlWithId({ url }: DeliveryCheck, id: string): string {
  const full = new URL(url);
  full.searchParams.set("id", id);
  return full.href;
}

/** How often each id arrived, by workload in the check's order. */
export function countArrivals(logs: readonly string[], ids: readonly string[]): number[][] {
  return logs.map((log) => {
    const lines = log.split("\n");
    return ids.map((id) => lines.filter((line) => line.includes(id)).length);
  });
}

/** Judges the statuses of the answers and the arrivals of each request. */
export function judgeDelivery(
  statuses: readonly number[],
  counts: readonly (readonly number[])[],
  { arrivals }: DeliveryCheck,
): Look {
  const observed = [
    `${statuses.length} requests: ${listed([...new Set(statuses)])}`,
    ...arrivals.map((arrival, at) => `${nameOf(arrival)} got each ${timesOf(counts[at] ?? [])}`),
  ].join("; ");
  const refused = statuses.find((status) => status !== 200);
  const wrong = arrivals.find((arrival, at) => counts[at]?.some((one) => one !== arrival.times));
  const reason =
    refused === undefined
      ? wrong && `${nameOf(wrong)} must get each request ${timesOf([wrong.times])}`
      : `status ${refused} is not 200`;
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

function nameOf({ app, version }: Arrival): string {
  return `${app}-${version}`;
}

function timesOf(counts: readonly number[]): string {
  return `${listed([...new Set(counts)].sort(), "or")} times`;
}

/** kubectl's arguments that print the log of a workload's pods. */
export function arrivalArguments({ app, version, container }: Arrival): readonly string[] {
  const pods = ["--namespace", "default", "--selector", `app=${app},version=${version}`];
  return ["logs", ...pods, "--container", container, "--tail", "-1"];
}

/**
 * Makes the requests and counts where they arrive.
 * @param pause replaced in tests
 */
export async function lookAtDelivery(
  lab: LiveLab,
  check: DeliveryCheck,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<Look> {
  const since = new Date().toISOString();
  const ids = Array.from({ length: check.requests ?? 3 }, () => randomUUID());
  const answers = await Promise.all(
    ids.map((id) => callHttp(lab, { caller: check.caller, url: urlWithId(check, id) })),
  );
  const statuses = answers.flat().map(({ status }) => status);
  let look: Look = { passed: false, observed: "" };
  for (let looks = 0; looks < logLooks && !look.passed; looks++) {
    await pause(settleMilliseconds);
    look = judgeDelivery(statuses, countArrivals(await readLogs(lab, check, since), ids), check);
  }
  if (!look.passed) return look;
  // What must not arrive may be on its way.
  await pause(settleMilliseconds);
  return judgeDelivery(statuses, countArrivals(await readLogs(lab, check, since), ids), check);
}

function readLogs({ cluster }: LiveLab, check: DeliveryCheck, since: string): Promise<string[]> {
  return Promise.all(
    check.arrivals.map(async (arrival) => {
      const args = [...arrivalArguments(arrival), "--since-time", since];
      const { exitCode, stdout, stderr } = await cluster.kubectl(args);
      // Without a pod kubectl says so on stderr and exits with 0: no log is not an empty log.
      if (exitCode !== 0 || stderr.includes("No resources found"))
        throw new Error(brief(stderr, 200));
      return stdout;
    }),
  );
}
