import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type ResultPromise } from "execa";
import { copyCheckout, userEnvironment } from "../../../hack/lab/copy-checkout.ts";

/** What a command left behind. */
export interface Ran {
  readonly exitCode: number;
  /** stdout and stderr as they came. */
  readonly output: string;
  readonly stdout: string;
}

/** A fresh copy of this checkout in a folder of its own, as a new user has it after `git clone`. */
export interface Checkout {
  readonly folder: string;
  /** Runs a command in it as a user's shell would. */
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<Ran>;
  /** Runs a command in a shell after `eval "$(npm run -s env)"`, which is asked once, as in a shell that stays open. */
  inLab(command: string, env?: Record<string, string>): Promise<Ran>;
  /** Starts a command without waiting for it, in a process group of its own. */
  start(command: string, args: readonly string[], env?: Record<string, string>): ResultPromise;
  remove(): Promise<void>;
}

/**
 * Copies what git has and would take; npm's packages are shared.
 * @param stacks text of `Pulumi.<name>.yaml` by stack name
 */
export async function freshCheckout(stacks: Readonly<Record<string, string>>): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), "istio-lab-"));
  await copyCheckout(folder, stacks);
  const run: Checkout["run"] = async (command, args, env = {}) => {
    const result = await execa(command, args, options(folder, env));
    return { exitCode: result.exitCode ?? 130, output: result.all, stdout: result.stdout };
  };
  const shells = new Map<string, Promise<string>>();
  const shellOf = (env: Record<string, string>): Promise<string> => {
    const key = JSON.stringify(env);
    const asked = shells.get(key) ?? exportsOf(run("npm", ["run", "-s", "env"], env));
    shells.set(key, asked);
    return asked;
  };
  return {
    folder,
    run,
    inLab: async (command, env = {}) =>
      run("bash", ["-c", `${await shellOf(env)}\n${command}`], env),
    start: (command, args, env = {}) =>
      execa(command, args, { ...options(folder, env), detached: true }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function exportsOf(asked: Promise<Ran>): Promise<string> {
  const { exitCode, output, stdout } = await asked;
  if (exitCode !== 0) throw new Error(`npm run env: ${output}`);
  return stdout;
}

function options(
  folder: string,
  env: Record<string, string>,
): {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly extendEnv: false;
  readonly reject: false;
  readonly all: true;
  readonly stdin: "ignore";
} {
  return {
    cwd: folder,
    env: { ...userEnvironment(process.env), ...env },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: "ignore",
  };
}
