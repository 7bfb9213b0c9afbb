import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { kinds, stageLabel } from "./kinds.ts";

const run = promisify(execFile);

/** How a cluster is reached by kubectl. */
export interface ClusterAccess {
  readonly kubeconfigPath: string;
  /** @default the kubeconfig's current one */
  readonly kubeContext?: string;
}

const template =
  '{{range .items}}{{.apiVersion}} {{.kind}} {{with .metadata.namespace}}{{.}}/{{end}}{{.metadata.name}}{{"\\n"}}{{end}}';

/**
 * Keys of the objects of the stage that the cluster has now.
 * @returns undefined when it can't be asked: no cluster yet, no mesh yet, no kubectl
 */
export async function liveObjects(access: ClusterAccess): Promise<Set<string> | undefined> {
  try {
    const { stdout } = await run(
      "kubectl",
      [
        ...["--kubeconfig", access.kubeconfigPath],
        ...(access.kubeContext === undefined ? [] : ["--context", access.kubeContext]),
        ...["--request-timeout", "15s", "get", kinds.join(","), "--all-namespaces"],
        ...["--selector", stageLabel, "--output", `go-template=${template}`],
      ],
      { timeout: 30_000, maxBuffer: 16_000_000 },
    );
    return new Set(stdout.split("\n").filter(Boolean).map(keyOfLine));
  } catch {
    return undefined;
  }
}

/** `apps/v1 Deployment default/sleep` as `objectKey` writes it. */
function keyOfLine(line: string): string {
  const [apiVersion = "", kind = "", name = ""] = line.split(" ");
  const [group = ""] = apiVersion.includes("/") ? apiVersion.split("/") : [];
  return `${group === "" ? kind : `${kind}.${group}`} ${name}`;
}
