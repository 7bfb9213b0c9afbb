import { describe, expect, it } from "vitest";
import type { DeliveryCheck } from "../../components/scenarios/checks/delivery.ts";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import type { LoadCheck } from "../../components/scenarios/checks/load.ts";
import type { Check } from "../../components/scenarios/expectation.ts";
import { judgeDelivery } from "../../hack/proof/checks/delivery.ts";
import { judgeAnswers } from "../../hack/proof/checks/http.ts";
import { judgeLoad } from "../../hack/proof/checks/load.ts";
import type { Result } from "../../hack/proof/run-proof.ts";
import { chartsOf } from "../../hack/tour/charts.ts";
import type { Chart } from "../../hack/tour/charts.ts";

/** The charts of a row with this check, of which the proof said this. */
function charts(
  check: Check,
  observed: string,
  status: Result["status"] = "passed",
): readonly Chart[] {
  const row = { name: "split", expected: "", check };
  const result = { name: "split", expected: "", observed, reason: "", tries: 1, seconds: 1 };
  return chartsOf([row], [{ ...result, status }]);
}

const answer = (body: string): Parameters<typeof judgeAnswers>[0][number] => ({
  exit: 0,
  error: "",
  status: 200,
  httpVersion: "1.1",
  headers: {},
  body,
  seconds: 1.25,
});

describe("chartsOf calls", () => {
  const call = { kind: "http", caller: { from: "host" }, url: "http://localhost/" } as const;
  const check: HttpCheck = {
    ...call,
    times: 3,
    expect: { status: [200], seconds: { atLeast: 0.5, atMost: 2 } },
    shares: [
      { text: "reviews-v1", atLeast: 1, atMost: 3 },
      { text: '"podname": "reviews-v2-', atLeast: 0, atMost: 0 },
    ],
  };
  const { observed } = judgeAnswers(
    [answer("reviews-v1"), answer("reviews-v1"), answer("x")],
    check,
  );

  it("reads shares and times from the words of the proof itself", () => {
    expect(charts(check, observed)).toEqual([
      {
        row: "split",
        unit: "answers",
        bars: [
          { label: "reviews-v1", value: 2, whole: 3, atLeast: 1, atMost: 3 },
          { label: "reviews-v2", value: 0, whole: 3, atLeast: 0, atMost: 0 },
        ],
      },
      {
        row: "split",
        unit: "seconds",
        bars: [{ label: "one call", value: 1.25, whole: 2.4, atLeast: 0.5, atMost: 2 }],
      },
    ]);
  });

  it("draws traffic that all goes one way, and no few calls", () => {
    const all: HttpCheck = { ...call, times: 10, expect: { body: { contains: ["v1"] } } };
    const answers = Array.from({ length: 10 }, (_, at) => answer(at < 8 ? "v1" : "v2"));
    expect(charts(all, judgeAnswers(answers, all).observed, "failed")).toEqual([
      {
        row: "split",
        unit: "answers",
        bars: [{ label: "as expected", value: 8, whole: 10, atLeast: 10, atMost: 10 }],
      },
    ]);
    const few = { ...all, times: 3 };
    expect(charts(few, judgeAnswers(answers.slice(0, 3), few).observed)).toEqual([]);
  });

  it("has none for a row that was skipped, or saw no answer", () => {
    expect(charts(check, observed, "skipped")).toEqual([]);
    expect(charts(check, "exit 7: connection refused", "failed")).toEqual([]);
  });
});

describe("chartsOf a load test", () => {
  const check: LoadCheck = {
    kind: "load",
    in: { app: "fortio" },
    url: "http://httpbin:8000/get",
    calls: 20,
    connections: [2, 3],
    otherwise: 10,
    heldBack: "overflow",
  };

  it("is the refusals of each run: no smaller a share than before, and some in the last", () => {
    const run = (
      connections: number,
      refused: number,
    ): Parameters<typeof judgeLoad>[0][number] => ({
      ...{ connections, calls: 20, passed: 20 - refused, refused },
    });
    const bars = (...runs: Parameters<typeof judgeLoad>[0]): unknown =>
      charts(check, judgeLoad(runs, 1).observed)[0]?.bars;
    expect(bars(run(2, 3), run(3, 7))).toEqual([
      { label: "503 with -c 2", value: 3, whole: 20 },
      { label: "503 with -c 3", value: 7, whole: 20, atLeast: 3 },
    ]);
    expect(bars(run(2, 0), run(3, 0), run(10, 2))).toEqual([
      { label: "503 with -c 2", value: 0, whole: 20 },
      { label: "503 with -c 3", value: 0, whole: 20, atLeast: 0 },
      { label: "503 with -c 10", value: 2, whole: 20, atLeast: 1 },
    ]);
  });
});

describe("chartsOf a delivery", () => {
  const check: DeliveryCheck = {
    kind: "delivery",
    caller: { from: "host" },
    url: "http://httpbin:8000/headers",
    arrivals: [
      { app: "httpbin", version: "v1", container: "httpbin", times: 1 },
      { app: "httpbin", version: "v2", container: "httpbin", times: 0 },
    ],
  };
  const bars = (...counts: number[][]): unknown =>
    charts(check, judgeDelivery([200, 200, 200], counts, check).observed).flatMap(
      (chart) => chart.bars,
    );

  it("is how many of the requests arrived at each workload", () => {
    expect(bars([1, 1, 1], [0, 0, 0])).toEqual([
      { label: "httpbin-v1", value: 3, whole: 3, atLeast: 3, atMost: 3 },
      { label: "httpbin-v2", value: 0, whole: 3, atLeast: 0, atMost: 0 },
    ]);
  });

  it("has no bar where some arrived and some did not", () => {
    expect(bars([1, 1, 1], [0, 1, 0])).toEqual([
      { label: "httpbin-v1", value: 3, whole: 3, atLeast: 3, atMost: 3 },
    ]);
  });
});

describe("chartsOf other checks", () => {
  it("has none: a counter is no share", () => {
    expect(charts({ kind: "metric", query: "up", above: 0 }, "96 in 5 series")).toEqual([]);
  });
});
