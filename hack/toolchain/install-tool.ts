import { chmod, mkdir, rename, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { execa } from "execa";
import { download, type DownloadTimes } from "./download.ts";
import type { OfficialTool } from "./official-tools.ts";
import { makeWhole } from "./whole-folder.ts";

/**
 * The folder a tool of this version is installed to; the command is in it, under the tool's name.
 * @param cache such as `cacheDir`
 */
export function toolFolder(cache: string, tool: OfficialTool): string {
  return join(cache, "official", `${tool.name}-${tool.version}`);
}

/** Whether that very version is installed. */
export async function isInstalled(cache: string, tool: OfficialTool): Promise<boolean> {
  return stat(join(toolFolder(cache, tool), tool.name)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/**
 * Downloads, verifies and unpacks a tool. The folder appears whole, by a rename, or not at all.
 * @throws UserError when the download is refused
 */
export async function installTool(
  cache: string,
  tool: OfficialTool,
  report: (line: string) => void,
  times?: DownloadTimes,
): Promise<void> {
  await makeWhole(toolFolder(cache, tool), async (work) => {
    const file = join(work, basename(new URL(tool.url).pathname));
    await download({ url: tool.url, checksum: { url: tool.checksumUrl }, to: file }, report, times);
    const unpacked = join(work, "unpacked");
    await mkdir(unpacked);
    if (tool.unpack === "binary") {
      await rename(file, join(unpacked, tool.name));
    } else {
      report(`unpack ${basename(file)}`);
      const strip = tool.unpack === "tar-in-folder" ? ["--strip-components=1"] : [];
      await execa("tar", ["-xzf", file, "-C", unpacked, ...strip]);
    }
    await chmod(join(unpacked, tool.name), 0o755);
    return unpacked;
  });
}
