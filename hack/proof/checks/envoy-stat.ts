import type { EnvoyStatCheck } from "../../../components/scenarios/checks/telemetry.ts";
import { boundsFault, brief } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";

/** The command that asks a proxy, in its own container. */
export function statCommand(check: EnvoyStatCheck): readonly string[] {
  return ["pilot-agent", "request", "GET", `stats?filter=${encodeURIComponent(check.stat)}`];
}

/** Counters and gauges in what Envoy's admin port printed; histograms and texts are left out. */
export function parseStats(
  text: string,
): readonly { readonly name: string; readonly value: number }[] {
  return [...text.matchAll(/^(.+): (\d+)$/gm)].map(([, name = "", value]) => ({
    name,
    value: Number(value),
  }));
}

/** Judges what the proxies of the app's pods printed, one text a pod. */
export function judgeStats(texts: readonly string[], check: EnvoyStatCheck): Look {
  if (texts.length === 0)
    return {
      passed: false,
      observed: "no proxy",
      reason: `no Ready pod labelled app=${check.app}`,
    };
  const stats = texts.flatMap(parseStats);
  const sum = stats.reduce((total, { value }) => total + value, 0);
  const observed = `${sum} in ${stats.length} statistics of ${texts.length} pods`;
  const reason = boundsFault("sum", sum, check);
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/** Asks the proxy of every Ready pod of the app and judges the sum. */
export async function lookAtEnvoyStat({ cluster }: LiveLab, check: EnvoyStatCheck): Promise<Look> {
  const namespace = check.namespace ?? "default";
  const pods = await cluster.readyPods(namespace, `app=${check.app}`);
  const texts = await Promise.all(
    pods.map(async ({ metadata }) => {
      const place = ["--namespace", namespace, metadata.name, "--container", "istio-proxy"];
      const ran = await cluster.kubectl(["exec", ...place, "--", ...statCommand(check)]);
      if (ran.exitCode !== 0) throw new Error(brief(ran.stderr, 200));
      return ran.stdout;
    }),
  );
  return judgeStats(texts, check);
}
