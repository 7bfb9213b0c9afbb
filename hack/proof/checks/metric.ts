import type { MetricCheck } from "../../../components/scenarios/checks/telemetry.ts";
import { brief } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";

/** The part of Prometheus's answer to an instant query that is read here. */
export interface QueryAnswer {
  readonly status: string;
  readonly error?: string;
  readonly data?: {
    readonly resultType: string;
    readonly result:
      readonly { readonly value: readonly [number, string] }[] | readonly [number, string];
  };
}

/** Path of a query on the Kubernetes API's proxy: nothing has to be installed in a pod for it. */
export function queryPath(query: string): string {
  const service = "/api/v1/namespaces/istio-system/services/prometheus:9090/proxy";
  return `${service}/api/v1/query?query=${encodeURIComponent(query)}`;
}

function valuesOf({ data }: QueryAnswer): readonly number[] {
  if (data === undefined) return [];
  const series =
    data.resultType === "vector"
      ? (data.result as readonly { readonly value: readonly [number, string] }[]).map(
          ({ value }) => value,
        )
      : [data.result as readonly [number, string]];
  return series.map(([, value]) => Number(value));
}

/** Judges the answer to a query. */
export function judgeMetric(answer: QueryAnswer, check: MetricCheck): Look {
  if (answer.status !== "success")
    return {
      passed: false,
      observed: `error: ${brief(answer.error ?? answer.status)}`,
      reason: "Prometheus refused the query",
    };
  const values = valuesOf(answer);
  const sum = values.reduce((total, value) => total + value, 0);
  const observed = values.length === 0 ? "no series" : `${sum} in ${values.length} series`;
  if (check.absent && values.some((value) => value !== 0))
    return { passed: false, observed, reason: "there is such a series" };
  // Written so that NaN does not pass.
  if (check.above !== undefined && !(sum > check.above))
    return { passed: false, observed, reason: `${sum} is not above ${check.above}` };
  return { passed: true, observed };
}

/** Asks Prometheus and judges its answer. */
export async function lookAtMetric({ cluster }: LiveLab, check: MetricCheck): Promise<Look> {
  const { exitCode, stdout, stderr } = await cluster.kubectl([
    "get",
    "--raw",
    queryPath(check.query),
  ]);
  if (exitCode !== 0) throw new Error(brief(stderr, 200));
  return judgeMetric(JSON.parse(stdout) as QueryAnswer, check);
}
