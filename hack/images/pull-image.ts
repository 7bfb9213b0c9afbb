import { execa } from "execa";
import { PassingFault, patiently, whileDown } from "../toolchain/patience.ts";
import { UserError } from "../toolchain/phase.ts";
import { pullFault } from "./pull-fault.ts";

/** What `docker pull` prints of a layer where its output is no terminal. */
const layerLine =
  /^[0-9a-f]{12}: (Pulling fs layer|Waiting|Verifying Checksum|Download complete|Pull complete|Already exists)/;

/**
 * Pulls an image into the container engine, with the user's own logins, mirrors and proxies. A registry that is away
 * for a moment is asked again for a while; how long a pull takes does not matter.
 * @param report gets one progress line, replacing the last
 * @param againMs the pause before the first new try, in milliseconds; tests have less
 * @throws UserError in one line when the registry refuses it, or stays away
 */
export function pullImage(
  image: string,
  report: (line: string) => void,
  againMs?: number,
): Promise<void> {
  return patiently(() => pullOnce(image, report), report, againMs);
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
  if (fault !== undefined) throw new UserError(fault);
  throw new PassingFault(`${image}: ${said}. Run it again when the registry is back.`, whileDown);
}
