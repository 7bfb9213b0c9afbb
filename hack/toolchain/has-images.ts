import { execa } from "execa";

/**
 * Whether the container engine has all of these images. What is asked at one moment goes to the engine as one question,
 * and only where one is missing again for each: starting the client takes longer than the answer.
 */
export async function hasImages(names: readonly string[]): Promise<boolean> {
  round ??= openRound();
  const mine = round;
  for (const name of names) mine.names.add(name);
  if (await mine.hasAll) return true;
  return mine.names.size > new Set(names).size && inspect(names);
}

interface Round {
  readonly names: Set<string>;
  readonly hasAll: Promise<boolean>;
}

let round: Round | undefined;

function openRound(): Round {
  const names = new Set<string>();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  setImmediate(() => {
    round = undefined;
    resolve(inspect([...names]));
  });
  return { names, hasAll: promise };
}

async function inspect(names: readonly string[]): Promise<boolean> {
  const found = await execa("docker", ["image", "inspect", "--format", "{{.Id}}", ...names], {
    reject: false,
  });
  return found.exitCode === 0;
}
