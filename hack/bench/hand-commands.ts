import type { LabConfig } from "../../components/config.ts";
import type { Supply } from "../../components/supply.ts";
import { hostsOf } from "./hand-files.ts";
import type { MeasureId } from "./measures.ts";
import type { Place } from "./places.ts";

/** Commands that a person runs one after the other, and what their time counts as. */
export interface HandStage {
  readonly id: MeasureId;
  readonly commands: readonly (readonly [command: string, ...args: string[]])[];
}

/** The lab by hand, after Istio's own pages; run in the folder of the files, with KUBECONFIG set. */
export function handStages(
  { cluster }: Place,
  config: Pick<LabConfig, "replicas" | "domain" | "certificateDays">,
  { nodeImage, gatewayApi }: Pick<Supply, "nodeImage" | "gatewayApi">,
): readonly HandStage[] {
  const { domain, certificateDays } = config;
  const days = ["-sha256", "-days", String(certificateDays)];
  const newKey = ["-newkey", "rsa:2048", "-nodes"];
  const hosts = hostsOf(config);
  return [
    {
      id: "byHandCluster",
      commands: [
        [
          "kind",
          "create",
          "cluster",
          "--name",
          cluster,
          "--image",
          nodeImage,
          "--config",
          "kind.yaml",
        ],
      ],
    },
    {
      id: "byHandCertificates",
      commands: [
        [
          ...(["openssl", "req", "-x509", ...days, ...newKey] as const),
          ...["-subj", `/O=example Inc./CN=${domain}`, "-keyout", "ca.key", "-out", "ca.crt"],
        ],
        ...hosts.flatMap((host) => leafCommands(host, newKey, days)),
      ],
    },
    {
      id: "byHandIstio",
      commands: [
        ["kubectl", "apply", "--server-side", "-f", gatewayApi],
        ["istioctl", "install", "-y", "-f", "istio.yaml"],
      ],
    },
    {
      id: "byHandObjects",
      commands: [
        ["kubectl", "label", "namespace", "default", "istio-injection=enabled"],
        ...hosts.map(secretCommand),
        ["kubectl", "apply", "-f", "lab.yaml"],
      ],
    },
  ];
}

type Command = HandStage["commands"][number];

function leafCommands(
  host: string,
  newKey: readonly string[],
  days: readonly string[],
): readonly Command[] {
  const subject = ["-subj", `/O=httpbin organization/CN=${host}`];
  const authority = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"];
  return [
    [
      ...(["openssl", "req", "-new", ...newKey, ...subject] as const),
      ...["-keyout", `${host}.key`, "-out", `${host}.csr`],
    ],
    [
      ...(["openssl", "x509", "-req", ...days, ...authority] as const),
      ...["-in", `${host}.csr`, "-out", `${host}.crt`, "-extfile", `${host}.ext`],
    ],
  ];
}

function secretCommand(host: string): Command {
  const name = `${host.split(".")[0] ?? host}-credential`;
  const files = [`--key=${host}.key`, `--cert=${host}.crt`];
  return ["kubectl", "create", "-n", "istio-system", "secret", "tls", name, ...files];
}
