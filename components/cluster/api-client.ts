import { readFile } from "node:fs/promises";
import { Agent as PlainAgent, request as plainRequest, type RequestOptions } from "node:http";
import { Agent, request } from "node:https";
import { certificateRoute } from "./certificate-route.ts";
import { startKubectlProxy } from "./kubectl-proxy.ts";
import type { ClusterAccess } from "./run-kubectl.ts";

/** What the API server answered. */
export interface ApiAnswer {
  readonly status: number;
  /** JSON, read; undefined where it is none. */
  readonly body: unknown;
}

/** One request to the API server. */
export interface ApiRequest {
  /** @default "GET" */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With its query. */
  readonly path: string;
  /** @default "application/json" */
  readonly accept?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** @default "application/json" */
  readonly contentType?: string;
}

/** A way to an API server, whose connections stay open until it is closed. */
export interface ApiClient {
  /** @throws Error when there is no answer in time */
  ask(request: ApiRequest): Promise<ApiAnswer>;
  close(): void;
}

/** A server that says nothing for so long has not answered, in milliseconds. */
const patience = 15_000;

/**
 * The API server of a kubeconfig. Dozens of questions through it cost less than one kubectl.
 * @throws Error when the file can't be read, or kubectl, where it is needed to sign in, does not start
 */
export async function connect(access: ClusterAccess): Promise<ApiClient> {
  const route = certificateRoute(await readFile(access.kubeconfigPath, "utf8"), access.kubeContext);
  if (route === undefined) return throughKubectl(access);
  const { server, ...certificates } = route;
  const agent = new Agent({ keepAlive: true, maxSockets: 4, ...certificates });
  return {
    ask: (asked) =>
      answerOf(asked, (options) => request(new URL(asked.path, server), options), agent),
    close: () => {
      agent.destroy();
    },
  };
}

async function throughKubectl(access: ClusterAccess): Promise<ApiClient> {
  const proxy = await startKubectlProxy(access);
  const { socketPath } = proxy;
  const agent = new PlainAgent({ keepAlive: true, maxSockets: 4 });
  return {
    ask: (asked) =>
      answerOf(
        asked,
        (options) => plainRequest({ ...options, socketPath, path: asked.path }),
        agent,
      ),
    close: () => {
      agent.destroy();
      proxy.stop();
    },
  };
}

function answerOf(
  {
    method = "GET",
    accept = "application/json",
    body,
    contentType = "application/json",
  }: ApiRequest,
  send: (options: RequestOptions) => ReturnType<typeof request>,
  agent: PlainAgent,
): Promise<ApiAnswer> {
  const type = body === undefined ? {} : { "content-type": contentType };
  return new Promise((resolve, reject) => {
    const sent = send({ agent, method, timeout: patience, headers: { accept, ...type } });
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${patience / 1000} s`)));
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, body: parsed(text) });
      });
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
