import { join } from "node:path";
import { cacheDir } from "../toolchain/paths.ts";

/** Everything a run of the benchmark writes, and its lock beside it: one at a time on a machine, or both would be slow. */
export const workFolder = join(cacheDir, "bench");

/** The copy of the checkout that Pulumi works on, so that the user's own lab is not touched. */
export const checkoutFolder = join(workFolder, "checkout");

/** Files of the lab made by hand: kubeconfig, certificates, manifests. */
export const handFolder = join(workFolder, "hand");

/** The stack in the copied checkout. */
export const stack = "bench";

/** One of the two labs: a kind cluster of its own on ports that other labs leave alone. */
export interface Place {
  readonly cluster: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly statusPort: number;
}

/** Where the lab made by hand goes. */
export const byHandPlace: Place = {
  cluster: "bench-hand",
  httpPort: 19080,
  httpsPort: 19443,
  statusPort: 19021,
};

/** Where the lab made by Pulumi goes, so that both can be there at once. */
export const pulumiPlace: Place = {
  cluster: "bench-pulumi",
  httpPort: 19180,
  httpsPort: 19543,
  statusPort: 19121,
};
