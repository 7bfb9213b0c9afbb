import { existsSync } from "node:fs";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { root } from "../toolchain/paths.ts";

/**
 * Copies what git has and would take to a folder, as a new user has it after `git clone`.
 * A git repository of its own, so that what works on the copy does not reach one around it.
 * @param folder absolute; made when it is not there
 * @param stacks text of `Pulumi.<name>.yaml` by stack name
 * @param packages whether npm's packages are those of this checkout, or none yet
 */
export async function copyCheckout(
  folder: string,
  stacks: Readonly<Record<string, string>>,
  packages: "shared" | "none" = "shared",
): Promise<void> {
  const { stdout } = await execa("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: root,
  });
  const files = stdout
    .split("\0")
    // In a copy of a copy the link to npm's packages is a file to git.
    .filter((file) => file !== "" && file !== "node_modules")
    // A file that was deleted and not yet committed is listed all the same.
    .filter((file) => existsSync(join(root, file)));
  for (const file of new Set(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  for (const [stack, text] of Object.entries(stacks)) {
    await writeFile(join(folder, `Pulumi.${stack}.yaml`), text);
  }
  if (packages === "shared") {
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  }
  await commitAll(folder);
}

/** The environment without what npm, vitest or the lab's own shell set in it. */
export function userEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const own = /^(npm_|PULUMI_|KUBECONFIG$|VITEST|NODE_ENV$|NODE_COMPILE_CACHE$)/;
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]),
    ),
  );
}

async function commitAll(folder: string): Promise<void> {
  const git = (...args: string[]): Promise<unknown> => execa("git", args, { cwd: folder });
  await git("init", "--quiet");
  await git("add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  await git(...author, "commit", "--quiet", "--message", "fresh checkout");
}
