import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { labSearchPath, throwAwayPulumi } from "../../hack/render/pulumi-home.ts";
import { findCommands } from "../../hack/toolchain/find-tool.ts";
import { root } from "../../hack/toolchain/paths.ts";

/** How a Pulumi command ended. */
export interface Ended {
  readonly exitCode: number | undefined;
  /** All that it printed. */
  readonly output: string;
}

/** The project as it stands in the checkout, in a folder of its own, with a Pulumi of its own and no engine in reach. */
export interface ProjectCopy {
  /** Replaces the stack's config; keys without the project's prefix. */
  configure(config: Readonly<Record<string, unknown>>): void;
  /** Writes a file into the project's folder and tells its path. */
  write(file: string, text: string): string;
  /** Puts a command on PATH: a shell script. */
  command(name: string, script: string): void;
  pulumi(...args: readonly string[]): Promise<Ended>;
  /** Types of the resources in the stack's state. */
  resources(): Promise<readonly string[]>;
  remove(): void;
}

// What the program is made of, and nothing of this checkout's own lab.
const program = [
  "Pulumi.yaml",
  "package.json",
  "index.ts",
  "components",
  "certs",
  "manifests",
  "hack",
];

/** Copies the project, with the one stack `test`; `node_modules` is shared. */
export async function copyProject(): Promise<ProjectCopy> {
  const work = realpathSync(mkdtempSync(join(tmpdir(), "istio-lab-project-")));
  const folder = join(work, "project");
  await copySources(folder);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const searchPath = await labSearchPath(process.env["PATH"] ?? "");
  const commands = join(work, "bin");
  const env = {
    ...(await throwAwayPulumi(work, searchPath)),
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PATH: await pathWithoutEngine(commands, searchPath),
  };
  const pulumi = async (...args: readonly string[]): Promise<Ended> => {
    const { exitCode, all } = await execa(
      "pulumi",
      [...args, "--stack", "test", "--non-interactive", "--color", "never"],
      { cwd: folder, env, all: true, reject: false },
    );
    return { exitCode, output: all };
  };
  const made = await pulumi("stack", "init");
  if (made.exitCode !== 0) throw new Error(made.output);
  return {
    configure(config) {
      const own = Object.entries(config).map(
        ([key, value]) => [`istio-lab:${key}`, value] as const,
      );
      const text = stringify({ config: Object.fromEntries(own) });
      writeFileSync(join(folder, "Pulumi.test.yaml"), text);
    },
    write(file, text) {
      const path = join(folder, file);
      writeFileSync(path, text);
      return path;
    },
    command(name, script) {
      writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    },
    pulumi,
    async resources() {
      const { output } = await pulumi("stack", "export");
      const { deployment } = JSON.parse(output) as {
        deployment: { resources?: readonly { readonly type: string }[] };
      };
      return (deployment.resources ?? []).map(({ type }) => type);
    },
    remove() {
      rmSync(work, { recursive: true, force: true });
    },
  };
}

async function copySources(folder: string): Promise<void> {
  const { stdout } = await execa(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", ...program],
    { cwd: root },
  );
  const files = stdout.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
}

/** A folder with what Pulumi and the program start, so that there is no `docker` beside it. */
async function pathWithoutEngine(folder: string, searchPath: string): Promise<string> {
  mkdirSync(folder);
  const [pulumi = ""] = await findCommands("pulumi", searchPath);
  // The official CLI has its language hosts beside it; a link of it to elsewhere does not.
  const wide = `${searchPath}:${dirname(realpathSync(pulumi))}`;
  for (const command of ["pulumi", "pulumi-language-nodejs", "node", "sh", "readlink"]) {
    const [found] = await findCommands(command, wide);
    if (found === undefined) throw new Error(`there is no ${command} on PATH`);
    symlinkSync(realpathSync(found), join(folder, command));
  }
  return folder;
}
