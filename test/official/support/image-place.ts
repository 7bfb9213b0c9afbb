import { existsSync } from "node:fs";
import { request as ask } from "node:http";
import { join } from "node:path";
import type { Visit } from "./file-place.ts";
import { layerHost, mirrorUser, registries, registryPort, tokenHost } from "./places.ts";
import type { Behaviour } from "./places.ts";

/** Where the registry keeps what it has, below the simulation's folder: repositories are folders there. */
export const repositories = "registry/docker/registry/v2/repositories";

const hub = "registry-1.docker.io";
const mirror = "mirror.example.org";

/** Answers for the image registries, with what one registry behind them all has. Pulls only. */
export function serveImages(visit: Visit & { readonly behaviour: Behaviour }): void {
  const { request, response, host, path, fault, behaviour } = visit;
  if (fault?.kind === "status") {
    refuse(visit, fault.status);
  } else if (host === tokenHost) {
    const scope = new URL(request.url ?? "/", "https://host").searchParams.get("scope") ?? "";
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ token: tokenFor(scope), expires_in: 300 }));
  } else if (host === layerHost) {
    passOn(visit, path);
  } else if (host === hub && !mayPull(visit)) {
    const scope = scopeOf(path);
    const realm =
      `Bearer realm="https://${tokenHost}/token",service="registry.docker.io"` +
      (scope === "" ? "" : `,scope="${scope}"`);
    response
      .writeHead(401, { "www-authenticate": realm })
      .end('{"errors":[{"code":"UNAUTHORIZED"}]}');
  } else if (host === mirror && behaviour.mirrorAsks === true && !isKnown(visit)) {
    response
      .writeHead(401, { "www-authenticate": 'Basic realm="mirror"' })
      .end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
  } else if (/^\/v2\/?$/.test(path)) {
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  } else {
    servePull(visit);
  }
}

function servePull(visit: Visit): void {
  const { request, response, host, path, folder } = visit;
  const [, name = "", rest = ""] = /^\/v2\/(.+?)(\/(?:manifests|blobs|tags)\/.+)$/.exec(path) ?? [];
  const repository = repositoryOf(host, name, folder);
  if (repository === undefined) {
    response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
  } else if (host === hub && request.method === "GET" && rest.startsWith("/blobs/")) {
    response.writeHead(307, { location: `https://${layerHost}/v2/${repository}${rest}` }).end();
  } else {
    passOn(visit, `/v2/${repository}${rest}`);
  }
}

/** The name by which the registry behind knows it: its place comes first. A mirror has those of all places. */
function repositoryOf(host: string, name: string, folder: string): string | undefined {
  const candidates =
    host === mirror
      ? Object.values(registries).map((place) => `${place}/${name.replace(/^lab\//, "")}`)
      : [`${registries[host]}/${name}`];
  return candidates.find((candidate) => existsSync(join(folder, repositories, candidate)));
}

function passOn({ request, response }: Visit, path: string): void {
  const { accept = "", range } = request.headers;
  const headers = { accept, ...(range === undefined ? {} : { range }) };
  const upstream = ask(
    { host: "127.0.0.1", port: registryPort, path, method: request.method, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  upstream.on("error", () => response.destroy());
  response.on("close", () => upstream.destroy());
  upstream.end();
}

/** In Docker Hub's words, which clients show. */
function refuse({ response }: Visit, status: number): void {
  const error =
    status === 429
      ? {
          code: "TOOMANYREQUESTS",
          message:
            "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
        }
      : { code: status === 404 ? "MANIFEST_UNKNOWN" : "DENIED", message: "" };
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ errors: [error] }));
}

function scopeOf(path: string): string {
  const [, name] = /^\/v2\/(.+?)\/(?:manifests|blobs|tags)\//.exec(path) ?? [];
  return name === undefined ? "" : `repository:${name}:pull`;
}

function tokenFor(scope: string): string {
  return Buffer.from(`pull ${scope}`).toString("base64url");
}

/** Docker Hub lets nobody in without a token for that very image, of whoever asks for one. */
function mayPull({ request, path }: Visit): boolean {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  return token !== undefined && scopeOf(path) !== "" && token === tokenFor(scopeOf(path));
}

function isKnown({ request }: Visit): boolean {
  const { name, password } = mirrorUser;
  const basic = Buffer.from(`${name}:${password}`).toString("base64");
  return request.headers.authorization === `Basic ${basic}`;
}
