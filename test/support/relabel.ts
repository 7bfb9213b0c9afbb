import type { Relabeling } from "../../components/addons/prometheus-config.ts";

/** A series as Prometheus scrapes it: its name is the label `__name__`. */
export type Labels = Readonly<Record<string, string>>;

interface Rule {
  readonly action?: string;
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex: string;
  readonly target_label?: string;
  readonly replacement?: string;
}

/**
 * What `metric_relabel_configs` make of a series, for the two actions that the lab uses.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export function relabel(series: Labels, rules: readonly Relabeling[]): Labels {
  let labels = new Map(Object.entries(series));
  for (const rule of rules as unknown as readonly Rule[]) {
    const regex = new RegExp(`^(?:${rule.regex})$`, "s");
    if (rule.action === "labeldrop") {
      labels = new Map([...labels].filter(([name]) => !regex.test(name)));
      continue;
    }
    if (rule.action !== undefined) throw new Error(`no action "${rule.action}" here`);
    const joined = (rule.source_labels ?? [])
      .map((name) => labels.get(name) ?? "")
      .join(rule.separator ?? ";");
    if (!regex.test(joined)) continue;
    const value = joined.replace(regex, rule.replacement ?? "$1");
    // A label without a value is no label.
    if (value === "") labels.delete(rule.target_label ?? "");
    else labels.set(rule.target_label ?? "", value);
  }
  return Object.fromEntries([...labels].filter(([, value]) => value !== ""));
}
