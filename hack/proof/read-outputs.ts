import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { UserError } from "../toolchain/phase.ts";
import { brief } from "./brief-text.ts";
import { runProcess } from "./run-process.ts";

const noLab = "no lab is up here: build one with `npm run up`, then prove it with `npm run verify`";

/** What every proof needs; scenarios may read more. */
const outputsSchema = z.looseObject({
  scenario: z.string(),
  step: z.string(),
  kubeconfigPath: z.string(),
  kubeContext: z.string(),
  gatewayAddress: z.string(),
  hosts: z.array(z.string()),
  supply: z.looseObject({
    kind: z.string(),
    limits: z.record(z.string(), z.string()),
    parts: z.record(z.string(), z.string()),
  }),
});

/**
 * Stack outputs as the proof reads them.
 * @param where such as "pulumi stack output", for the message
 * @throws UserError where they are not those of a lab
 */
export function parseOutputs(json: string, where: string): LabOutputs {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    throw new UserError(`${where} is not JSON: ${brief(json, 60)}`);
  }
  if (typeof document === "object" && document !== null && Object.keys(document).length === 0)
    throw new UserError(noLab);
  const checked = outputsSchema.safeParse(document);
  if (checked.success) return checked.data as unknown as LabOutputs;
  const faults = checked.error.issues.map(
    ({ path, message }) => `  ${path.join(".") || "(whole)"}: ${message}`,
  );
  throw new UserError(
    [`${where}: these are not the outputs of a finished lab`, ...faults, noLab].join("\n"),
  );
}

async function fromPulumi(checkout: string): Promise<string> {
  const ran = await runProcess("pulumi", ["stack", "output", "--json"], {
    cwd: checkout,
    timeoutSeconds: 120,
    // Not a client of the lab: backend, passphrase and the way there are the user's.
    env: process.env,
  }).catch((error: unknown) => {
    throw new UserError(`${(error as Error).message}\nrun \`npm run verify\`, which finds pulumi`);
  });
  if (ran.exitCode === 0) return ran.stdout;
  throw new UserError(`pulumi stack output: ${brief(ran.stderr, 300)}\n${noLab}`);
}

/**
 * Reads the outputs of the lab: those of the selected stack, a file's, or stdin's.
 * @param from undefined, a path or "-"
 * @param checkout folder of Pulumi.yaml
 * @throws UserError when there is no lab
 */
export async function readOutputs(from: string | undefined, checkout: string): Promise<LabOutputs> {
  if (from === undefined) return parseOutputs(await fromPulumi(checkout), "pulumi stack output");
  if (from === "-") return parseOutputs(await text(process.stdin), "stdin");
  const json = await readFile(from, "utf8").catch((error: unknown) => {
    throw new UserError(`--outputs ${from} can't be read: ${(error as Error).message}`);
  });
  return parseOutputs(json, from);
}
