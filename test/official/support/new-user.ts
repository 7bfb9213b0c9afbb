import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { copyCheckout, userEnvironment } from "../../../hack/lab/copy-checkout.ts";
import { cacheDir, root } from "../../../hack/toolchain/paths.ts";
import { storeFolder } from "../../../hack/registry-only/store.ts";
import { nodeImage } from "./images.ts";

/**
 * What a new user has: a fresh clone, nothing installed. npm's packages are not simulated: they come out of a cache that
 * was filled outside, once for each lock file.
 * @param home the user's
 */
export async function newUser(home: string): Promise<void> {
  const dev = await execa("git", ["show", "HEAD:Pulumi.dev.yaml"], { cwd: root });
  const stack = `${dev.stdout}\n  istio-lab:nodeImage: ${nodeImage}\n`;
  await copyCheckout(join(home, "istio-lab"), { dev: stack }, "none");
  const lock = await readFile(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  const cache = join(cacheDir, "test-official", `npm-${hash}`);
  await storeFolder(cache, fillCache);
  // Its own: npm writes to it.
  await cp(cache, join(home, ".npm"), { recursive: true });
}

async function fillCache(cache: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), "istio-lab-npm-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
      await cp(join(root, file), join(work, file));
    }
    await execa("npm", ["ci", "--cache", cache], {
      cwd: work,
      env: userEnvironment(process.env),
      extendEnv: false,
    });
  } finally {
    await rm(work, { recursive: true });
  }
}
