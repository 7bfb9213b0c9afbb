import type { Look } from "./look.ts";
import type { Notes } from "./notes.ts";
import { hasWrongSidecar, wantsSidecar, type WorkloadSpec } from "./sidecars.ts";

interface Workload {
  readonly spec: WorkloadSpec;
  readonly namespace: string;
}

/**
 * Pods of the lab's workloads, as far as their sidecars go: injection happens as a pod is made, so one that was made
 * while its namespace's label was off keeps without. Such workloads' pods are made anew.
 */
export class WorkloadPods {
  /** Names of the namespaces whose pods get a sidecar; complete once the program ran. */
  readonly injecting = new Set<string>();
  readonly #notes: Notes;
  readonly #look: Look | undefined;
  readonly #workloads = new Map<string, Workload>();

  constructor(notes: Notes, look: Look | undefined) {
    this.#notes = notes;
    this.#look = look;
  }

  /** How often each workload's pods were made anew, this time included. */
  get rolled(): Readonly<Record<string, number>> {
    const counts = [...this.#workloads].map(
      ([key, workload]) => [key, this.#rolledOf(key, workload)] as const,
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  /** Keys of those that it happens to this time. */
  get wrong(): readonly string[] {
    return [...this.#workloads].filter((entry) => this.#isWrong(...entry)).map(([key]) => key);
  }

  /** Whether each workload's pods get a sidecar; complete once the program ran. */
  get sidecars(): Readonly<Record<string, boolean>> {
    const wanted = [...this.#workloads].map(
      ([key, { spec, namespace }]) =>
        [key, wantsSidecar(spec, this.injecting.has(namespace)) === true] as const,
    );
    return Object.fromEntries(wanted);
  }

  /** An object as it is registered: a workload has another pod template for each time its pods are made anew. */
  transformed<T extends { readonly spec?: WorkloadSpec }>(
    key: string,
    namespace: string | undefined,
    props: T,
  ): T {
    const { spec } = props;
    if (!spec?.template || !namespace || wantsSidecar(spec, false) === undefined) return props;
    const workload = { spec, namespace };
    this.#workloads.set(key, workload);
    const count = this.#rolledOf(key, workload);
    if (count === 0) return props;
    const { metadata, ...template } = spec.template;
    const annotations = { ...metadata?.annotations, "istio-lab/rolled": String(count) };
    const rolled = { ...template, metadata: { ...metadata, annotations } };
    return { ...props, spec: { ...spec, template: rolled } };
  }

  #rolledOf(key: string, workload: Workload): number {
    return (this.#notes.rolled[key] ?? 0) + (this.#isWrong(key, workload) ? 1 : 0);
  }

  #isWrong(key: string, { spec, namespace }: Workload): boolean {
    const wanted = this.#notes.sidecars[key];
    if (wanted === undefined || this.#look === undefined) return false;
    return hasWrongSidecar(spec, namespace, wanted, this.#look.pods);
  }
}
