import { randomBytes } from "node:crypto";
import type { Caller } from "../../components/scenarios/expectation.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { brief } from "./brief-text.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { parseAnswers } from "./curl-answer.ts";
import type { Answer } from "./curl-answer.ts";
import { curlArguments, needsCa, requestFiles, timeoutOf } from "./curl.ts";
import type { HttpRequest } from "./curl.ts";
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

async function clientPair(lab: LiveLab, secret: string): Promise<Record<string, string>> {
  const [namespace = "", name = ""] = secret.split("/");
  const found = (await lab.cluster.get(["secret", name, "--namespace", namespace])) as {
    readonly data?: Readonly<Record<string, string>>;
  };
  const part = (key: string): string =>
    Buffer.from(found.data?.[key] ?? "", "base64").toString("utf8");
  return { [requestFiles.certificate]: part("tls.crt"), [requestFiles.key]: part("tls.key") };
}

async function filesFor(lab: LiveLab, request: HttpRequest): Promise<Record<string, string>> {
  const pem = typeof request.trust === "object" ? request.trust.pem : lab.outputs.caCertPem;
  if (needsCa(request) && !pem) throw new Error("the stack has no output caCertPem to trust");
  const ca: Record<string, string> = needsCa(request) ? { [requestFiles.ca]: pem ?? "" } : {};
  return request.clientCertificate === undefined
    ? ca
    : { ...ca, ...(await clientPair(lab, request.clientCertificate)) };
}

/**
 * Makes a call `times` times over, one after the other, each on a connection of its own. Keys and certificates go
 * through a pipe into files that last as long as the calls.
 * @throws Error when the calls could not be made: what curl itself reports is an answer
 */
export async function callHttp(
  lab: LiveLab,
  request: HttpRequest & { readonly caller: Caller },
  times = 1,
): Promise<readonly Answer[]> {
  const marker = `answered-${randomBytes(8).toString("hex")} `;
  const curl = ["curl", ...curlArguments(request, marker)] as const;
  const files = await filesFor(lab, request);
  const input = fileLines(files);
  const options: RunOptions = {
    encoding: "latin1",
    timeoutSeconds: timeoutOf(request) * times + 20,
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
