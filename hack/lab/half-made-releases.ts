import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

/** A Helm release whose creation was cut short. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: {
      readonly pending_operations?: readonly {
        readonly type: string;
        readonly resource: { readonly type: string; readonly inputs?: Partial<Release> };
      }[];
    };
  };
}

/**
 * The releases that Pulumi's local state knows as begun and not as made: a kill came in between.
 * @param text of a stack's file in the file backend
 */
export function halfMadeReleases(text: string): Release[] {
  const { checkpoint } = JSON.parse(text) as Checkpoint;
  return (checkpoint.latest?.pending_operations ?? [])
    .filter(({ type, resource }) => type === "creating" && resource.type.endsWith(":Release"))
    .map(({ resource }) => resource.inputs)
    .filter(
      (inputs): inputs is Release =>
        typeof inputs?.name === "string" && typeof inputs.namespace === "string",
    );
}

/**
 * Makes Helm forget the half-made releases of a stack, so that the next `up` can make them ("cannot re-use a name that
 * is still in use" otherwise); what they made of objects is taken over by it.
 * @param state folder of the file backend
 * @param env with which kubectl reaches the lab's cluster
 */
export async function forgetHalfMadeReleases(
  state: string,
  project: string,
  stack: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  let text: string;
  try {
    text = readFileSync(join(state, ".pulumi", "stacks", project, `${stack}.json`), "utf8");
  } catch {
    return;
  }
  for (const { name, namespace } of halfMadeReleases(text)) {
    const selector = `owner=helm,name=${name}`;
    const args = ["--request-timeout", "10s", "--namespace", namespace];
    // Where the cluster is gone too there is nothing to forget.
    await execa("kubectl", [...args, "delete", "secret", "--selector", selector], {
      env,
      reject: false,
    });
  }
}
