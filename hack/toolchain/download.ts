import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { findChecksum } from "./checksum.ts";
import { fetchFault } from "./fetch-fault.ts";
import { UserError } from "./phase.ts";

/** A server that sends nothing for this long has gone away. */
const stallMs = 30_000;

export interface Download {
  readonly url: string;
  /** Published checksum file that names the URL's last part, or holds its bare hash. */
  readonly checksumUrl: string;
  /** Where the file goes; removed again on any fault. */
  readonly to: string;
}

/**
 * Fetches a file and verifies it against its published SHA-256.
 * @param report gets one progress line, replacing the last
 * @throws UserError in one line when it is missing, cut, or its checksum differs; nothing is left at `to`
 */
export async function download(file: Download, report: (line: string) => void): Promise<void> {
  const name = basename(new URL(file.url).pathname);
  try {
    const sums = await (await get(file.checksumUrl)).text();
    const expected = findChecksum(sums, name);
    if (expected === undefined) {
      throw new UserError(`${file.checksumUrl} has no SHA-256 for ${name}: not installed`);
    }
    const actual = await save(await get(file.url), file.to, name, report);
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

async function get(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(stallMs) });
  } catch (error) {
    throw new UserError(`${url}: ${fetchFault(error)}. Run it again when the network is back.`);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new UserError(`${url}: the server answered ${response.status}: nothing installed`);
  }
  return response;
}

async function save(
  response: Response,
  to: string,
  name: string,
  report: (line: string) => void,
): Promise<string> {
  const total = Number(response.headers.get("content-length") ?? 0);
  const hash = createHash("sha256");
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      received += chunk.length;
      report(progress(name, received, total));
      done(null, chunk);
    },
  });
  try {
    if (!response.body) throw new Error("empty answer");
    await pipeline(Readable.fromWeb(response.body), count, createWriteStream(to));
  } catch (error) {
    throw new UserError(
      `${response.url}: cut after ${megabytes(received)} (${fetchFault(error)}): refused, nothing installed. Run it again.`,
    );
  }
  return hash.digest("hex");
}

/** One progress line of a download; `total` is 0 when the server did not say. */
export function progress(name: string, received: number, total: number): string {
  if (total === 0) return `${name}: ${megabytes(received)}`;
  return `${name}: ${Math.floor((100 * received) / total)} % of ${megabytes(total)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
