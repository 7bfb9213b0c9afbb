import { appendFileSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { serveFiles } from "./file-place.ts";
import { serveImages } from "./image-place.ts";
import {
  address,
  allHosts,
  behindProxyPort,
  layerHost,
  proxyPort,
  registries,
  tokenHost,
} from "./places.ts";
import type { Behaviour } from "./places.ts";

// The simulated internet: a process in the network of the machine that has nothing else to reach. It ends with the test,
// which tells it over IPC how to behave.
const [, , folder = ""] = process.argv;
let behaviour: Behaviour = {};

const contexts = new Map(
  allHosts.map((host) => {
    const read = (ending: string): string =>
      readFileSync(join(folder, "certificates", `${host}.${ending}`), "utf8");
    return [host, createSecureContext({ cert: read("crt"), key: read("key") })];
  }),
);

const sites = ["direct", "behind the proxy"].map(() =>
  https.createServer(
    {
      SNICallback: (name, done) => {
        const context = contexts.get(name);
        done(context === undefined ? new Error(`no place is named ${name}`) : null, context);
      },
    },
    answer,
  ),
);
const [direct = https.createServer(), behindProxy = https.createServer()] = sites;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { host = "" } = request.headers;
  const { pathname } = new URL(request.url ?? "/", `https://${host}`);
  response.on("close", () => {
    log(`${request.method ?? ""} ${host}${pathname} ${response.statusCode}`);
  });
  const asked = `${host}${pathname}`;
  const fault = behaviour.faults?.find(
    ({ at }) => asked === at || (at.endsWith("/") && asked.startsWith(at)),
  )?.fault;
  if (fault?.kind === "down") {
    request.socket.destroy();
    return;
  }
  if (host in registries || host === tokenHost || host === layerHost) {
    serveImages({ request, response, host, path: pathname, folder, fault, behaviour });
  } else {
    serveFiles({ request, response, host, path: pathname, folder, fault });
  }
}

function log(line: string): void {
  appendFileSync(join(folder, "requests.log"), `${line}\n`);
}

const proxy = createServer((_, response) => response.writeHead(405).end());
proxy.on("connect", (request, client) => {
  const [host = ""] = (request.url ?? "").split(":");
  log(`CONNECT ${host}`);
  if (!allHosts.includes(host)) {
    client.end("HTTP/1.1 502 no such host\r\n\r\n");
    return;
  }
  const server = connect(behindProxyPort, "127.0.0.1", () => {
    client.write("HTTP/1.1 200 OK\r\n\r\n");
    server.pipe(client);
    client.pipe(server);
  });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
});

async function behave(next: Behaviour): Promise<void> {
  behaviour = next;
  const { reachedBy = "everybody" } = next;
  await listening(direct, reachedBy === "everybody", 443, address);
  await listening(behindProxy, reachedBy !== "nobody", behindProxyPort, "127.0.0.1");
}

async function listening(
  server: https.Server,
  wanted: boolean,
  port: number,
  on: string,
): Promise<void> {
  if (wanted === server.listening) return;
  await new Promise<void>((resolve) => {
    if (wanted) server.listen(port, on, resolve);
    else
      server.close(() => {
        resolve();
      });
    if (!wanted) server.closeAllConnections();
  });
}

proxy.listen(proxyPort, address);
process.on("disconnect", () => process.exit());
process.on("message", (next: Behaviour) => void behave(next).then(() => process.send?.("done")));
