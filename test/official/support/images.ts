import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { officialSupply } from "../../../components/supply.ts";
import { images, type ImageRole } from "../../../components/versions.ts";
import { buildPart } from "../../../hack/registry-only/build-part.ts";
import { dockerBuild } from "../../../hack/registry-only/docker.ts";
import { imageName, imagesOf } from "../../../hack/registry-only/image-names.ts";
import { neededParts } from "../../../hack/registry-only/needed-parts.ts";
import type { Part } from "../../../hack/registry-only/part.ts";
import { parts } from "../../../hack/registry-only/parts.ts";
import { partNamed } from "../../../hack/registry-only/recipe-hash.ts";
import { imagesByRole, partsOfRoles } from "../../../hack/registry-only/role-images.ts";
import { storeFolder } from "../../../hack/registry-only/store.ts";
import { cacheDir } from "../../../hack/toolchain/paths.ts";
import { registryProgram, writeRegistry } from "./programs.ts";

/** The node image of the simulation: a digest can't be imitated, so config names it by a tag. */
export const nodeImage = "docker.io/kindest/node:simulated";

/** The node of registry-only has all images inside; a real one has Kubernetes alone, and pulls the others. */
const plainParts: readonly Part[] = parts.map((part) =>
  part.recipe.kind === "node"
    ? { ...part, recipe: { ...part.recipe, bake: ["kubernetes-images"] } }
    : part,
);

/**
 * Puts Istio, the node and the images of these roles into the registry behind all places, under their official names.
 * What does not hang on the simulation's authority is kept for the next one.
 */
export async function fillRegistry(folder: string, roles: readonly ImageRole[]): Promise<void> {
  const wanted = ["node-image", "istio-images", ...partsOfRoles(roles)];
  for (const part of neededParts(wanted, plainParts)) {
    await buildPart(part, plainParts, () => undefined);
  }
  const pairs = officialNames(roles);
  const hash = createHash("sha256").update(JSON.stringify(pairs)).digest("hex").slice(0, 12);
  const kept = join(cacheDir, "test-official", `registry-${hash}`);
  await storeFolder(kept, (temporary) =>
    withRegistry(temporary, async (registry) => {
      for (const [own, official] of pairs) await push(own, `${registry}/${official}`);
    }),
  );
  // Only read from now on: links will do, where they can.
  const copy = ["-a", join(kept, "registry"), folder];
  const linked = await execa("cp", ["-l", ...copy], { reject: false });
  if (linked.exitCode !== 0) await execa("cp", copy);
  await withRegistry(folder, (registry) => pushNode(folder, `${registry}/${nodeImage}`));
}

/** Names of images: their own on this machine, and the official ones. */
function officialNames(roles: readonly ImageRole[]): readonly (readonly [string, string])[] {
  const istio = partNamed("istio-images", parts);
  const own = imagesByRole(parts);
  const { hub, tag } = officialSupply.istio;
  return [
    [plainNode(), "docker.io/kindest/node:plain"],
    ...["pilot", "proxyv2"].map(
      (name) => [imageName({ name }, istio, parts), `${hub}/${name}:${tag}`] as const,
    ),
    ...roles.map((role) => [own[role], images[role]] as const),
  ];
}

function plainNode(): string {
  const [name = ""] = imagesOf(partNamed("node-image", plainParts), plainParts);
  return name;
}

/** A node trusts what is in its image; it is for machines without CAP_SYS_RESOURCE as well. */
async function pushNode(folder: string, name: string): Promise<void> {
  const context = await mkdtemp(join(tmpdir(), "istio-lab-node-"));
  try {
    await copyFile(join(folder, "authority.crt"), join(context, "authority.crt"));
    const containerd = "/etc/containerd/config.toml";
    const dockerfile = [
      `FROM ${plainNode()}`,
      "COPY authority.crt /etc/ssl/certs/ca-certificates.crt",
      `RUN sed -i 's/restrict_oom_score_adj = false/restrict_oom_score_adj = true/' ${containerd}`,
      "",
    ];
    await writeFile(join(context, "Dockerfile"), dockerfile.join("\n"));
    await dockerBuild(context, name, {}, () => undefined);
    await pushTagged(name);
  } finally {
    await rm(context, { recursive: true });
  }
}

async function push(image: string, name: string): Promise<void> {
  await execa("docker", ["tag", image, name]);
  await pushTagged(name);
}

async function pushTagged(name: string): Promise<void> {
  try {
    await execa("docker", ["push", "--quiet", name]);
  } finally {
    await execa("docker", ["rmi", name]);
  }
}

/** Runs the registry on this machine while it is filled: engines take one on the loopback address without TLS. */
async function withRegistry(
  folder: string,
  work: (registry: string) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const program = await registryProgram();
  const server = spawn(program, ["serve", writeRegistry(folder, port)], { stdio: "ignore" });
  const ended = once(server, "exit");
  try {
    for (const deadline = Date.now() + 10_000; !(await answers(port));) {
      if (Date.now() > deadline) throw new Error("the registry does not answer");
      await setTimeout(50);
    }
    await work(`127.0.0.1:${port}`);
  } finally {
    server.kill();
    await ended;
  }
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/v2/`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
