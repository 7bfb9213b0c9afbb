import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";
import { readStackFile, type PendingOperation, type StackFile } from "./stack-file.ts";

/** A Helm release whose creation was cut short. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

interface Answer {
  readonly exitCode?: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Exported {
  readonly deployment: { readonly pending_operations?: readonly PendingOperation[] };
}

/** The creations that Pulumi's local state has as begun. Pulumi keeps them there, with a warning at every `up`. */
export function pendingCreations(file: StackFile): readonly PendingOperation[] {
  return file.pendingOperations.filter(({ type }) => type === "creating");
}

/** The Helm releases among them. */
export function halfMadeReleases(operations: readonly PendingOperation[]): readonly Release[] {
  return operations
    .filter(({ resource }) => resource.type.endsWith(":Release"))
    .map(({ resource }) => resource.inputs as Partial<Release> | undefined)
    .filter(
      (inputs): inputs is Release =>
        typeof inputs?.name === "string" && typeof inputs.namespace === "string",
    );
}

/**
 * Lets the next `up` make anew what a kill left half-made in the lab's own cluster: Helm forgets such releases ("cannot
 * re-use a name that is still in use" otherwise), and Pulumi that it had begun. What there is of objects is taken over.
 * @param state folder of the file backend
 * @param env of the lab, with which pulumi and kubectl reach it
 * @throws UserError when Pulumi's state can't be written
 */
export async function settlePendingCreations(
  state: string,
  project: string,
  stack: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  let file: StackFile | undefined;
  try {
    file = readStackFile(state, project, stack);
  } catch {
    // Pulumi itself says what is wrong with it.
    return;
  }
  const pending = file === undefined ? [] : pendingCreations(file);
  if (pending.length === 0) return;
  for (const { name, namespace } of halfMadeReleases(pending)) {
    const selector = `owner=helm,name=${name}`;
    const args = ["--request-timeout", "10s", "--namespace", namespace];
    // Where the cluster is gone too there is nothing to forget.
    await execa("kubectl", [...args, "delete", "secret", "--selector", selector], {
      env,
      reject: false,
    });
  }
  await forgetCreations(stack, env);
}

/** Secrets stay encrypted on the way out and in. */
async function forgetCreations(
  stack: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const pulumi = (args: readonly string[], input?: string): Promise<Answer> =>
    execa("pulumi", [...args, "--stack", stack, "--non-interactive"], {
      env,
      reject: false,
      ...(input === undefined ? {} : { input }),
    });
  const exported = await pulumi(["stack", "export"]);
  if (exported.exitCode === 0) {
    const whole = JSON.parse(exported.stdout) as Exported;
    const left = whole.deployment.pending_operations?.filter(({ type }) => type !== "creating");
    const settled = { ...whole, deployment: { ...whole.deployment, pending_operations: left } };
    const imported = await pulumi(["stack", "import"], JSON.stringify(settled));
    if (imported.exitCode === 0) return;
  }
  throw new UserError(
    `what a killed run had begun is still in the state of stack "${stack}", and it can't be cleared: ${exported.stderr.trim()}; ` +
      "pulumi refresh --clear-pending-creates does it by hand",
  );
}
