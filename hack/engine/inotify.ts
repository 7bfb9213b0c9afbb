import { constants } from "node:fs";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Phase } from "../toolchain/phase.ts";

/** What kind advises; with less, kubelet and containerd run out of watches. */
export const inotifyMinimum = { max_user_instances: 512, max_user_watches: 524_288 } as const;

/** The settings below their minimum, given their values; a value that can't be read is left alone. */
export function tooLow(
  values: Readonly<Record<keyof typeof inotifyMinimum, number | undefined>>,
): readonly (keyof typeof inotifyMinimum)[] {
  return names.filter((name) => (values[name] ?? Infinity) < inotifyMinimum[name]);
}

const names = Object.keys(inotifyMinimum) as (keyof typeof inotifyMinimum)[];

/**
 * Raises the kernel's inotify limits, where they are too low and this process may.
 * @param folder where the kernel shows them
 */
export function inotifyPhase(folder = "/proc/sys/fs/inotify"): Phase {
  const low = async (): Promise<readonly (keyof typeof inotifyMinimum)[]> => {
    const [instances, watches] = await Promise.all(names.map((name) => value(join(folder, name))));
    return tooLow({ max_user_instances: instances, max_user_watches: watches });
  };
  return {
    title: "raise the inotify limits",
    // Where it may not, set-up goes on: `npm run doctor` tells the user.
    done: async () => (await low()).length === 0 || !(await writable(folder)),
    run: async (report) => {
      for (const name of await low()) {
        report(`fs.inotify.${name} = ${inotifyMinimum[name]}`);
        await writeFile(join(folder, name), `${inotifyMinimum[name]}\n`);
      }
    },
  };
}

async function value(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? undefined : number;
}

async function writable(folder: string): Promise<boolean> {
  const checks = names.map((name) => access(join(folder, name), constants.W_OK));
  return Promise.all(checks).then(
    () => true,
    () => false,
  );
}
