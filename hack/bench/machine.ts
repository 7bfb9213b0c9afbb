import { availableParallelism, loadavg, totalmem } from "node:os";
import { execa } from "execa";
import type { MachineFacts } from "./report.ts";

/** Looks at this machine. @param supply which supply is in use */
export async function machineFacts(supply: string): Promise<MachineFacts> {
  const engine = await execa("docker", ["version", "--format", "{{.Server.Version}}"]);
  return {
    cpus: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    engine: `docker ${engine.stdout}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    supply,
  };
}
