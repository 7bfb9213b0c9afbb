import { execa } from "execa";
import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { hasImages } from "../toolchain/has-images.ts";
import { UserError, type Phase } from "../toolchain/phase.ts";
import { runLive } from "../toolchain/run-live.ts";
import { missingInNode } from "./node-images.ts";

/** The images that every lab runs, besides the node's own: istiod and its proxies. */
export function istioImages({ istio }: Pick<Supply, "istio">): readonly string[] {
  return ["pilot", "proxyv2"].map((name) => `${istio.hub}/${name}:${istio.tag}`);
}

/**
 * The phases that get images from their registries into the container engine, and from there into a kind cluster; none
 * where all are there. A cluster has the images of Istio and of its nodes already.
 * @param cluster name of the kind cluster; without one the images are for the container engine alone
 */
export async function officialImagePhases(
  supply: Pick<Supply, "images" | "istio" | "nodeImage">,
  roles: readonly ImageRole[],
  cluster?: string,
): Promise<readonly Phase[]> {
  const names = roles.map((role) => supply.images[role]);
  if (cluster === undefined) {
    const all = [supply.nodeImage, ...istioImages(supply), ...names];
    return (await hasImages(all)) ? [] : all.map(pullPhase);
  }
  const missing = names.length === 0 ? [] : await missingInCluster(cluster, names);
  if (missing.length === 0) return [];
  return [...missing.map(pullPhase), kindLoadPhase(cluster, missing)];
}

function pullPhase(image: string): Phase {
  return {
    title: `pull ${image}`,
    done: () => hasImages([image]),
    run: (report) => runLive("docker", ["pull", image], { report }),
  };
}

function kindLoadPhase(cluster: string, images: readonly string[]): Phase {
  return {
    title: `load ${images.length === 1 ? "1 image" : `${images.length} images`} into ${cluster}`,
    done: async () => (await missingInCluster(cluster, images)).length === 0,
    run: (report) =>
      runLive("kind", ["load", "docker-image", "--name", cluster, ...images], { report }),
  };
}

/** Of these images, those that one of the cluster's nodes has not. */
async function missingInCluster(
  cluster: string,
  images: readonly string[],
): Promise<readonly string[]> {
  const listed = await execa("kind", ["get", "nodes", "--name", cluster], { reject: false });
  if (listed.exitCode !== 0) {
    throw new UserError(`kind can't list the nodes of ${cluster}: ${listed.stderr.trim()}`);
  }
  const nodes = listed.stdout.split("\n").filter(Boolean);
  const missing = await Promise.all(
    nodes.map((node) => missingInNode(node, images.map(asContainerd))),
  );
  return images.filter((image) => missing.flat().includes(asContainerd(image)));
}

/** containerd knows an image by its whole name: `docker.io/library/nginx:1` for Docker's `nginx:1`. */
function asContainerd(image: string): string {
  const [host = "", ...path] = image.split("/");
  if (path.length === 0) return `docker.io/library/${image}`;
  return /[.:]/.test(host) || host === "localhost" ? image : `docker.io/${image}`;
}
