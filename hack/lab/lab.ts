import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { SupplyKind } from "../toolchain/choose-supply.ts";
import { findCommands } from "../toolchain/find-tool.ts";
import { cacheDir, labDir, root } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";
import { pulumiPlugins } from "../toolchain/pulumi-plugins.ts";
import { binDirectories } from "../toolchain/toolchain.ts";
import {
  hasOwnPassphrase,
  labEnvironment,
  leftOver,
  passphraseFile,
  prefixed,
  pulumiHome,
  pulumiVariables,
  registryOnlyPulumiHome,
} from "./environment.ts";
import { ensureGitFilter, settleStackFile } from "./git-filter.ts";
import { kindNetworkSubnets, labHosts } from "./no-proxy.ts";
import { ensurePassphrase } from "./passphrase.ts";
import { linkPlugins } from "./plugin-links.ts";
import { leaveOutLogs } from "./pulumi-logs.ts";
import { defaultStack, readStackFacts } from "./stack.ts";
import { dropSalt } from "./stale-salt.ts";

/** A lab that commands can work on: its stack, and the variables they need. */
export interface Lab {
  readonly stack: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Variables of the user's shell that an earlier `npm run env` set and that lead astray by now. */
  readonly leftOver: readonly string[];
}

/**
 * Opens the lab of this checkout: makes the passphrase on first use, keeps git quiet about its salt, and
 * selects the stack, `dev` unless the user chose another.
 * @throws UserError when Pulumi can't open the stack
 */
export async function openLab(supply: SupplyKind): Promise<Lab> {
  const { env } = process;
  const binDirs = await binDirectories(supply);
  const variables = pulumiVariables({ env, labDir, supply });
  mkdirSync(join(labDir, "state"), { recursive: true });
  if (!hasOwnPassphrase(env) && ensurePassphrase(passphraseFile(labDir))) {
    dropSalt(root, env["PULUMI_STACK"] ?? defaultStack);
  }
  const home = pulumiHome({ env, labDir, supply });
  linkPlugins(home, binDirs.at(-1) ?? "", pulumiPlugins());
  if (home === registryOnlyPulumiHome(labDir)) leaveOutLogs(home);
  const [stack, subnets] = await Promise.all([
    selectedStack({ ...variables, PATH: prefixed(env["PATH"] ?? "", binDirs) }),
    kindNetworkSubnets(),
    ensureGitFilter(root),
  ]);
  await settleStackFile(root, stack);
  const facts = readStackFacts(root, stack);
  const ownCluster = facts.cluster !== "existing";
  const direct = labHosts(facts, subnets);
  return {
    stack,
    leftOver: leftOver({ env, labDir, ownCluster }),
    variables: labEnvironment({
      env,
      labDir,
      cacheDir,
      binDirs,
      supply,
      stack,
      ownCluster,
      direct,
    }),
  };
}

async function selectedStack(variables: Readonly<Record<string, string>>): Promise<string> {
  if ((await findCommands("pulumi", variables["PATH"] ?? "")).length === 0) {
    throw new UserError("pulumi is not installed: run npm run setup");
  }
  const own = process.env["PULUMI_STACK"];
  const current = await pulumi(variables, "stack", "--show-name");
  if (current.exitCode === 0) return current.stdout.trim();
  const wanted = own ?? defaultStack;
  const made =
    own === undefined
      ? await pulumi(variables, "stack", "select", wanted, "--create")
      : await pulumi(variables, "stack", "init", wanted, "--no-select");
  if (made.exitCode === 0) return wanted;
  throw new UserError(`Pulumi can't open the stack "${wanted}": ${made.stderr.trim()}`);
}

async function pulumi(
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<{ readonly exitCode?: number; readonly stdout: string; readonly stderr: string }> {
  return execa("pulumi", [...args, "--non-interactive"], { cwd: root, env, reject: false });
}
