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

function pairPart(lab: LabOutputs, check: HttpCheck, key: string): string {
  const [namespace = "", secret = ""] = (check.clientCertificate ?? "").split("/");
  return `<(${kubectl(lab, secretArguments({ secret, namespace, key }))} | base64 -d)`;
}

function curl(lab: LabOutputs, check: HttpCheck): string {
  const files = { ca: "@ca@", certificate: "@certificate@", key: "@key@" };
  const words = shell(["curl", "-sS", "-i", "--noproxy", "*", ...requestArguments(check, files)]);
  if (check.caller.from === "host") {
    const ca =
      check.trust === "lab" && lab.caCertPath
        ? shell([lab.caCertPath])
        : `<(${caText(lab, check)})`;
    return words
      .replace(files.ca, () => ca)
      .replace(files.certificate, () => pairPart(lab, check, "tls.crt"))
      .replace(files.key, () => pairPart(lab, check, "tls.key"));
  }
  const there = place(lab, check.caller);
  if (!needsCa(check)) return `${there}${words}`;
  const inside = `cat >/tmp/ca.pem; ${words.replace(files.ca, "/tmp/ca.pem")}`;
  return `${caText(lab, check)} | ${there}sh -c ${shell([inside])}`;
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
