import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { findChecksum } from "./checksum.ts";
import { fetchFault } from "./fetch-fault.ts";
import { PassingFault, patiently, whileBroken, whileDown } from "./patience.ts";
import { UserError } from "./phase.ts";
import { watchForStall } from "./stall.ts";
import { systemFault } from "./system-fault.ts";

/** Times of a download, in milliseconds; tests have less of it. */
export interface DownloadTimes {
  /** A server that sends nothing for this long has gone away, be it before its answer or in the middle of it. */
  readonly stall: number;
  /** The pause before the first new try. */
  readonly again: number;
}

const defaultTimes: DownloadTimes = { stall: 30_000, again: 1_000 };

/** What is fetched, and against what it is verified. */
export interface Download {
  readonly url: string;
  /** Its SHA-256, or the published checksum file that names the URL's last part or holds its bare hash. */
  readonly checksum: { readonly sha256: string } | { readonly url: string };
  /** Where the file goes; removed again on any fault. */
  readonly to: string;
}

/**
 * Fetches a file and verifies it against its published SHA-256. It may take as long as it takes: only a server that
 * sends nothing is given up. A server that is down or busy, and a file that is cut, are tried again for a while.
 * @param report gets one progress line, replacing the last
 * @throws UserError in one line when it is missing, cut, stalled, or its checksum differs; nothing is left at `to`
 */
export async function download(
  file: Download,
  report: (line: string) => void,
  times: DownloadTimes = defaultTimes,
): Promise<void> {
  const name = basename(new URL(file.url).pathname);
  const fetched = <T>(work: () => Promise<T>): Promise<T> => patiently(work, report, times.again);
  try {
    const expected = await fetched(() => checksumOf(file, name, times.stall));
    const actual = await fetched(async () => {
      const hash = createHash("sha256");
      await receive(
        file.url,
        times.stall,
        () => createWriteStream(file.to),
        (chunk, received, total) => {
          hash.update(chunk);
          report(progress(name, received, total));
        },
      );
      return hash.digest("hex");
    });
    if (actual !== expected) {
      throw new UserError(
        `${file.url}: checksum differs (published ${expected}, got ${actual}): refused, nothing installed. ` +
          "Something between this machine and the server changes downloads.",
      );
    }
  } catch (error) {
    await rm(file.to, { force: true });
    throw error;
  }
}

async function checksumOf({ checksum }: Download, name: string, stallMs: number): Promise<string> {
  if ("sha256" in checksum) return checksum.sha256;
  const found = findChecksum(await readText(checksum.url, stallMs), name);
  if (found !== undefined) return found;
  throw new UserError(`${checksum.url} has no SHA-256 for ${name}: not installed`);
}

/**
 * Fetches a text, such as a checksum file or the index of a chart repository.
 * @param stallMs how long the server may send nothing, in milliseconds
 * @throws UserError in one line when it is missing, cut or stalled
 */
export async function readText(url: string, stallMs: number = defaultTimes.stall): Promise<string> {
  const parts: Buffer[] = [];
  const keep = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk);
      done();
    },
  });
  await receive(
    url,
    stallMs,
    () => keep,
    () => undefined,
  );
  return Buffer.concat(parts).toString();
}

/**
 * Fetches a URL into a stream.
 * @param open makes the stream, once the server answered
 * @param onChunk is told each part, the size of all so far, and the whole's, 0 when the server did not say
 */
async function receive(
  url: string,
  stallMs: number,
  open: () => Writable,
  onChunk: (chunk: Buffer, received: number, total: number) => void,
): Promise<void> {
  const watch = watchForStall(stallMs);
  let received = 0;
  try {
    const response = await get(url, watch.signal);
    watch.heard();
    const total = Number(response.headers.get("content-length") ?? 0);
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        watch.heard();
        received += chunk.length;
        onChunk(chunk, received, total);
        done(null, chunk);
      },
    });
    if (!response.body) throw new Error("empty answer");
    await pipeline(Readable.fromWeb(response.body), count, open());
  } catch (error) {
    if (error instanceof UserError) throw error;
    // The network's own errors come inside one of fetch's: this is the disk.
    const disk = systemFault(error);
    if (disk !== undefined) throw new UserError(`${url}: ${disk}`);
    throw new PassingFault(
      `${url}: cut after ${megabytes(received)} (${reason(error, watch.signal)}): refused, nothing installed. Run it again.`,
      whileBroken,
    );
  } finally {
    watch.end();
  }
}

async function get(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw new PassingFault(
      `${url}: ${reason(error, signal)}. Run it again when the network is back.`,
      signal.aborted ? whileBroken : whileDown,
    );
  }
  if (!response.ok) {
    await response.body?.cancel();
    const { status } = response;
    const said = `${url}: the server answered ${status}: nothing installed`;
    // Busy, or out of order: unlike 403 and 404 that passes.
    if (status !== 429 && status < 500) throw new UserError(`${said}. ${meaning(status)}`);
    throw new PassingFault(`${said}. Run it again when the server is well.`, whileDown);
  }
  return response;
}

function meaning(status: number): string {
  if (status === 404) return "It has no such file: git pull may bring its new place.";
  return "It, or a proxy on the way, keeps this machine out.";
}

/** Streams tell of an abort in words of their own. */
function reason(error: unknown, signal: AbortSignal): string {
  return fetchFault(signal.aborted ? signal.reason : error);
}

/** One progress line of a download; `total` is 0 when the server did not say. */
export function progress(name: string, received: number, total: number): string {
  if (total === 0) return `${name}: ${megabytes(received)}`;
  return `${name}: ${Math.floor((100 * received) / total)} % of ${megabytes(total)}`;
}

/** A size for a reader. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
