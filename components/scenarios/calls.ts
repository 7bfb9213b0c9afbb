import type { Caller } from "./checks/caller.ts";
import type { HttpCheck } from "./checks/http.ts";
import type { Expectation } from "./expectation.ts";
import type { LabOutputs } from "./scenario.ts";

/** The client in the mesh (`manifests/sleep.yaml`). */
export const sleep: Caller = { from: "pod", app: "sleep" };

/** An HTTPS call from this machine to one host of the gateway, trusting the lab's CA; status 200 unless said otherwise. */
export function httpsCall(
  lab: LabOutputs,
  host: string,
  path: string,
  more: Partial<HttpCheck> = {},
): HttpCheck {
  return hostCall(lab, `https://${host}:${lab.httpsPort}${path}`, { trust: "lab", ...more });
}

/** A plain HTTP call from this machine to one host of the gateway; status 200 unless said otherwise. */
export function httpCall(
  lab: LabOutputs,
  host: string,
  path: string,
  more: Partial<HttpCheck> = {},
): HttpCheck {
  return hostCall(lab, `http://${host}:${lab.httpPort}${path}`, more);
}

function hostCall(lab: LabOutputs, url: string, more: Partial<HttpCheck>): HttpCheck {
  return {
    kind: "http",
    caller: { from: "host" },
    url,
    resolveTo: lab.gatewayAddress,
    expect: { status: [200] },
    ...more,
  };
}

/** A call from a pod, by the name the cluster's DNS knows; status 200 unless said otherwise. */
export function podCall(caller: Caller, url: string, more: Partial<HttpCheck> = {}): HttpCheck {
  return { kind: "http", caller, url, expect: { status: [200] }, ...more };
}

/** Nothing listens for it: refused, reset or closed without an answer, and that for a while. */
export function notAnswered(name: string, check: HttpCheck): Expectation {
  return {
    name,
    expected: "connection refused or reset",
    negative: true,
    check: { ...check, expect: { exit: [7, 35, 52, 56] } },
  };
}
