import { readFileSync } from "node:fs";
import type { Properties } from "../../hack/registry-only/plugins/property.ts";
import { revealAll } from "../../hack/registry-only/plugins/property.ts";
import type { Operation, Resource } from "../../hack/registry-only/plugins/provider.ts";

/** An operation that is no preview, is not cancelled and shows its lines to nobody. */
export function operation(given: Partial<Operation> = {}): Operation {
  const log = (): void => undefined;
  return { name: "it", preview: false, log, signal: new AbortController().signal, ...given };
}

/** What creating a resource gives, secrets unwrapped. */
export async function created(
  resource: Resource,
  inputs: Properties,
): Promise<Record<string, string> & { id: string }> {
  const { id, state } = await resource.create(inputs, operation());
  return { ...(revealAll(state) as Record<string, string>), id };
}

/** Whether a process runs; one that has ended and that nobody asked about yet does not. */
export function isRunning(pid: number): boolean {
  try {
    const [, state] = /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return state !== "Z";
  } catch {
    return false;
  }
}
