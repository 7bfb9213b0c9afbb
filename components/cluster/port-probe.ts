import { readFile, readdir, readlink } from "node:fs/promises";
import { createServer } from "node:net";

/**
 * How an attempt to listen ended. "forbidden": this user may not use a port below 1024, though docker may.
 * "no-such-address": nobody can listen on that address here, whatever the port.
 */
export type BindResult = "free" | "taken" | "no-such-address" | "forbidden";

/** Listens on the port for a moment. Never fails: what goes wrong is one of the results. */
export function tryBind(address: string, port: number): Promise<BindResult> {
  const { promise, resolve } = Promise.withResolvers<BindResult>();
  const server = createServer();
  server.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") resolve("taken");
    else if (error.code === "EACCES") resolve("forbidden");
    // EADDRNOTAVAIL most often; EINVAL for an address without the interface it needs, EAFNOSUPPORT where the kernel has
    // no IPv6.
    else resolve("no-such-address");
  });
  server.listen({ host: address, port, exclusive: true }, () =>
    server.close(() => {
      resolve("free");
    }),
  );
  return promise;
}

/**
 * The inodes of the sockets that listen on a port, from the text of /proc/net/tcp or tcp6.
 * @see https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function listeningInodes(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const listening = "0A";
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === listening)
    .flatMap((fields) => fields[9] ?? []);
}

/** Whether any process listens on the port, whatever the address; false where /proc can't tell. */
export async function somethingListens(port: number): Promise<boolean> {
  return (await inodesOf(port)).length > 0;
}

/**
 * The process that listens on the port, such as "nginx (pid 812)".
 * @returns nothing off Linux, and for other users' processes unless root asks
 */
export async function listeningProcess(port: number): Promise<string | undefined> {
  const links = new Set((await inodesOf(port)).map((inode) => `socket:[${inode}]`));
  if (links.size === 0) return undefined;
  const pids = (await namesIn("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => ((await holdsSocket(pid, links)) ? pid : undefined)),
  );
  // A parent that passed its socket on comes first: nginx's master, not its workers.
  const pid = found.find((candidate) => candidate !== undefined);
  return pid === undefined ? undefined : `${await textOf(`/proc/${pid}/comm`)} (pid ${pid})`;
}

async function inodesOf(port: number): Promise<string[]> {
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map(textOf));
  return tables.flatMap((table) => listeningInodes(table, port));
}

async function holdsSocket(pid: string, links: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const fd of await namesIn(folder)) {
    if (links.has(await readlink(`${folder}/${fd}`).catch(() => ""))) return true;
  }
  return false;
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function textOf(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim();
}
