import * as pulumi from "@pulumi/pulumi";
import { drain } from "./mocks.ts";

/** What index.ts exports. */
export type Program = Readonly<Record<string, pulumi.Output<unknown>>>;

/**
 * Runs index.ts below a root resource of its own, as Pulumi does, and waits until everything is registered. Mocks
 * must be set, and the modules reset since it was run last.
 * @throws what the program throws
 */
export async function runProgram(): Promise<Program> {
  let program: Program = {};
  let thrown: Error | undefined;
  await pulumi.runtime.runInPulumiStack(async () => {
    try {
      const { default: exported } = await import("../../index.ts");
      program = exported as unknown as Program;
    } catch (error) {
      // The root resource would throw it once more for everybody who waits for it.
      thrown = error as Error;
    }
    return {};
  });
  if (thrown) throw thrown;
  await drain();
  return program;
}
