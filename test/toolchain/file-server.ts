import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

/** What the server does with one path. */
export interface Answer {
  readonly body: Buffer;
  /** Says it will send this many bytes more than it does, then hangs up. */
  readonly cutBy?: number;
  /** Sends byte after byte with such a pause, in milliseconds. */
  readonly pauseMs?: number;
  /** Falls silent after this many bytes and keeps the line open; with -1 it does not even answer. */
  readonly stallAfter?: number;
  /** Answers with this and nothing else. */
  readonly status?: number;
  /** The path is as it should be once it was asked for this often. @default never */
  readonly faultTimes?: number;
}

/** A server of files on this machine, which counts what it is asked for. */
export interface FileServer {
  readonly base: string;
  /** By path, such as "/a/b". */
  readonly files: Map<string, Answer>;
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, Answer>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    requests.push(`${request.method ?? ""} ${path}`);
    const given = files.get(path);
    const asked = requests.filter((line) => line.endsWith(` ${path}`)).length;
    const answer = given && asked > (given.faultTimes ?? Infinity) ? { body: given.body } : given;
    if (answer?.status !== undefined || !answer) {
      response.writeHead(answer?.status ?? 404).end();
      return;
    }
    if (answer.stallAfter === -1) return;
    response.writeHead(200, { "content-length": answer.body.length + (answer.cutBy ?? 0) });
    if (answer.stallAfter !== undefined) response.write(answer.body.subarray(0, answer.stallAfter));
    else if (answer.pauseMs !== undefined) void dribble(response, answer.body, answer.pauseMs);
    else if (answer.cutBy === undefined) response.end(answer.body);
    else response.write(answer.body, () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    files,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function dribble(to: ServerResponse, body: Buffer, pauseMs: number): Promise<void> {
  for (const byte of body) {
    to.write(Buffer.of(byte));
    await setTimeout(pauseMs);
  }
  to.end();
}

/** The checksum as it is published: hexadecimal. */
export function sha256(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}
