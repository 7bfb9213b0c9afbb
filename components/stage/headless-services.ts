import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { askStage } from "./ask-stage.ts";
import { objectKey, objectName, objectType } from "./object-key.ts";

const serviceType = objectType("v1", "Service");

/** Keys of the stage's Services that are headless in the cluster now; none when it can't be asked. */
export async function headlessServices(access: ClusterAccess): Promise<Set<string>> {
  const list = await askStage(access, "services", "json");
  const { items } = JSON.parse(list ?? '{"items":[]}') as { items: Service[] };
  return new Set(
    items
      .filter(({ spec }) => spec.clusterIP === "None")
      .map(({ metadata }) => objectKey(serviceType, objectName(metadata))),
  );
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
