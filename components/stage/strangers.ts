import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { askStage } from "./ask-stage.ts";
import type { Stranger } from "./collisions.ts";
import { claimingKinds } from "./host-claims.ts";
import { stageLabel } from "./kinds.ts";

const resources = claimingKinds.map((kind) => `${kind.toLowerCase()}.v1.networking.istio.io`);

/** Objects of the cluster that claim hosts and are not on the stage; none when it can't be asked. */
export async function strangers(access: ClusterAccess): Promise<readonly Stranger[]> {
  const list = await askStage(access, resources.join(","), "json", `!${stageLabel}`);
  const { items } = JSON.parse(list ?? '{"items":[]}') as { items: Listed[] };
  return items.map(({ kind, metadata: { namespace, name, annotations = {} }, spec }) => ({
    kind,
    namespace,
    name,
    spec,
    // Everything the lab makes has one, see background-deletion.ts.
    byPulumi: Object.keys(annotations).some((key) => key.startsWith("pulumi.com/")),
  }));
}

interface Listed extends Pick<Stranger, "kind" | "spec"> {
  readonly metadata: Pick<Stranger, "namespace" | "name"> & {
    readonly annotations?: Readonly<Record<string, string>>;
  };
}
