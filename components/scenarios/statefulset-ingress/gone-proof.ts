import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { call } from "./callers.ts";

/** Nothing of step `app`. */
export const noWorkloads: Expectation = {
  name: "no StatefulSet httpbin, no client",
  expected: "absent",
  gone: true,
  negative: true,
  check: {
    kind: "object",
    resource: "statefulsets,deployments,services",
    namespace: "default",
    selector: "app in (httpbin,sleep)",
    absent: true,
  },
};

/** No sidecars for new pods. */
export const noInjection: Expectation = {
  name: "pods of namespace default get no sidecar",
  expected: "no label istio-injection",
  gone: true,
  negative: true,
  check: {
    kind: "object",
    resource: "namespace",
    name: "default",
    expect: [{ path: 'metadata.labels["istio-injection"]', absent: true }],
  },
};

/** Add-ons that config asks for stay at every step. */
export function noAddOns(lab: LabOutputs): Expectation[] {
  const others = ["prometheus", "kiali"].filter((name) => !lab.addons.includes(name));
  if (others.length === 0) return [];
  return [
    {
      name: `no ${others.join(", no ")}`,
      expected: "absent",
      gone: true,
      negative: true,
      check: {
        kind: "object",
        resource: "deployments",
        namespace: "istio-system",
        selector: `app in (${others.join(",")})`,
        absent: true,
      },
    },
  ];
}

/** Nothing of step `ingress`: no object, and no answer from outside. */
export function noIngress(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "no Gateway, no VirtualService, no ServiceEntry",
      expected: "none",
      gone: true,
      negative: true,
      check: {
        kind: "object",
        resource:
          "gateways.networking.istio.io,virtualservices.networking.istio.io,serviceentries.networking.istio.io",
        namespace: "default",
        absent: true,
      },
    },
    ...lab.hosts.slice(0, 1).map((name): Expectation => ({
      name: `https://${name} is not answered`,
      expected: "connection refused or reset",
      gone: true,
      negative: true,
      check: call(lab, name, "/status/200", { expect: { exit: [7, 35, 52, 56] } }),
    })),
  ];
}
