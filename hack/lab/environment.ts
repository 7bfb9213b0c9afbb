import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { isLabKubeconfig } from "../../components/cluster/one-context.ts";
import type { SupplyKind } from "../toolchain/choose-supply.ts";
import { directVariables } from "./no-proxy.ts";

/** What the variables of the lab's shell are made from. */
export interface EnvironmentFacts {
  /** The environment the user has, such as `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly labDir: string;
  readonly cacheDir: string;
  readonly binDirs: readonly string[];
  readonly supply: SupplyKind;
  readonly stack: string;
  /** Whether the stack makes its own cluster; with one of the user's, KUBECONFIG is not the lab's to set. */
  readonly ownCluster: boolean;
  /** Hosts that no proxy leads to, see `labHosts`. */
  readonly direct: readonly string[];
}

/** The passphrase that state is encrypted with, unless the user set one of their own. */
export function passphraseFile(labDir: string): string {
  return join(labDir, "passphrase");
}

/** The kubeconfig the program writes for a stack. */
export function kubeconfigFile(labDir: string, stack: string): string {
  return join(labDir, stack, "kubeconfig");
}

/** Pulumi's home under the registry-only supply, so that the user's own stays as it is. */
export function registryOnlyPulumiHome(labDir: string): string {
  return join(labDir, "pulumi-home");
}

/**
 * The home that Pulumi is given, and that its plugins are installed into: the user's own, which Pulumi would otherwise
 * look for without HOME, unless plugins are built here.
 */
export function pulumiHome({
  env,
  labDir,
  supply,
}: Pick<EnvironmentFacts, "env" | "labDir" | "supply">): string {
  const usual = supply === "official" ? join(homedir(), ".pulumi") : registryOnlyPulumiHome(labDir);
  return env["PULUMI_HOME"] ?? usual;
}

/** The Pulumi homes that the lab may use, the likelier first. */
export function pulumiHomes(env: EnvironmentFacts["env"], labDir: string): readonly string[] {
  const homes = (["registry-only", "official"] as const).map((supply) =>
    pulumiHome({ env, labDir, supply }),
  );
  return [...new Set(homes)];
}

/** Whether the user chose how secrets are encrypted. */
export function hasOwnPassphrase(env: EnvironmentFacts["env"]): boolean {
  return (
    env["PULUMI_CONFIG_PASSPHRASE"] !== undefined ||
    env["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined
  );
}

/** The variables with which plain `pulumi`, `kubectl`, `istioctl` and `kind` work on the lab. */
export function labEnvironment(facts: EnvironmentFacts): Readonly<Record<string, string>> {
  const { env, labDir } = facts;
  return {
    ...pulumiVariables(facts),
    PATH: prefixed(withoutNpm(env["PATH"] ?? ""), facts.binDirs),
    ...directVariables(env, facts.direct),
    ...(facts.ownCluster ? { KUBECONFIG: kubeconfigFile(labDir, facts.stack) } : {}),
    NODE_COMPILE_CACHE: env["NODE_COMPILE_CACHE"] ?? join(facts.cacheDir, "node-compile-cache"),
  };
}

/** The part of the environment that does not depend on the stack: enough to ask Pulumi which one it is. */
export function pulumiVariables(
  facts: Pick<EnvironmentFacts, "env" | "labDir" | "supply">,
): Readonly<Record<string, string>> {
  const { env, labDir } = facts;
  return {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(hasOwnPassphrase(env) ? {} : { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(labDir) }),
    PULUMI_HOME: pulumiHome(facts),
    ...(facts.supply === "registry-only"
      ? {
          // Plugins that are not here can't be had, and asking for them only takes time.
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          // Plugins are linked into PULUMI_HOME; without this Pulumi warns about those on PATH.
          PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        }
      : {}),
  };
}

/** The search path with the folders in front, each once, however often it is asked for. */
export function prefixed(searchPath: string, folders: readonly string[]): string {
  const rest = searchPath.split(delimiter).filter((folder) => !folders.includes(folder));
  return [...folders, ...rest].join(delimiter);
}

/** The search path without the folders that npm puts in front for its scripts: they end with the script. */
export function withoutNpm(searchPath: string): string {
  return searchPath
    .split(delimiter)
    .filter((folder) => !/\/(node_modules\/\.bin|node-gyp-bin)$/.test(folder))
    .join(delimiter);
}

/**
 * The variables of an earlier `env` that lead astray by now: KUBECONFIG, where it names the kubeconfig of one of the
 * lab's stacks and the cluster is the user's.
 */
export function leftOver(
  facts: Pick<EnvironmentFacts, "env" | "labDir" | "ownCluster">,
): readonly string[] {
  const { KUBECONFIG } = facts.env;
  if (facts.ownCluster || KUBECONFIG === undefined) return [];
  return isLabKubeconfig(KUBECONFIG, facts.labDir) ? ["KUBECONFIG"] : [];
}

/** `unset NAME` lines for bash and zsh. */
export function unsetLines(names: readonly string[]): string {
  return names.map((name) => `unset ${name}\n`).join("");
}

/** `export NAME='value'` lines for bash and zsh. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}

// In single quotes nothing is special but the quote itself, which has to be put in from outside.
function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
