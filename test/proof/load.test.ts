import { describe, expect, it } from "vitest";
import type { LoadCheck } from "../../components/scenarios/checks/load.ts";
import { judgeLoad, loadCommand, readReport, type LoadRun } from "../../hack/proof/checks/load.ts";
import { pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";
import { looked } from "./look-once.ts";

const check: LoadCheck = {
  kind: "load",
  in: { app: "fortio" },
  url: "http://httpbin:8000/get",
  calls: 20,
  connections: [2, 3],
  otherwise: 10,
  heldBack: "httpbin.*overflow",
};

const report = (passed: number, refused: number): string =>
  `Fortio 1.63.9 running\nCode 200 : ${passed} (${passed * 5}.0 %)\n${
    refused > 0 ? `Code 503 : ${refused} (${refused * 5}.0 %)\n` : ""
  }Response Header Sizes : count 20\n`;

describe("load", () => {
  it("is fortio with the numbers of the check", () => {
    expect(loadCommand(check, 3).join(" ")).toBe(
      "/usr/bin/fortio load -c 3 -qps 0 -n 20 -loglevel Warning http://httpbin:8000/get",
    );
  });

  it.each([
    [report(17, 3), { calls: 20, passed: 17, refused: 3 }],
    [report(20, 0), { calls: 20, passed: 20, refused: 0 }],
    ["Code  -1 : 2 (10.0 %)\nCode 503 : 18 (90.0 %)\n", { calls: 20, passed: 0, refused: 18 }],
    ["unable to connect", { calls: 0, passed: 0, refused: 0 }],
  ])("reads the report %j", (text, counts) => {
    expect(readReport(text, 2)).toEqual({ connections: 2, ...counts });
  });

  const run = (connections: number, passed: number, refused: number): LoadRun => ({
    connections,
    calls: passed + refused,
    passed,
    refused,
  });
  it.each<[string, LoadRun[], number, string | undefined]>([
    ["more of both is more 503", [run(2, 17, 3), run(3, 10, 10)], 13, undefined],
    ["the same share", [run(2, 10, 10), run(3, 10, 10)], 1, undefined],
    ["one more run", [run(2, 20, 0), run(3, 20, 0), run(10, 5, 15)], 15, undefined],
    ["no 200", [run(2, 0, 20), run(3, 0, 20)], 40, "count of 200 in the first run is 0"],
    ["no 503", [run(2, 20, 0), run(3, 20, 0), run(10, 20, 0)], 0, "count of 503 in the last run"],
    ["a share that falls", [run(2, 10, 10), run(3, 15, 5)], 15, "share of 503 with -c 3 is 0.25"],
    ["nothing counted", [run(2, 17, 3), run(3, 10, 10)], 0, "count of calls held back is 0"],
    ["more counted than refused", [run(2, 17, 3), run(3, 10, 10)], 14, "held back is 14, more"],
  ])("%s", (_, runs, heldBack, reason) => {
    const look = judgeLoad(runs, heldBack);
    expect(look.passed).toBe(reason === undefined);
    expect(look.reason ?? "").toContain(reason ?? "");
  });

  it("shows every run", () => {
    expect(judgeLoad([run(2, 17, 3), run(3, 10, 10)], 13).observed).toBe(
      "-c 2: 17×200, 3×503 of 20; -c 3: 10×200, 10×503 of 20; held back: 13",
    );
  });

  /** A proxy that counts what the runs so far were refused. */
  function lab(refusals: Readonly<Record<string, number>>): (call: Call) => string {
    let counted = 5;
    return ({ args }) => {
      if (args.includes("get")) return JSON.stringify({ items: [pod("fortio-1")] });
      if (args.includes("istio-proxy")) return `cluster.httpbin.overflow: ${counted}\n`;
      const refused = refusals[args[args.indexOf("-c") + 1] ?? ""] ?? 0;
      counted += refused;
      return report(20 - refused, refused);
    };
  }

  it("counts over its own runs alone", async () => {
    const { look, commands } = looked(check, lab({ "2": 3, "3": 8 }));
    expect(await look).toEqual({
      passed: true,
      observed: "-c 2: 17×200, 3×503 of 20; -c 3: 12×200, 8×503 of 20; held back: 11",
    });
    expect(commands.filter(({ args }) => args.includes("load"))).toHaveLength(2);
  });

  it("makes one more run where nothing was refused", async () => {
    const { look } = looked(check, lab({ "10": 15 }));
    expect((await look).observed).toBe(
      "-c 2: 20×200, 0×503 of 20; -c 3: 20×200, 0×503 of 20; -c 10: 5×200, 15×503 of 20; held back: 15",
    );
  });

  it("says when fortio made no call", async () => {
    const answer = (call: Call): string | { stderr: string } =>
      call.args.includes("load") ? { stderr: "no such host" } : lab({})(call);
    await expect(looked(check, answer).look).rejects.toThrow("fortio made no call: no such host");
  });
});
