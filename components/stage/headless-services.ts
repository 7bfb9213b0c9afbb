import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { stageLabel } from "./kinds.ts";
import type { ClusterAccess } from "./live-objects.ts";
import { objectKey, objectName } from "./object-key.ts";

const run = promisify(execFile);
const serviceType = "kubernetes:core/v1:Service";

/** Keys of the stage's Services that are headless in the cluster now; none when it can't be asked. */
export async function headlessServices(access: ClusterAccess): Promise<Set<string>> {
  try {
    const { stdout } = await run(
      "kubectl",
      [
        ...["--kubeconfig", access.kubeconfigPath],
        ...(access.kubeContext === undefined ? [] : ["--context", access.kubeContext]),
        ...["--request-timeout", "15s", "get", "services", "--all-namespaces"],
        ...["--selector", stageLabel, "--output", "json"],
      ],
      { timeout: 30_000, maxBuffer: 16_000_000 },
    );
    const { items } = JSON.parse(stdout) as { items: Service[] };
    return new Set(
      items
        .filter(({ spec }) => spec.clusterIP === "None")
        .map(({ metadata }) => objectKey(serviceType, objectName(metadata))),
    );
  } catch {
    return new Set();
  }
}

interface Service {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly clusterIP?: string };
}

/** True for a Service that is headless in the cluster and is not to be, or the other way round. */
export function turnsHeadless(
  type: string,
  key: string,
  props: object,
  now: { readonly live: ReadonlySet<string> | undefined; readonly headless?: ReadonlySet<string> },
): boolean {
  if (type !== serviceType || !now.live?.has(key) || now.headless === undefined) return false;
  const { spec } = props as { readonly spec?: { readonly clusterIP?: unknown } };
  return (spec?.clusterIP === "None") !== now.headless.has(key);
}
