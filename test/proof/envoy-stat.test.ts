import { describe, expect, it } from "vitest";
import { judgeStats, parseStats } from "../../hack/proof/checks/envoy-stat.ts";
import { pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";
import { looked } from "./look-once.ts";

describe("envoy-stat", () => {
  const printed =
    'cluster.a.upstream_rq_pending_overflow: 7\ncluster.a.rq_time: P0(nan,1) P25(nan,2)\ncluster.b.upstream_rq_pending_overflow: 2\nversion: "x"\n';

  it("reads counters and gauges alone", () => {
    expect(parseStats(printed)).toEqual([
      { name: "cluster.a.upstream_rq_pending_overflow", value: 7 },
      { name: "cluster.b.upstream_rq_pending_overflow", value: 2 },
    ]);
  });

  it.each([
    [[printed, printed], { atLeast: 18, atMost: 18 }, true, "18 in 4 statistics of 2 pods"],
    [[printed], { atLeast: 10 }, false, "9 in 2 statistics of 1 pods"],
    [[printed], { atMost: 8 }, false, "9 in 2 statistics of 1 pods"],
    [[""], { atMost: 0 }, true, "0 in 0 statistics of 1 pods"],
    [[], { atMost: 0 }, false, "no proxy"],
  ])("row %#", (texts, bounds, passed, observed) => {
    const check = { kind: "envoy-stat", app: "a", stat: "x", ...bounds } as const;
    expect(judgeStats(texts, check)).toMatchObject({ passed, observed });
  });

  it("asks the proxy of every pod", async () => {
    const check = { kind: "envoy-stat", app: "a", stat: "^server\\.live$", atLeast: 18 } as const;
    const pods = JSON.stringify({ items: [pod("a-0"), pod("a-1")] });
    const answer = ({ args }: Call): string => (args.includes("exec") ? printed : pods);
    const { look, commands } = looked(check, answer);
    expect((await look).passed).toBe(true);
    expect(commands.at(-1)?.args.slice(4).join(" ")).toBe(
      "exec --namespace default a-1 --container istio-proxy -- pilot-agent request GET stats?filter=%5Eserver%5C.live%24",
    );
  });
});
