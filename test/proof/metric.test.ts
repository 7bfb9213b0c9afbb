import { describe, expect, it } from "vitest";
import { judgeMetric } from "../../hack/proof/checks/metric.ts";
import type { QueryAnswer } from "../../hack/proof/checks/metric.ts";
import { looked } from "./look-once.ts";

describe("metric", () => {
  const vector = (...values: readonly string[]): QueryAnswer => ({
    status: "success",
    data: { resultType: "vector", result: values.map((value) => ({ value: [1, value] as const })) },
  });
  it.each([
    [vector("20", "3"), { above: 22 }, true, "23 in 2 series"],
    [vector("20", "3"), { above: 23 }, false, "23 in 2 series"],
    [vector(), { above: 0 }, false, "no series"],
    [vector("NaN"), { above: 0 }, false, "NaN in 1 series"],
    [vector(), { absent: true }, true, "no series"],
    [vector("0"), { absent: true }, true, "0 in 1 series"],
    [vector("1"), { absent: true }, false, "1 in 1 series"],
    [
      { status: "success", data: { resultType: "scalar", result: [1, "4"] } },
      { above: 3 },
      true,
      "4 in 1 series",
    ],
    [{ status: "error", error: "parse error" }, { absent: true }, false, "error: parse error"],
  ] as const)("row %#", (answer, bounds, passed, observed) => {
    const check = { kind: "metric", query: "up", ...bounds } as const;
    expect(judgeMetric(answer, check)).toMatchObject({ passed, observed });
  });

  it("asks Prometheus through the Kubernetes API; no answer is not an absent series", async () => {
    const check = { kind: "metric", query: 'up{a="b"}', absent: true } as const;
    const { look, commands } = looked(check, () => JSON.stringify(vector()));
    expect((await look).passed).toBe(true);
    expect(commands[0]?.args.slice(4)).toEqual([
      "get",
      "--raw",
      "/api/v1/namespaces/istio-system/services/prometheus:9090/proxy/api/v1/query?query=up%7Ba%3D%22b%22%7D",
    ]);
    const missing = { exitCode: 1, stderr: 'services "prometheus" not found' };
    await expect(looked(check, () => missing).look).rejects.toThrow(
      'services "prometheus" not found',
    );
  });
});
