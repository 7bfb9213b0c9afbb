import { execa } from "execa";
import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { hasImages } from "../toolchain/has-images.ts";
import { UserError, type Phase } from "../toolchain/phase.ts";
import { runLive } from "../toolchain/run-live.ts";
import { missingIn } from "./node-images.ts";

/** The images that every lab runs, besides the node's own: istiod and its proxies. */
export function istioImages({ istio }: Pick<Supply, "istio">): readonly string[] {
  return ["pilot", "proxyv2"].map((name) => `${istio.hub}/${name}:${istio.tag}`);
}

/**
 * The phases that get images from their registries into the container engine, and from there into a kind cluster.
 * @param cluster where a lab runs: the name of its kind cluster
 */
export function officialImagePhases(
  supply: Pick<Supply, "images" | "istio" | "nodeImage">,
  roles: readonly ImageRole[],
  cluster?: string,
): readonly Phase[] {
  const pods = [...istioImages(supply), ...roles.map((role) => supply.images[role])];
  const pulls = [supply.nodeImage, ...pods].map(pullPhase);
  return cluster === undefined ? pulls : [...pulls, kindLoadPhase(cluster, pods)];
}

function pullPhase(image: string): Phase {
  return {
    title: `pull ${image}`,
    done: () => hasImages([image]),
    run: (report) => runLive("docker", ["pull", image], { report }),
  };
}

function kindLoadPhase(cluster: string, images: readonly string[]): Phase {
  const nodes = async (): Promise<readonly string[]> => {
    const listed = await execa("kind", ["get", "nodes", "--name", cluster], { reject: false });
    if (listed.exitCode === 0) return listed.stdout.split("\n").filter(Boolean);
    throw new UserError(`kind can't list the nodes of ${cluster}: ${listed.stderr.trim()}`);
  };
  return {
    title: `load ${images.length} images into ${cluster}`,
    async done() {
      const missing = await Promise.all(
        (await nodes()).map((node) => missingIn(node, images.map(asContainerd))),
      );
      return missing.flat().length === 0;
    },
    run: (report) =>
      runLive("kind", ["load", "docker-image", "--name", cluster, ...images], { report }),
  };
}

/** containerd knows an image by its whole name: `docker.io/library/nginx:1` for Docker's `nginx:1`. */
function asContainerd(image: string): string {
  const [host = "", ...path] = image.split("/");
  if (path.length === 0) return `docker.io/library/${image}`;
  return /[.:]/.test(host) || host === "localhost" ? image : `docker.io/${image}`;
}
