import { execa } from "execa";

/** The filter's name in `.gitattributes`. */
export const filterName = "istio-lab-stack";

// POSIX sed, so that it works with the ones of Linux and macOS alike.
const settings = {
  [`filter.${filterName}.clean`]: "sed '/^encryptionsalt:/d'",
  [`filter.${filterName}.smudge`]: "cat",
};

/**
 * Makes git overlook the `encryptionsalt` line that Pulumi writes into the tracked stack file: it belongs
 * to this checkout's passphrase. Local to the checkout; does nothing outside a git checkout.
 */
export async function ensureGitFilter(folder: string): Promise<void> {
  const current = await git(
    folder,
    "config",
    "--local",
    "--get-regexp",
    `^filter\\.${filterName}\\.`,
  );
  // 1: no such setting; anything else: no git, or no checkout.
  if (current.exitCode !== 0 && current.exitCode !== 1) return;
  const lines = current.stdout.split("\n");
  for (const [name, value] of Object.entries(settings)) {
    if (!lines.includes(`${name} ${value}`)) await git(folder, "config", "--local", name, value);
  }
}

/**
 * Makes git notice that a stack file differs by nothing but its salt. Git takes a file of another size for
 * changed without asking the filter, until the file is added again; adding one that has no other change
 * stages nothing.
 */
export async function settleStackFile(folder: string, stack: string): Promise<void> {
  const file = `Pulumi.${stack}.yaml`;
  const [status, diff] = await Promise.all([
    git(folder, "status", "--porcelain", "--", file),
    git(folder, "diff", "--quiet", "--", file),
  ]);
  if (status.exitCode === 0 && status.stdout.startsWith(" M") && diff.exitCode === 0) {
    await git(folder, "add", "--", file);
  }
}

async function git(
  folder: string,
  ...args: string[]
): Promise<{ readonly exitCode?: number; readonly stdout: string }> {
  return execa("git", args, { cwd: folder, reject: false });
}
