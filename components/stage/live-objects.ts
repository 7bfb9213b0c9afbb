import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { askStage } from "./ask-stage.ts";
import { kinds } from "./kinds.ts";
import { objectKey, objectType } from "./object-key.ts";

const template =
  '{{range .items}}{{.apiVersion}} {{.kind}} {{with .metadata.namespace}}{{.}}/{{end}}{{.metadata.name}}{{"\\n"}}{{end}}';

/**
 * Keys of the objects of the stage that the cluster has now.
 * @returns undefined when it can't be asked: no cluster yet, no mesh yet, no kubectl
 */
export async function liveObjects(access: ClusterAccess): Promise<Set<string> | undefined> {
  const lines = await askStage(access, kinds.join(","), `go-template=${template}`);
  return lines === undefined
    ? undefined
    : new Set(lines.split("\n").filter(Boolean).map(keyOfLine));
}

/** `apps/v1 Deployment default/sleep` as `objectKey` writes it. */
function keyOfLine(line: string): string {
  const [apiVersion = "", kind = "", name = ""] = line.split(" ");
  return objectKey(objectType(apiVersion, kind), name);
}
