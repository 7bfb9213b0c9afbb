import { join } from "node:path";
import { fileURLToPath } from "node:url";
import envPaths from "env-paths";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What belongs to this checkout alone and is never committed: state, passphrase, kubeconfigs, supply.json. */
export const labDir = join(root, ".lab");

/** The supply that set-up chose; `components/supply.ts` reads it. */
export const supplyFile = join(labDir, "supply.json");

/** Tools and builds that every checkout on this machine shares. `LAB_CACHE` overrides it. */
export const cacheDir = process.env["LAB_CACHE"] ?? envPaths("istio-lab", { suffix: "" }).cache;
