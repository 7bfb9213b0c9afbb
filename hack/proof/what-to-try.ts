import { kinds, stageLabel } from "../../components/stage/kinds.ts";
import type { Caller } from "../../components/scenarios/checks/caller.ts";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import type { Check } from "../../components/scenarios/expectation.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { secretArguments } from "./certificate-source.ts";
import { arrivalArguments, urlWithId } from "./checks/delivery.ts";
import { statCommand } from "./checks/envoy-stat.ts";
import { istioctlArguments } from "./checks/istioctl.ts";
import { loadCommand } from "./checks/load.ts";
import { logArguments } from "./checks/log.ts";
import { queryPath } from "./checks/metric.ts";
import { getArguments } from "./checks/object.ts";
import { needsCa, sessionArguments } from "./curl.ts";

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
  const files = { ca: "@ca@", certificate: "@certificate@", key: "@key@", bearer: "@bearer@" };
  const options = ["-sS", "-i", "--noproxy", "*"];
  const words = shell(["curl", ...sessionArguments(check, options, [], files)]);
  if (check.caller.from === "host") {
    const pair = check.clientCertificate ?? "";
    const ca =
      check.trust === "lab" && lab.caCertPath
        ? shell([lab.caCertPath])
        : `<(${caText(lab, check)})`;
    return words
      .replaceAll(files.ca, () => ca)
      .replaceAll(files.certificate, () => `<(${secretPart(lab, pair, "tls.crt")})`)
      .replaceAll(files.key, () => `<(${secretPart(lab, pair, "tls.key")})`)
      .replaceAll(files.bearer, () => `<(${bearerLine(lab, check)})`);
  }
  const there = place(lab, check.caller);
  if (!needsCa(check) && !check.clientCertificate && !check.bearerFrom) return `${there}${words}`;
  return `${remoteFiles(lab, check)} | ${there}sh -c ${shell([inRemoteFile(words, files, check)])}`;
}

/** Prints the header with the token; its last line ends as a text's does. */
function bearerLine(lab: LabOutputs, { bearerFrom, ...check }: HttpCheck): string {
  if (bearerFrom === undefined) return "";
  const token =
    "secret" in bearerFrom
      ? secretPart(lab, bearerFrom.secret, bearerFrom.key)
      : `${curl(lab, { ...check, ...bearerFrom.call })} | sed -n 's/.*"${bearerFrom.field}": *"\\([^"]*\\)".*/\\1/p'`;
  return `printf 'Authorization: Bearer '; ${token}; echo`;
}

/**
 * Prints what is read there: one line with the token, then what curl finds in one file: the client's certificate
 * first, as curl takes the first it finds.
 */
function remoteFiles(lab: LabOutputs, check: HttpCheck): string {
  const pair = check.clientCertificate
    ? ["tls.crt", "tls.key"].map((key) => secretPart(lab, check.clientCertificate ?? "", key))
    : [];
  const ca = needsCa(check) ? [caText(lab, check)] : [];
  const token = check.bearerFrom ? [bearerLine(lab, check)] : [];
  return `{ ${[...token, ...pair, ...ca].join("; ")}; }`;
}

function inRemoteFile(
  words: string,
  { bearer, ...files }: Readonly<Record<"ca" | "certificate" | "key" | "bearer", string>>,
  check: HttpCheck,
): string {
  const file = "/tmp/try.pem";
  const command = Object.values(files)
    .reduce((text, one) => text.replaceAll(one, file), words)
    .replaceAll(bearer, "/tmp/try.header");
  const [keep, remove] = check.bearerFrom
    ? [`read -r line; echo "$line" >/tmp/try.header; cat >${file}`, `${file} /tmp/try.header`]
    : [`cat >${file}`, file];
  return `umask 077; ${keep}; ${command}; rm ${remove}`;
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

function delivery(lab: LabOutputs, check: Extract<Check, { kind: "delivery" }>): string {
  const id = "try-it";
  const logs = check.arrivals.map(
    (arrival) => `${kubectl(lab, [...arrivalArguments(arrival), "--since", "5s"])} | grep -c ${id}`,
  );
  return [`${place(lab, check.caller)}${shell(["curl", urlWithId(check, id)])}`, ...logs].join(
    "; ",
  );
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
    case "istioctl":
      return shell(["istioctl", ...istioctlArguments(lab, check)]);
    case "delivery":
      return delivery(lab, check);
    case "exec":
      return [...(check.before ?? []), check.command]
        .map((command) => `${place(lab, { from: "pod", ...check.in })}${shell(command)}`)
        .join("; ");
    case "load": {
      const command = loadCommand(check, check.connections.at(-1) ?? check.otherwise);
      return `${place(lab, { from: "pod", ...check.in })}${shell(command)}`;
    }
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
