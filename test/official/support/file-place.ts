import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { releaseApi, sentOn, type Fault } from "./places.ts";

/** One request to a place, and what is wrong with that place. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly host: string;
  readonly path: string;
  /** Of the simulation. */
  readonly folder: string;
  readonly fault: Fault | undefined;
}

/** Answers for the places that have files: their own, GitHub's and Kubernetes's by way of another host. */
export function serveFiles(visit: Visit): void {
  const { response, host, path, folder, fault } = visit;
  if (fault?.kind === "status") {
    response.writeHead(fault.status).end();
    return;
  }
  if (host === releaseApi) {
    serveRelease(visit);
    return;
  }
  const owner = Object.keys(sentOn).find((name) => sentOn[name] === host) ?? host;
  const file = join(folder, "files", owner, path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
  } else if (host in sentOn) {
    response.writeHead(302, { location: `https://${sentOn[host]}${path}` }).end();
  } else {
    void sendFile(file, visit);
  }
}

async function sendFile(file: string, { request, response, fault }: Visit): Promise<void> {
  const { size } = statSync(file);
  response.writeHead(200, { "content-length": size, "content-type": "application/octet-stream" });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const end = fault?.kind === "cut" ? Math.min(fault.after, size) - 1 : size - 1;
  const source = createReadStream(file, { end });
  const passed = fault?.kind === "changed" ? source.pipe(flipFirstByte()) : source;
  await pipeline(passed, response, { end: fault?.kind !== "cut" }).catch(() => undefined);
  if (fault?.kind === "cut") request.socket.destroy();
}

function flipFirstByte(): Transform {
  let first = true;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (first) chunk[0] = 255 - (chunk[0] ?? 0);
      first = false;
      done(null, chunk);
    },
  });
}

/** GitHub's API: a release by its tag, and one of its files. */
function serveRelease({ response, path, folder }: Visit): void {
  const release = /^\/repos\/([^/]+\/[^/]+)\/releases\/(tags|assets)\/([^/]+)(?:\/([^/]+))?$/;
  const [, project = "", what, tag = "", name] = release.exec(path) ?? [];
  const files = join(folder, "files", "github.com", project, "releases", "download", tag);
  if (what === undefined || !existsSync(files)) {
    response.writeHead(404).end();
  } else if (what === "assets" && name !== undefined) {
    const to = `https://${sentOn["github.com"]}/${project}/releases/download/${tag}/${name}`;
    response.writeHead(302, { location: to }).end();
  } else {
    const assets = readdirSync(files).map((file) => ({
      name: file,
      url: `https://${releaseApi}/repos/${project}/releases/assets/${tag}/${file}`,
    }));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ tag_name: tag, assets }));
  }
}
