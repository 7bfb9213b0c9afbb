import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";

/** containerd inside a kind node; this namespace is the kubelet's. */
const ctr = ["ctr", "--namespace=k8s.io", "images"];

/**
 * Of these images, those that a node of a kind cluster has not.
 * @param node name of the container of any of its nodes
 * @throws UserError when a node does not answer
 */
export async function missingIn(node: string, names: readonly string[]): Promise<string[]> {
  const missing = await Promise.all(
    (await nodesBeside(node)).map((each) => missingInNode(each, names)),
  );
  return names.filter((name) => missing.some((those) => those.includes(name)));
}

/** Containers of all nodes of a node's cluster; the node alone where the engine does not know it. */
async function nodesBeside(node: string): Promise<readonly string[]> {
  const label = "io.x-k8s.kind.cluster";
  const format = `{{.Names}} {{.Label "${label}"}}`;
  const listed = await execa("docker", ["ps", "--filter", `label=${label}`, "--format", format], {
    reject: false,
  });
  const nodes = listed.stdout.split("\n").map((line) => line.split(" "));
  const cluster = nodes.find(([name]) => name === node)?.[1];
  return cluster === undefined
    ? [node]
    : nodes.flatMap(([name = "", its]) => (its === cluster ? [name] : []));
}

/**
 * Of these images, those that one kind node has not.
 * @param node name or id of its container
 * @throws UserError when it does not answer
 */
async function missingInNode(node: string, names: readonly string[]): Promise<string[]> {
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
 * Puts images of the container engine into all nodes of a kind cluster, all in one go. A load that was cut is done again.
 * @param node name of the container of any of its nodes
 * @throws UserError when the engine lacks one, or a node refuses them
 */
export async function loadInto(node: string, names: readonly string[]): Promise<void> {
  const platform = await onePlatform();
  for (const each of await nodesBeside(node)) await loadIntoNode(each, names, platform);
}

async function loadIntoNode(
  node: string,
  names: readonly string[],
  platform: readonly string[],
): Promise<void> {
  // Gigabytes: passed on, not kept.
  const loaded = await execa("docker", ["save", ...platform, ...names], {
    reject: false,
    buffer: false,
  }).pipe(
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

/**
 * With containerd's image store, Docker 29's usual one, the engine knows of all platforms of an image and has the layers
 * of one: that one is asked for, or the node misses the others.
 * @see https://github.com/kubernetes-sigs/kind/issues/3795
 */
async function onePlatform(): Promise<readonly string[]> {
  const format = "{{json .DriverStatus}} {{.OSType}}/{{.Architecture}}";
  const { stdout } = await execa("docker", ["info", "--format", format], { reject: false });
  const platform = stdout.trim().split(" ").at(-1);
  return stdout.includes("io.containerd.snapshotter") && platform ? ["--platform", platform] : [];
}
