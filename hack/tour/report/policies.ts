import type { StepObjects } from "../step-objects.ts";
import type { DestinationRuleSpec } from "./specs.ts";
import { ofKind } from "./topology.ts";

/** What holds for traffic besides routes: identities, mutual TLS, limits. One sentence each. */
export function policiesOf(step: StepObjects): readonly string[] {
  return [
    ...ofKind(step, "PeerAuthentication").map(({ name, namespace, spec }) => {
      const ports = Object.entries(spec.portLevelMtls ?? {}).map(
        ([port, { mode = "UNSET" }]) => `, ${mode} at port ${port}`,
      );
      return `mutual TLS ${spec.mtls?.mode ?? "UNSET"} for ${scope(namespace, spec)}${ports.join("")} (PeerAuthentication ${name})`;
    }),
    ...ofKind(step, "AuthorizationPolicy").map(({ name, namespace, spec }) => {
      const rules = spec.rules?.length ?? 0;
      const what =
        rules === 0
          ? "nothing is allowed"
          : `${spec.action ?? "ALLOW"} by ${rules} ${rules === 1 ? "rule" : "rules"}`;
      return `${what} at ${scope(namespace, spec)} (AuthorizationPolicy ${name})`;
    }),
    ...ofKind(step, "RequestAuthentication").map(({ name, namespace, spec }) => {
      const issuers = (spec.jwtRules ?? []).map(({ issuer = "?" }) => issuer).join(", ");
      return `tokens of ${issuers} at ${scope(namespace, spec)} (RequestAuthentication ${name})`;
    }),
    ...ofKind(step, "Sidecar")
      .filter(({ spec }) => spec.outboundTrafficPolicy !== undefined)
      .map(
        ({ name, namespace, spec }) =>
          `calls out of ${namespace ?? ""}: ${spec.outboundTrafficPolicy?.mode ?? ""} (Sidecar ${name})`,
      ),
    ...ofKind(step, "DestinationRule").flatMap(limitsOf),
    ...ofKind(step, "EnvoyFilter").map(
      ({ name, namespace }) => `EnvoyFilter ${namespace ?? ""}/${name}`,
    ),
    ...ofKind(step, "Telemetry").map(
      ({ name, namespace }) => `Telemetry ${namespace ?? ""}/${name}`,
    ),
  ];
}

function scope(
  namespace: string | undefined,
  { selector }: { readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } },
): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  if (labels.length > 0) return `${labels.join(",")} in ${namespace ?? ""}`;
  return namespace === "istio-system" ? "the whole mesh" : `namespace ${namespace ?? ""}`;
}

function limitsOf({
  name,
  spec,
}: {
  readonly name: string;
  readonly spec: DestinationRuleSpec;
}): string[] {
  const { tls, connectionPool, outlierDetection } = spec.trafficPolicy ?? {};
  const pool = { ...connectionPool?.tcp, ...connectionPool?.http };
  const parts = [
    ...(tls?.mode === undefined ? [] : [`TLS ${tls.mode}`]),
    ...pairs(pool),
    ...pairs(outlierDetection ?? {}),
  ];
  return parts.length === 0
    ? []
    : [`to ${spec.host ?? ""}: ${parts.join(", ")} (DestinationRule ${name})`];
}

function pairs(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    typeof value === "object" ? [] : [`${key} ${JSON.stringify(value).replaceAll('"', "")}`],
  );
}
