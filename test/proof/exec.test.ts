import { describe, expect, it } from "vitest";
import type { ExecCheck } from "../../components/scenarios/checks/exec.ts";
import { judgeExec, numberIn } from "../../hack/proof/checks/exec.ts";
import { pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";
import { looked } from "./look-once.ts";

const check: ExecCheck = { kind: "exec", in: { app: "fortio" }, command: ["fortio", "curl", "u"] };

describe("exec", () => {
  it.each([
    ["a: 7\nb.a: 2\n", "a: (\\d+)", 9],
    ["took 0.25 s", "took ([\\d.]+) s", 0.25],
    ["nothing", "a: (\\d+)", 0],
  ])("sums what a pattern finds in %j", (text, pattern, sum) => {
    expect(numberIn(text, pattern)).toBe(sum);
  });

  const printed = { exitCode: 1, stdout: "HTTP/1.1 503\n", stderr: "count: 3\n" };
  const count = (bounds: { atLeast?: number; atMost?: number }): Partial<ExecCheck> => ({
    exit: [1],
    numbers: [{ name: "calls", pattern: "count: (\\d+)", ...bounds }],
  });
  it.each<[Partial<ExecCheck>, string | undefined]>([
    [{}, "exit 1 is not 0"],
    [{ exit: [0, 2] }, "exit 1 is not 0 or 2"],
    [{ exit: [1], output: { contains: ["503", "count"] } }, undefined],
    [{ exit: [1], output: { contains: ["200"] } }, 'its output lacks "200"'],
    [{ exit: [1], output: { lacks: ["503"] } }, 'its output contains "503"'],
    [count({ atLeast: 3, atMost: 3 }), undefined],
    [count({ atLeast: 4 }), "calls is 3, less than 4"],
    [count({ atMost: 2 }), "calls is 3, more than 2"],
  ])("%j: %s", (more, reason) => {
    const look = judgeExec(printed, { ...check, ...more });
    expect([look.passed, look.reason]).toEqual([reason === undefined, reason]);
  });

  it("shows exit code, words and numbers", () => {
    expect(judgeExec(printed, { ...check, ...count({}) }).observed).toBe(
      "exit 1: HTTP/1.1 503 count: 3; calls: 3",
    );
  });

  it("runs what comes before, whatever it prints, and then the command, without a shell", async () => {
    const answer = ({ args }: Call): string | { exitCode: number; stderr: string } => {
      if (args.includes("get")) return JSON.stringify({ items: [pod("fortio-1")] });
      return args.at(-1) === "fail" ? { exitCode: 1, stderr: "503" } : "200";
    };
    const { look, commands } = looked({ ...check, before: [["fortio", "fail"]] }, answer);
    expect(await look).toMatchObject({ passed: true, observed: "exit 0: 200" });
    expect(commands.slice(1).map(({ args }) => args.slice(4).join(" "))).toEqual([
      "exec --namespace default fortio-1 --container fortio -- fortio fail",
      "exec --namespace default fortio-1 --container fortio -- fortio curl u",
    ]);
  });
});
