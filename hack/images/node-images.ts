import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";

/** containerd inside a kind node; this namespace is the kubelet's. */
const ctr = ["ctr", "--namespace=k8s.io", "images"];

/**
 * Of these images, those that a kind node has not.
 * @param node name or id of its container
 * @throws UserError when the node does not answer
 */
export async function missingIn(node: string, names: readonly string[]): Promise<string[]> {
  const listed = await execa("docker", ["exec", node, ...ctr, "list", "--quiet"], {
    reject: false,
  });
  if (listed.exitCode !== 0) {
    throw new UserError(
      `the kind node ${node} can't be asked for its images: ${listed.stderr.trim()}. ` +
        "Is the container engine up? npm run doctor tells, npm run up mends a lost cluster",
    );
  }
  const there = new Set(listed.stdout.split("\n"));
  return names.filter((name) => !there.has(name));
}

/**
 * Puts images of the container engine into a kind node, all in one go. A load that was cut is done again.
 * @throws UserError when the engine lacks one, or the node refuses them
 */
export async function loadInto(node: string, names: readonly string[]): Promise<void> {
  // Gigabytes: passed on, not kept.
  const loaded = await execa("docker", ["save", ...names], { reject: false, buffer: false }).pipe(
    // Unpacked here, not by the first pod.
    execa("docker", ["exec", "-i", node, ...ctr, "import", "--snapshotter=overlayfs", "-"], {
      reject: false,
    }),
  );
  if (loaded.exitCode === 0) return;
  throw new UserError(
    `loading ${names.join(", ")} into the kind node ${node} failed: ${loaded.stderr.slice(-1000)}`,
  );
}
