import { megabytes } from "./download.ts";
import type { Phase } from "./phase.ts";

/**
 * What phases are about to download, and from where, in one line; nothing where they download no file. A server that
 * does not tell a size in time is named without one.
 */
export async function downloadSizes(
  phases: readonly Pick<Phase, "title" | "url">[],
  timeoutMs = 5_000,
): Promise<string | undefined> {
  const files = await Promise.all(
    phases.flatMap(({ title, url }) =>
      url === undefined ? [] : [sizeOf(url, timeoutMs).then((size) => ({ title, url, size }))],
    ),
  );
  if (files.length === 0) return undefined;
  const list = files.map(({ title, size }) => (size > 0 ? `${title} (${megabytes(size)})` : title));
  const hosts = [...new Set(files.map(({ url }) => new URL(url).host))];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const all = total > 0 ? `: ${megabytes(total)}` : "";
  return `to be got, unless it is on this machine: ${list.join(", ")}${all} from ${hosts.join(", ")}`;
}

async function sizeOf(url: string, timeoutMs: number): Promise<number> {
  try {
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(timeoutMs) });
    return answer.ok ? Number(answer.headers.get("content-length") ?? 0) : 0;
  } catch {
    return 0;
  }
}
