import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa, type ResultPromise } from "execa";
import { root } from "../../../hack/toolchain/paths.ts";

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
  /** Runs a command in a shell after `eval "$(npm run -s env)"`. */
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
  const { stdout } = await execa("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of new Set(stdout.split("\0").filter(Boolean))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  for (const [stack, text] of Object.entries(stacks)) {
    await writeFile(join(folder, `Pulumi.${stack}.yaml`), text);
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await commitAll(folder);
  const run: Checkout["run"] = async (command, args, env = {}) => {
    const result = await execa(command, args, options(folder, env));
    return { exitCode: result.exitCode ?? 130, output: result.all, stdout: result.stdout };
  };
  return {
    folder,
    run,
    inLab: (command, env) => run("bash", ["-c", `eval "$(npm run -s env)" && ${command}`], env),
    start: (command, args, env = {}) =>
      execa(command, args, { ...options(folder, env), detached: true }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function options(folder: string, env: Record<string, string>) {
  return {
    cwd: folder,
    env: { ...userEnvironment(), ...env },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: "ignore",
  } as const;
}

/** The environment without what `npm test` set for itself. */
function userEnvironment(): Record<string, string> {
  const own = /^(npm_|PULUMI_|KUBECONFIG$|VITEST|NODE_ENV$|NODE_COMPILE_CACHE$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]),
    ),
  );
}

async function commitAll(folder: string): Promise<void> {
  const git = (...args: string[]) => execa("git", args, { cwd: folder });
  await git("init", "--quiet");
  await git("add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  await git(...author, "commit", "--quiet", "--message", "fresh checkout");
}
