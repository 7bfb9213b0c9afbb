import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { httpsCall } from "../calls.ts";

/** Nothing of step `app`. */
export const noWorkloads: Expectation = {
  name: "no StatefulSet httpbin, no client",
  expected: "absent",
  negative: true,
  check: {
    kind: "object",
    resource: "statefulsets,deployments,services",
    namespace: "default",
    selector: "app in (httpbin,sleep)",
    absent: true,
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
      negative: true,
      check: httpsCall(lab, name, "/status/200", { expect: { exit: [7, 35, 52, 56] } }),
    })),
  ];
}
