import { execa } from "execa";
import pRetry, { AbortError } from "p-retry";
import { UserError } from "../toolchain/phase.ts";
import { pullFault } from "./pull-fault.ts";

/** How a registry that is away for a moment is asked again: after 2, 4, 8, 16, 30 and 30 s, so for a minute and a half. */
const patience = { retries: 6, minTimeout: 2_000, factor: 2, maxTimeout: 30_000 } as const;

/** What `docker pull` prints of a layer where its output is no terminal. */
const layerLine =
  /^[0-9a-f]{12}: (Pulling fs layer|Waiting|Verifying Checksum|Download complete|Pull complete|Already exists)/;

/**
 * Pulls an image into the container engine, with the user's own logins, mirrors and proxies. A registry that is away
 * for a moment is asked again; how long a pull takes does not matter.
 * @param report gets one progress line, replacing the last
 * @throws UserError in one line when the registry refuses it, or stays away
 */
export async function pullImage(
  image: string,
  report: (line: string) => void,
  retry: { readonly retries: number; readonly minTimeout: number } = patience,
): Promise<void> {
  await pRetry(() => pullOnce(image, report), {
    ...retry,
    onFailedAttempt: ({ error, retriesLeft }) => {
      if (retriesLeft > 0) report(`${image}: ${error.message}: once more`);
    },
  }).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${image}: ${(error as Error).message}: given up. Run it again when the registry is back`,
    );
  });
}

async function pullOnce(image: string, report: (line: string) => void): Promise<void> {
  const layers = new Map<string, boolean>();
  report(`${image}: ask for it`);
  const running = execa("docker", ["pull", image], { stdin: "ignore", reject: false });
  for await (const line of running) {
    const state = layerLine.exec(line)?.[1];
    if (state === undefined) continue;
    layers.set(line.slice(0, 12), state === "Pull complete" || state === "Already exists");
    const done = [...layers.values()].filter(Boolean).length;
    report(`${image}: ${done} of ${layers.size} layers`);
  }
  const result = await running;
  if (result.exitCode === 0) return;
  const said = result.stderr.trim().split("\n").at(-1) ?? result.originalMessage ?? "no word";
  const fault = pullFault(image, said);
  if (fault !== undefined) throw new AbortError(new UserError(fault));
  throw new Error(said);
}
