import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Container, EngineState } from "./machine.ts";

const run = promisify(execFile);

/** Milliseconds after which an engine that does not answer is reported. */
const patience = 10_000;

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: {
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly StartedAt: string;
  };
  readonly Mounts: readonly { readonly Source?: string; readonly Destination: string }[] | null;
  readonly HostConfig: {
    readonly PortBindings: Readonly<
      Record<string, readonly { readonly HostPort: string }[] | null>
    > | null;
  };
}

/** Asks the engine for its version; a failure is an answer too. */
export async function probeEngine(): Promise<EngineState> {
  try {
    await docker("version", "--format", "{{.Server.Version}}");
    return { status: "ready" };
  } catch (error) {
    return engineFailure(error as Error & { readonly code?: unknown; readonly stderr?: string });
  }
}

/** What a failed `docker version` means, by how it failed and what it printed. */
export function engineFailure(failure: {
  readonly code?: unknown;
  readonly stderr?: string;
  readonly message: string;
}): EngineState {
  if (failure.code === "ENOENT") return { status: "missing" };
  const said = (failure.stderr ?? "").trim() || `no answer within ${patience / 1000} s`;
  if (/permission denied/i.test(said)) return { status: "denied" };
  const detail = said.split("\n").at(-1) ?? said;
  const stopped = /cannot connect to the docker daemon|failed to connect to the docker api/i;
  return { status: stopped.test(said) ? "stopped" : "silent", detail };
}

/** The containers of these names or ids that there are; none when the engine does not answer. */
export async function inspectContainers(names: readonly string[]): Promise<readonly Container[]> {
  if (names.length === 0) return [];
  try {
    return readContainers(await docker("inspect", "--type", "container", ...names));
  } catch (error) {
    // The exit code is 1 as soon as one name is unknown; the others are printed all the same.
    const { stdout } = error as { readonly stdout?: string };
    return stdout ? readContainers(stdout) : [];
  }
}

/** Running containers that publish a port of this machine. */
export async function containersOnPort(port: number): Promise<readonly Container[]> {
  try {
    const ids = await docker("ps", "--quiet", "--no-trunc", "--filter", `publish=${port}`);
    const containers = await inspectContainers(ids.split("\n").filter(Boolean));
    return containers.filter(({ hostPorts }) => hostPorts.includes(port));
  } catch {
    return [];
  }
}

/** Reads what `docker inspect` prints. */
export function readContainers(json: string): readonly Container[] {
  return (JSON.parse(json) as readonly Inspected[]).map((container) => ({
    id: container.Id,
    name: container.Name.replace(/^\//, ""),
    running: container.State.Running,
    paused: container.State.Paused,
    startedAt: container.State.StartedAt,
    mounts: (container.Mounts ?? []).map(({ Source, Destination }) => ({
      source: Source ?? "",
      destination: Destination,
    })),
    hostPorts: Object.values(container.HostConfig.PortBindings ?? {})
      .flatMap((bindings) => bindings ?? [])
      .map(({ HostPort }) => Number(HostPort)),
  }));
}

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run("docker", args, { timeout: patience, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
