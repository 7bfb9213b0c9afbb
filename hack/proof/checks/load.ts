import type { LoadCheck } from "../../../components/scenarios/checks/load.ts";
import { boundsFault, brief } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";
import { parseStats } from "./envoy-stat.ts";
import { numberIn, runInPod } from "./exec.ts";

/** What one run of fortio reported. */
export interface LoadRun {
  readonly connections: number;
  readonly calls: number;
  /** Answers of 200 and of 503. */
  readonly passed: number;
  readonly refused: number;
}

/** The command of one run: as many calls a second as come through, and a report of their answers. */
export function loadCommand({ url, calls }: LoadCheck, connections: number): [string, ...string[]] {
  const rate = ["-c", String(connections), "-qps", "0", "-n", String(calls)];
  return ["/usr/bin/fortio", "load", ...rate, "-loglevel", "Warning", url];
}

/** Reads fortio's report: a line `Code 503 : 3 (15.0 %)` for each status there was. */
export function readReport(text: string, connections: number): LoadRun {
  const count = (status: string): number => numberIn(text, `Code +${status} : (\\d+)`);
  return { connections, calls: count("[-\\d]+"), passed: count("200"), refused: count("503") };
}

/** Judges the runs, and by how much the counter of calls held back rose over them. */
export function judgeLoad(runs: readonly LoadRun[], heldBack: number): Look {
  const refused = runs.reduce((sum, run) => sum + run.refused, 0);
  const seen = runs.map(
    (run) => `-c ${run.connections}: ${run.passed}×200, ${run.refused}×503 of ${run.calls}`,
  );
  const observed = [...seen, `held back: ${heldBack}`].join("; ");
  const share = (run: LoadRun): number => run.refused / run.calls;
  const faults = [
    boundsFault("count of 200 in the first run", runs[0]?.passed ?? 0, { atLeast: 1 }),
    boundsFault("count of 503 in the last run", runs.at(-1)?.refused ?? 0, { atLeast: 1 }),
    ...runs.slice(1).map((run, at) =>
      boundsFault(`share of 503 with -c ${run.connections}`, share(run), {
        atLeast: share(runs[at] ?? run),
      }),
    ),
    boundsFault("count of calls held back", heldBack, { atLeast: 1, atMost: refused }),
  ];
  const reason = faults.find((fault) => fault !== undefined);
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/** Makes the runs, and judges them. */
export async function lookAtLoad(lab: LiveLab, check: LoadCheck): Promise<Look> {
  const before = await countHeldBack(lab, check);
  const runs: LoadRun[] = [];
  for (const connections of check.connections) runs.push(await run(lab, check, connections));
  if (runs.every(({ refused }) => refused === 0)) runs.push(await run(lab, check, check.otherwise));
  return judgeLoad(runs, (await countHeldBack(lab, check)) - before);
}

async function run(lab: LiveLab, check: LoadCheck, connections: number): Promise<LoadRun> {
  const ran = await runInPod(lab, check.in, loadCommand(check, connections));
  const report = readReport(`${ran.stdout}\n${ran.stderr}`, connections);
  if (report.calls === 0) throw new Error(brief(`fortio made no call: ${ran.stderr}`, 200));
  return report;
}

async function countHeldBack(lab: LiveLab, check: LoadCheck): Promise<number> {
  const place = { ...check.in, container: "istio-proxy" };
  const path = `stats?filter=${encodeURIComponent(check.heldBack)}`;
  const ran = await runInPod(lab, place, ["pilot-agent", "request", "GET", path]);
  if (ran.exitCode !== 0) throw new Error(brief(ran.stderr, 200));
  return parseStats(ran.stdout).reduce((sum, { value }) => sum + value, 0);
}
