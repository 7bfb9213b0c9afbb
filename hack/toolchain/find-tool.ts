import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import type { OfficialTool } from "./official-tools.ts";
import { parseVersion } from "./semantic-version.ts";

/** A tool that was on the machine already. */
export interface FoundTool {
  readonly path: string;
  readonly version: string;
}

/**
 * Looks for a usable tool on the search path: the first command of that name whose version will do.
 * @param searchPath such as `process.env.PATH`
 * @param except folders not looked into, such as the lab's own `.lab/bin`
 */
export async function findTool(
  tool: OfficialTool,
  searchPath: string,
  except: readonly string[] = [],
): Promise<FoundTool | undefined> {
  for (const path of await findCommands(tool.name, searchPath, except)) {
    const result = await execa(path, tool.versionArgs, { reject: false, timeout: 10_000 });
    const version = result.exitCode === 0 ? parseVersion(result.stdout) : undefined;
    if (version && tool.accepts(version)) return { path, version: version.join(".") };
  }
  return undefined;
}

/** Every executable of that name on the search path, in its order. */
export async function findCommands(
  name: string,
  searchPath: string,
  except: readonly string[] = [],
): Promise<readonly string[]> {
  const found = await Promise.all(
    searchPath
      .split(delimiter)
      .filter((folder) => folder !== "" && !except.includes(folder))
      .map((folder) => join(folder, name))
      .map(async (path) => ((await isExecutable(path)) ? [path] : [])),
  );
  return found.flat();
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
