import type { ObjectCheck } from "../../../components/scenarios/checks/cluster.ts";
import { brief } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import { jsonFault, jsonObserved } from "../json-match.ts";
import type { Look } from "../poll.ts";

/** kubectl's arguments after `get`. */
export function getArguments(check: ObjectCheck): readonly string[] {
  return [
    check.resource,
    ...(check.name === undefined ? [] : [check.name]),
    ...(check.namespace === undefined ? [] : ["--namespace", check.namespace]),
    ...(check.selector === undefined ? [] : ["--selector", check.selector]),
  ];
}

interface KubernetesObject {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly annotations?: unknown };
  readonly items?: readonly KubernetesObject[];
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The document without what a Secret holds, for what is observed goes into reports. */
export function withoutSecrets(document: KubernetesObject): KubernetesObject {
  if (document.items !== undefined)
    return { ...document, items: document.items.map(withoutSecrets) };
  if (document.kind !== "Secret") return document;
  // Annotations too: kubectl apply keeps a copy of the whole object there.
  const metadata = { ...document.metadata, annotations: "hidden" };
  const hidden = Object.keys(document.data ?? {}).map((key) => [key, "hidden"] as const);
  return { ...document, metadata, data: Object.fromEntries(hidden) };
}

function isNotFound(stderr: string): boolean {
  return stderr.includes("Error from server (NotFound)");
}

/** Judges what `kubectl get` found; `document` is undefined where there is no object of that name. */
export function judgeObject(document: KubernetesObject | undefined, check: ObjectCheck): Look {
  const found = document?.items ?? (document === undefined ? [] : [document]);
  const names = brief(
    found.map(({ kind, metadata }) => `${kind ?? "?"}/${metadata?.name ?? "?"}`).join(", "),
    80,
  );
  const observed = found.length === 0 ? "nothing found" : names;
  if (check.absent)
    return found.length === 0
      ? { passed: true, observed }
      : { passed: false, observed, reason: "it must not be there" };
  // A list may be empty: its matches say what must be in it.
  if (document === undefined || (found.length === 0 && !check.expect?.length))
    return { passed: false, observed, reason: "nothing found" };
  const matches = check.expect ?? [];
  const seen = matches.length === 0 ? observed : jsonObserved(document, matches);
  for (const match of matches) {
    const reason = jsonFault(document, match);
    if (reason !== undefined) return { passed: false, observed: seen, reason };
  }
  return { passed: true, observed: seen };
}

/** Asks the Kubernetes API and judges what it answers. */
export async function lookAtObject({ cluster }: LiveLab, check: ObjectCheck): Promise<Look> {
  const args = ["get", ...getArguments(check), "-o", "json"];
  const { exitCode, stdout, stderr } = await cluster.kubectl(args);
  if (exitCode === 0)
    return judgeObject(withoutSecrets(JSON.parse(stdout) as KubernetesObject), check);
  if (check.name !== undefined && isNotFound(stderr)) return judgeObject(undefined, check);
  throw new Error(brief(stderr, 200));
}
