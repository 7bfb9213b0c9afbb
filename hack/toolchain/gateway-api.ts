import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PinnedFile } from "../../components/versions.ts";
import { download } from "./download.ts";
import { mirrored } from "./mirror.ts";
import type { Phase } from "./phase.ts";
import { makeWhole } from "./whole-folder.ts";

/** The file with the Gateway API's definitions in the cache. */
export function gatewayApiFile(cache: string, { version, url }: PinnedFile): string {
  return join(cache, "official", `gateway-api-${version}`, basename(url));
}

/** Gets the definitions once, verified against the pinned SHA-256, and every `up` takes them from the cache. */
export function gatewayApiPhase(cache: string, pinned: PinnedFile): Phase {
  const file = gatewayApiFile(cache, pinned);
  return {
    title: `Gateway API ${pinned.version}`,
    done: () => Promise.resolve(existsSync(file)),
    run: (report) =>
      makeWhole(join(file, ".."), async (work) => {
        const folder = join(work, "verified");
        await mkdir(folder);
        const { url, sha256 } = pinned;
        const to = join(folder, basename(file));
        await download({ url: mirrored(url), checksum: { sha256 }, to }, report);
        return folder;
      }),
  };
}
