import { randomBytes } from "node:crypto";
import type { Caller } from "../../components/scenarios/checks/caller.ts";
import type { BearerSource } from "../../components/scenarios/checks/http.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { brief } from "./brief-text.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { parseAnswers } from "./curl-answer.ts";
import type { Answer } from "./curl-answer.ts";
import { curlArguments, needsCa, requestFiles, timeoutOf } from "./curl.ts";
import type { HttpRequest } from "./curl.ts";
import { valueAt } from "./json-match.ts";
import type { Openssl } from "./openssl.ts";
import type { Ran, RunOptions, runProcess } from "./run-process.ts";
import { fileLines, repeatScript, withFilesScript } from "./shell-scripts.ts";

/** The lab as checks see it: its outputs, and its cluster. */
export interface LiveLab {
  readonly outputs: LabOutputs;
  readonly cluster: ClusterApi;
  readonly openssl: Openssl;
  /** Runs a program on this machine. */
  readonly run: typeof runProcess;
}

type CallerRequest = HttpRequest & { readonly caller: Caller };

/** Runs a program where the caller is. */
export async function runAs(
  lab: LiveLab,
  caller: Caller,
  command: readonly [string, ...string[]],
  options: RunOptions = {},
): Promise<Ran> {
  const [file, ...args] = command;
  const stdin = options.input === undefined ? [] : ["-i"];
  if (caller.from === "host") return lab.run(file, args, options);
  if (caller.from === "kind-network") {
    const node = lab.outputs.nodeContainer;
    if (node === undefined)
      throw new Error("there is no kind node to call from: the cluster is an existing one");
    return lab.run("docker", ["exec", ...stdin, node, ...command], options);
  }
  const { app, namespace = "default", container = app } = caller;
  const pod = await lab.cluster.podOf(namespace, app);
  const place = ["--namespace", namespace, pod, "--container", container];
  return lab.cluster.kubectl(["exec", ...stdin, ...place, "--", ...command], options);
}

/** The values of a Secret `namespace/name`, by key; a key that it lacks is empty. */
async function secretValues(lab: LiveLab, secret: string): Promise<(key: string) => string> {
  const [namespace = "", name = ""] = secret.split("/");
  const found = (await lab.cluster.get(["secret", name, "--namespace", namespace])) as {
    readonly data?: Readonly<Record<string, string>>;
  };
  return (key) => Buffer.from(found.data?.[key] ?? "", "base64").toString("utf8");
}

async function clientPair(lab: LiveLab, secret: string): Promise<Record<string, string>> {
  const value = await secretValues(lab, secret);
  return { [requestFiles.certificate]: value("tls.crt"), [requestFiles.key]: value("tls.key") };
}

/** A call without its token is another call: it must not pass for one whose token is refused. */
async function tokenOf(lab: LiveLab, request: CallerRequest, from: BearerSource): Promise<string> {
  if ("secret" in from) {
    const token = (await secretValues(lab, from.secret))(from.key);
    if (token === "") throw new Error(`Secret ${from.secret} has no ${from.key}`);
    return token;
  }
  const { caller, resolveTo, trust } = request;
  const place = { caller, ...(resolveTo ? { resolveTo } : {}), ...(trust ? { trust } : {}) };
  const [answer] = await callHttp(lab, { ...place, ...from.call });
  const token = valueAt(parsed(answer?.body ?? ""), from.field);
  if (typeof token === "string") return token;
  throw new Error(`${from.call.url} answers ${answer?.status ?? 0} without ${from.field}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function filesFor(lab: LiveLab, request: CallerRequest): Promise<Record<string, string>> {
  const pem = typeof request.trust === "object" ? request.trust.pem : lab.outputs.caCertPem;
  if (needsCa(request) && !pem) throw new Error("the stack has no output caCertPem to trust");
  const { clientCertificate, bearerFrom } = request;
  return {
    ...(needsCa(request) ? { [requestFiles.ca]: pem ?? "" } : {}),
    ...(clientCertificate === undefined ? {} : await clientPair(lab, clientCertificate)),
    ...(bearerFrom === undefined
      ? {}
      : {
          [requestFiles.bearer]: `Authorization: Bearer ${await tokenOf(lab, request, bearerFrom)}`,
        }),
  };
}

/**
 * Makes a call `times` times over, each on a connection of its own, one after the other unless it wants some `together`.
 * Keys, tokens and certificates go through a pipe into files that last as long as the calls.
 * @throws Error when the calls could not be made: what curl itself reports is an answer
 */
export async function callHttp(
  lab: LiveLab,
  request: CallerRequest,
  times = 1,
): Promise<readonly Answer[]> {
  const { together = 1, ...alone } = request;
  const lanes = Math.min(together, times);
  if (lanes > 1) {
    const calls = Array.from({ length: lanes }, (_, lane) =>
      callHttp(lab, alone, Math.floor((times + lane) / lanes)),
    );
    return (await Promise.all(calls)).flat();
  }
  const marker = `answered-${randomBytes(8).toString("hex")} `;
  const curl = ["curl", ...curlArguments(request, marker)] as const;
  const files = await filesFor(lab, request);
  const input = fileLines(files);
  const options: RunOptions = {
    encoding: "latin1",
    timeoutSeconds: timeoutOf(request) * times * (1 + (request.session ?? []).length) + 20,
    ...(input === "" ? {} : { input }),
  };
  const repeated = ["sh", "-c", input === "" ? repeatScript : withFilesScript] as const;
  const command =
    input === "" && times === 1 ? curl : ([...repeated, "sh", `${times}`, ...curl] as const);
  const { exitCode, stdout, stderr } = await runAs(lab, request.caller, command, options);
  const answers = parseAnswers(stdout, marker);
  if (answers.length !== times) {
    const words = brief(Buffer.from(stderr, "latin1").toString("utf8"), 200);
    throw new Error(`no call was made (exit ${exitCode}): ${words}`);
  }
  return answers;
}
