import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { LabOutputs } from "./scenarios/scenario.ts";
import { kinds } from "./stage/kinds.ts";

/** Arguments of {@link ProofRun}. */
export interface ProofRunArgs {
  /** What the stack is about to output: the runner reads nothing else of the program. */
  readonly outputs: pulumi.Input<Unwrapped<LabOutputs>>;
  /** Folders whose files the proof is about; a change in one runs it again. */
  readonly sources: readonly string[];
  /** Of what is proved, all that the outputs do not show, such as which cluster it is; nothing secret. */
  readonly deployed: pulumi.Input<unknown>;
}

type Unwrapped<T> = { readonly [K in keyof T]: pulumi.Input<T[K]> };

/**
 * The step's proof as the last resource of an `up`: it fails the `up` when the network does not do what the step
 * says, and runs again until it passes, and whenever scenario, step, outputs, manifests or what is deployed change.
 */
export class ProofRun extends pulumi.ComponentResource {
  constructor(name: string, args: ProofRunArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:proof:ProofRun", name, {}, opts);
    const prove =
      "sh components/stage/remove-leftovers.sh && node hack/proof/main.ts --outputs - --lines --no-disrupt --hold 2";
    const outputs = pulumi.output(args.outputs);
    new command.local.Command(
      `${name}-verify`,
      {
        create: prove,
        update: prove,
        stdin: pulumi.jsonStringify(args.outputs),
        environment: {
          SOURCES: hashOf(args.sources),
          DEPLOYED: pulumi.jsonStringify(args.deployed).apply(digest),
          KINDS: kinds.join(","),
          KEEP: outputs.objects.apply((objects) => objects.join("\n")),
          KUBECONFIG_FILE: outputs.kubeconfigPath,
          CONTEXT: outputs.kubeContext,
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** A hash of a text that may be long, where only whether it changed is of interest. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** One hash of the text of all files below the given paths, in a fixed order. */
export function hashOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    const files = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}
