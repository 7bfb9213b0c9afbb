import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { throwawayCa } from "../../proof/throwaway-certificates.ts";
import { address, allHosts, type Behaviour } from "./places.ts";
import { namesProgram, registryProgram, writeNames, writeRegistry } from "./programs.ts";

/** What a command left behind. */
export interface Ran {
  readonly exitCode: number;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** A machine within this one that has the simulated internet and nothing else around it. */
export interface Simulation {
  /** What of it lies on this machine: home/ is its home, files/ and registry/ what the places have. */
  readonly folder: string;
  /** Runs a command on it as its user's shell would. */
  run(command: string, env?: Readonly<Record<string, string>>): Promise<Ran>;
  behave(behaviour: Behaviour): Promise<void>;
  /** "METHOD host/path status" or "CONNECT host", in order. */
  requests(): readonly string[];
  /** Ends all that runs in it and removes it. */
  end(): Promise<void>;
}

/** The folder of a simulation before it starts. */
export interface Places {
  readonly folder: string;
  /** Certificate of the authority that signs for all places, as PEM. */
  readonly authority: string;
}

/** A folder for a simulation, with a throwaway authority and a certificate a place. */
export function newPlaces(): Places {
  const folder = mkdtempSync(join(tmpdir(), "istio-lab-official-"));
  const inside = ["layer", "root", "home", "tmp", "docker", "certificates", "files"];
  for (const name of inside) mkdirSync(join(folder, name));
  const authority = throwawayCa("simulated internet");
  writeFileSync(join(folder, "authority.crt"), authority.certificate);
  for (const host of allHosts) {
    const { certificate, key } = authority.leaf([host]);
    const file = join(folder, "certificates", host);
    writeFileSync(`${file}.crt`, certificate);
    writeFileSync(`${file}.key`, key, { mode: 0o600 });
  }
  return { folder, authority: authority.certificate };
}

/**
 * Starts a simulation. It ends with this process, however that ends, and its folder with it.
 * @param folder of {@link newPlaces}
 * @param fill puts into it what the places have, and what is in the machine's home
 */
export async function simulate(folder: string, fill: () => Promise<void>): Promise<Simulation> {
  const script = fileURLToPath(new URL("keeper.sh", import.meta.url));
  const keeper = spawn("sh", [script, folder, address], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(keeper, "exit");
  const end = async (): Promise<void> => {
    keeper.stdin.end();
    await ended;
  };
  // A worker outlives the tests that were killed.
  process.once("disconnect", () => process.exit(1));
  try {
    const first = (await createInterface(keeper.stdout)[Symbol.asyncIterator]().next()).value;
    if (first === undefined) throw new Error("the machine within this one did not start");
    await fill();
    startBeside(first, await namesProgram(), ["-conf", writeNames(folder)]);
    startBeside(first, await registryProgram(), ["serve", writeRegistry(folder)]);
    const server = startServer(first, folder);
    const behave = async (behaviour: Behaviour): Promise<void> => {
      const done = once(server, "message");
      server.send(behaviour);
      await done;
    };
    await behave({});
    return { folder, run: (command, env) => runIn(first, command, env), behave, requests, end };
  } catch (error) {
    await end();
    throw error;
  }

  function requests(): readonly string[] {
    const file = join(folder, "requests.log");
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  }
}

/** In the machine's network, and ended with it, but with this machine's files. */
const beside = (first: string): string[] => ["--target", first, "--net", "--pid"];

function startBeside(first: string, program: string, args: readonly string[]): void {
  spawn("nsenter", [...beside(first), program, ...args], { stdio: "ignore" });
}

function startServer(first: string, folder: string): ChildProcess {
  const script = fileURLToPath(new URL("server.ts", import.meta.url));
  return spawn("nsenter", [...beside(first), process.execPath, script, folder], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** A new user's environment; Node has authorities of its own and is told of the system's. */
const userVariables = {
  HOME: "/root",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  NODE_EXTRA_CA_CERTS: "/etc/ssl/certs/ca-certificates.crt",
  // npm's packages come out of its cache: the one place that is not simulated.
  npm_config_offline: "true",
};

async function runIn(
  first: string,
  command: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const variables = Object.entries({ ...userVariables, ...env }).map((pair) => pair.join("="));
  const inside = ["--target", first, "--mount", "--net", "--pid", "env", "-i", ...variables];
  const shell = ["sh", "-c", `cd && { [ ! -d istio-lab ] || cd istio-lab; } && ${command}`];
  const ran = await execa("nsenter", [...inside, ...shell], {
    reject: false,
    all: true,
    stdin: "ignore",
  });
  return { exitCode: ran.exitCode ?? 130, output: ran.all };
}
