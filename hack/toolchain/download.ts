import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { findChecksum } from "./checksum.ts";
import { fetchFault } from "./fetch-fault.ts";
import { UserError } from "./phase.ts";
import { watchForStall } from "./stall.ts";
import { systemFault } from "./system-fault.ts";

/** A server that sends nothing for this long has gone away, be it before its answer or in the middle of it. */
const defaultStallMs = 30_000;

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
 * sends nothing is given up.
 * @param report gets one progress line, replacing the last
 * @param stallMs how long the server may send nothing, in milliseconds
 * @throws UserError in one line when it is missing, cut, stalled, or its checksum differs; nothing is left at `to`
 */
export async function download(
  file: Download,
  report: (line: string) => void,
  stallMs: number = defaultStallMs,
): Promise<void> {
  const name = basename(new URL(file.url).pathname);
  try {
    const expected = await checksumOf(file, name, stallMs);
    const hash = createHash("sha256");
    await receive(
      file.url,
      stallMs,
      () => createWriteStream(file.to),
      (chunk, received, total) => {
        hash.update(chunk);
        report(progress(name, received, total));
      },
    );
    const actual = hash.digest("hex");
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
export async function readText(url: string, stallMs: number = defaultStallMs): Promise<string> {
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
    throw new UserError(
      `${url}: cut after ${megabytes(received)} (${reason(error, watch.signal)}): refused, nothing installed. Run it again.`,
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
    throw new UserError(`${url}: ${reason(error, signal)}. Run it again when the network is back.`);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new UserError(`${url}: the server answered ${response.status}: nothing installed`);
  }
  return response;
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
