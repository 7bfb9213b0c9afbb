import { connect as connectHttp2 } from "node:http2";
import type { ClientHttp2Session } from "node:http2";
import { checkServerIdentity, connect as connectTls } from "node:tls";
import type { TLSSocket } from "node:tls";
import type { Http2Check, Http2Request } from "../../../components/scenarios/checks/http2.ts";
import { boundsFault, listed, quoted } from "../brief-text.ts";
import type { Look } from "../poll.ts";
import { textFault } from "./http.ts";

const timeoutMilliseconds = 10_000;

interface Connection {
  readonly socket: TLSSocket;
  readonly session: ClientHttp2Session;
}

interface Http2Answer {
  readonly request: Http2Request;
  readonly status: number;
  readonly body: string;
}

function hostOf(authority: string): string {
  return new URL(`https://${authority}`).hostname;
}

/** Opens a connection that shows `authority` as SNI; fails unless the CA vouches for it and the server speaks h2. */
async function open(check: Http2Check, authority: string, ca: string): Promise<Connection> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const socket = connectTls({
    host: check.address,
    port: check.port,
    servername: hostOf(authority),
    ca,
    // Said, or NODE_TLS_REJECT_UNAUTHORIZED would say it.
    rejectUnauthorized: true,
    ALPNProtocols: ["h2"],
  });
  socket.setTimeout(timeoutMilliseconds, () => socket.destroy(new Error("no answer in time")));
  socket
    .once("secureConnect", () => {
      resolve(undefined);
    })
    .on("error", reject);
  await promise;
  socket.setTimeout(0);
  if (socket.alpnProtocol !== "h2") {
    socket.destroy();
    throw new Error(`${authority} does not speak HTTP/2`);
  }
  const session = connectHttp2(`https://${authority}`, { createConnection: () => socket });
  // Faults reach the requests that they end.
  session.on("error", () => {});
  return { socket, session };
}

function covers({ socket, session }: Connection, authority: string): boolean {
  const fault = checkServerIdentity(hostOf(authority), socket.getPeerCertificate());
  return fault === undefined && !session.closed && !session.destroyed;
}

async function send({ session }: Connection, request: Http2Request): Promise<Http2Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Http2Answer>();
  const stream = session.request({ ":authority": request.authority, ":path": request.path });
  let status = 0;
  let body = "";
  stream.setEncoding("utf8");
  stream.setTimeout(timeoutMilliseconds, () => stream.destroy(new Error("no answer in time")));
  stream.on("response", (headers) => (status = headers[":status"] ?? 0));
  stream.on("data", (part: string) => (body += part));
  stream.once("end", () => {
    resolve({ request, status, body });
  });
  stream.once("error", reject);
  stream.once("close", () => {
    reject(new Error("the connection was closed"));
  });
  return promise;
}

function answerFault({ request, status, body }: Http2Answer): string | undefined {
  const where = `${request.authority}${request.path}`;
  if (!request.status.includes(status))
    return `${where}: status ${status} is not ${listed(request.status, "or")}`;
  return request.body === undefined ? undefined : textFault(`${where}: body`, body, request.body);
}

/** Judges the answers to one check, and how many connections they took. */
function judge(answers: readonly Http2Answer[], opened: number, check: Http2Check): Look {
  const fault = answers.map(answerFault).find((found) => found !== undefined);
  const reason = fault ?? boundsFault("number of connections", opened, check.connections);
  const statuses = [...new Set(answers.map(({ status }) => status))];
  const wrong = answers.find((answer) => answerFault(answer) !== undefined);
  const body = wrong === undefined ? "" : `, body ${quoted(wrong.body)}`;
  const observed = `${answers.length} answers: ${listed(statuses)}${body}; connections: ${opened}`;
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/**
 * Sends the requests one by one, each over the first open connection whose certificate covers its host, else over
 * a new one.
 * @param ca PEM of the only CA that is trusted
 */
export async function lookAtHttp2(check: Http2Check, ca: string | undefined): Promise<Look> {
  if (ca === undefined) throw new Error("the stack has no output caCertPem to trust");
  const connections: Connection[] = [];
  const answers: Http2Answer[] = [];
  try {
    for (let round = 0; round < (check.rounds ?? 3); round++)
      for (const request of check.requests) {
        let connection = check.forceOneConnection
          ? connections[0]
          : connections.find((candidate) => covers(candidate, request.authority));
        if (connection === undefined) {
          connection = await open(check, request.authority, ca);
          connections.push(connection);
        }
        answers.push(await send(connection, request));
      }
  } finally {
    for (const { session } of connections) session.destroy();
  }
  return judge(answers, connections.length, check);
}
