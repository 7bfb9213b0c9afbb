import { z } from "zod";
import type { LabConfig } from "./config.ts";
import { isListenAddress } from "./config-address.ts";
import { dnsPattern, holdsHosts, imagePattern, registryPattern } from "./config-names.ts";

/** How the text of one config key becomes a value. */
export interface Setting<T> {
  /** Takes the text as Pulumi hands it over; everything in stack config is text there. */
  readonly schema: z.ZodType<T, string>;
  /** What a fault says is accepted. */
  readonly accepted: string;
  /** Default as text, equal to Pulumi.yaml's; "" is for keys whose default depends on stack or supply. */
  readonly byDefault: string;
}

/** Every key of {@link LabConfig}, in the order of Pulumi.yaml. */
export type Settings = {
  readonly [K in keyof LabConfig]-?: Setting<NonNullable<LabConfig[K]>>;
};

/** The only place where keys, their accepted values and their defaults are written down for the program. */
export const settings: Settings = {
  scenario: text(/\S/, "the id of a scenario", "statefulset-ingress"),
  step: text(/\S/, "the id of a step of the scenario", ""),
  verify: flag("true"),
  cluster: choice(["kind", "existing"], "kind"),
  // Nodes are named after it, and a node's name is a DNS name.
  clusterName: text(
    dnsPattern(40),
    "at most 40 of a-z, 0-9, '.' and '-', with a letter or digit at both ends and around each '.'",
    "",
  ),
  kubeconfig: text(/\S/, "the path of a kubeconfig file", ""),
  kubeContext: text(/\S/, "the name of a context in the kubeconfig file", ""),
  nodes: whole(1, 10, "1"),
  nodeImage: text(imagePattern, "an image, such as kindest/node:v1.34.11", ""),
  istioVersion: text(/^\d+\.\d+\.\d+(-[\w.]+)?$/, "a version such as 1.31.1", ""),
  imageRegistry: text(
    registryPattern,
    "a registry host with optional port and path, without a scheme: mirror.example.org:5000/lab",
    "",
  ),
  gatewayServiceType: choice(["NodePort", "LoadBalancer"], "NodePort"),
  httpNodePort: whole(30_000, 32_767, "31380"),
  httpsNodePort: whole(30_000, 32_767, "31390"),
  statusNodePort: whole(30_000, 32_767, "31521"),
  httpPort: whole(1, 65_535, "80"),
  httpsPort: whole(1, 65_535, "443"),
  statusPort: whole(1, 65_535, "15021"),
  listenAddress: {
    schema: z.string().refine(isListenAddress),
    accepted:
      "an IP address of this machine: 127.0.0.1, or 0.0.0.0 for all of them; none that is link-local, multicast or broadcast",
    byDefault: "127.0.0.1",
  },
  replicas: whole(1, 20, "2"),
  // A host below the domain is a certificate's common name, which holds 64 characters.
  domain: {
    schema: z.string().regex(dnsPattern(50)).refine(holdsHosts),
    accepted:
      "a DNS name of at most 50 characters in lower case whose last label is no number, such as example.com",
    byDefault: "example.com",
  },
  weightV2: whole(0, 100, "20"),
  certificateDays: whole(1, 3_650, "365"),
  keyAlgorithm: choice(["RSA-2048", "RSA-4096", "ECDSA-P256", "ECDSA-P384"], "RSA-2048"),
  certificateEpoch: whole(1, 1_000_000, "1"),
  precedenceLevel: choice(["port", "workload", "namespace", "mesh"], "port"),
  metallb: flag("false"),
  addons: list(["prometheus", "kiali", "grafana"]),
  registry: flag("false"),
  externalBackend: choice(["stub", "internet"], "stub"),
  issuer: choice(["ca", "acme"], "ca"),
};

function text(pattern: RegExp, accepted: string, byDefault: string): Setting<string> {
  return { schema: z.string().regex(pattern), accepted, byDefault };
}

function whole(min: number, max: number, byDefault: string): Setting<number> {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(min).max(max));
  return { schema, accepted: `a whole number from ${min} to ${max}`, byDefault };
}

function flag(byDefault: "true" | "false"): Setting<boolean> {
  const schema = z.enum(["true", "false"]).transform((value) => value === "true");
  return { schema: z.string().pipe(schema), accepted: "true or false", byDefault };
}

function choice<const T extends string>(values: readonly T[], byDefault: T): Setting<T> {
  return { schema: z.string().pipe(z.enum(values)), accepted: values.join(", "), byDefault };
}

/** `[]` in Pulumi.yaml and lists in a stack file arrive as JSON; on the command line commas are easier. */
function list<const T extends string>(values: readonly T[]): Setting<readonly T[]> {
  const schema = z
    .string()
    .transform((given) => (given.startsWith("[") ? parseJson(given) : splitByComma(given)))
    .pipe(z.array(z.enum(values)))
    .transform((chosen) => [...new Set(chosen)]);
  return {
    schema,
    accepted: `none or more of ${values.join(", ")}, parted by commas`,
    byDefault: "[]",
  };
}

function splitByComma(given: string): string[] {
  return given
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}
