import { execa } from "execa";

/** What the container engine holds: a lab that is gone must leave none of its own. */
export interface EngineInventory {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
}

async function lines(...args: string[]): Promise<string[]> {
  const { stdout } = await execa("docker", args);
  return stdout.split("\n").filter(Boolean).sort();
}

/** Everything there is now, by name. */
export async function inventory(): Promise<EngineInventory> {
  const [containers, volumes, networks] = await Promise.all([
    lines("ps", "--all", "--format", "{{.Names}}"),
    lines("volume", "ls", "--quiet"),
    lines("network", "ls", "--format", "{{.Name}}"),
  ]);
  return { containers, volumes, networks };
}

/** Id of a container, or "" when there is none of that name. */
export async function containerId(name: string): Promise<string> {
  const { stdout } = await execa("docker", ["inspect", "--format", "{{.Id}}", name], {
    reject: false,
  });
  return stdout.trim();
}

/** Removes a container by force, as a user would by hand. */
export async function removeContainer(name: string): Promise<void> {
  await execa("docker", ["rm", "--force", "--volumes", name], { reject: false });
}

/** Removes a network that no container uses. */
export async function removeNetwork(name: string): Promise<void> {
  await execa("docker", ["network", "rm", name], { reject: false });
}
