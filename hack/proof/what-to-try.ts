import { kinds, stageLabel } from "../../components/stage/kinds.ts";
import type { Caller, Check, HttpCheck } from "../../components/scenarios/expectation.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { secretArguments } from "./certificate-source.ts";
import { statCommand } from "./checks/envoy-stat.ts";
import { logArguments } from "./checks/log.ts";
import { queryPath } from "./checks/metric.ts";
import { getArguments } from "./checks/object.ts";
import { needsCa, requestArguments } from "./curl.ts";

/** Words as a shell reads them back. */
function shell(words: readonly string[]): string {
  return words
    .map((word) =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
    )
    .join(" ");
}

function kubectl(lab: LabOutputs, args: readonly string[]): string {
  return shell([
    "kubectl",
    "--kubeconfig",
    lab.kubeconfigPath,
    "--context",
    lab.kubeContext,
    ...args,
  ]);
}

/** What runs a command where the caller is, and passes stdin on. */
function place(lab: LabOutputs, caller: Caller): string {
  if (caller.from === "host") return "";
  if (caller.from === "kind-network") return `docker exec -i ${lab.nodeContainer ?? "NODE"} `;
  const { app, namespace = "default", container = app } = caller;
  const pods = kubectl(lab, ["get", "pod", "-n", namespace, "-l", `app=${app}`, "-o", "name"]);
  const exec = kubectl(lab, ["exec", "-i", "-n", namespace, "-c", container]);
  return `${exec} $(${pods} | head -n 1) -- `;
}

function caText(lab: LabOutputs, { trust }: HttpCheck): string {
  if (typeof trust === "object") return `printf %s ${shell([trust.pem])}`;
  return lab.caCertPath === undefined
    ? "pulumi stack output caCertPem"
    : `cat ${shell([lab.caCertPath])}`;
}

function secretPart(lab: LabOutputs, pair: string, key: string): string {
  const [namespace = "", secret = ""] = pair.split("/");
  return `${kubectl(lab, secretArguments({ secret, namespace, key }))} | base64 -d`;
}

function curl(lab: LabOutputs, check: HttpCheck): string {
  const files = { ca: "@ca@", certificate: "@certificate@", key: "@key@" };
  const words = shell(["curl", "-sS", "-i", "--noproxy", "*", ...requestArguments(check, files)]);
  if (check.caller.from === "host") {
    const pair = check.clientCertificate ?? "";
    const ca =
      check.trust === "lab" && lab.caCertPath
        ? shell([lab.caCertPath])
        : `<(${caText(lab, check)})`;
    return words
      .replace(files.ca, () => ca)
      .replace(files.certificate, () => `<(${secretPart(lab, pair, "tls.crt")})`)
      .replace(files.key, () => `<(${secretPart(lab, pair, "tls.key")})`);
  }
  const there = place(lab, check.caller);
  if (!needsCa(check) && !check.clientCertificate) return `${there}${words}`;
  return `${remoteFiles(lab, check)} | ${there}sh -c ${shell([inRemoteFile(words, files)])}`;
}

/** Prints what curl reads there from one file: the client's certificate first, as curl takes the first it finds. */
function remoteFiles(lab: LabOutputs, check: HttpCheck): string {
  const pair = check.clientCertificate
    ? ["tls.crt", "tls.key"].map((key) => secretPart(lab, check.clientCertificate ?? "", key))
    : [];
  const ca = needsCa(check) ? [caText(lab, check)] : [];
  return `{ ${[...pair, ...ca].join("; ")}; }`;
}

function inRemoteFile(words: string, files: Readonly<Record<string, string>>): string {
  const file = "/tmp/try.pem";
  const command = Object.values(files).reduce((text, one) => text.replace(one, file), words);
  return `umask 077; cat >${file}; ${command}; rm ${file}`;
}

function certificate(lab: LabOutputs, check: Extract<Check, { kind: "certificate" }>): string {
  const { source } = check;
  const print = "openssl x509 -noout -text";
  if ("pem" in source) return `pulumi stack output caCertPem | ${print}`;
  if ("secret" in source) return `${kubectl(lab, secretArguments(source))} | base64 -d | ${print}`;
  const target = ["-connect", `${source.servedBy}:${source.port}`, "-servername", source.sni];
  return `${shell(["openssl", "s_client", ...target])} </dev/null | ${print}`;
}

function http2(lab: LabOutputs, check: Extract<Check, { kind: "http2" }>): string {
  const calls = check.requests.flatMap(({ authority, path }) => {
    const host = authority.replace(/:\d+$/, "");
    return [
      "--resolve",
      `${host}:${check.port}:${check.address}`,
      `https://${host}:${check.port}${path}`,
    ];
  });
  const ca = lab.caCertPath === undefined ? [] : ["--cacert", lab.caCertPath];
  return shell(["curl", "-sS", "-i", "--http2", "--noproxy", "*", ...ca, ...calls]);
}

/** A command, to paste into bash, that shows what a failed check saw. */
export function whatToTry(lab: LabOutputs, check: Check): string {
  switch (check.kind) {
    case "http":
      return curl(lab, check);
    case "http2":
      return http2(lab, check);
    case "certificate":
      return certificate(lab, check);
    case "object":
      return kubectl(lab, ["get", ...getArguments(check), "-o", "yaml"]);
    case "dns":
      return `${place(lab, check.caller)}${shell(["getent", "ahostsv4", check.name])}`;
    case "metric":
      return kubectl(lab, ["get", "--raw", queryPath(check.query)]);
    case "log":
      return kubectl(lab, [...logArguments(check), "--since", "5m"]);
    case "stage":
      return kubectl(lab, ["get", kinds.join(","), "--all-namespaces", "--selector", stageLabel]);
    case "envoy-stat": {
      const { app, namespace } = check;
      const caller = {
        from: "pod",
        app,
        container: "istio-proxy",
        ...(namespace ? { namespace } : {}),
      } as const;
      return `${place(lab, caller)}${shell(statCommand(check))}`;
    }
  }
}
