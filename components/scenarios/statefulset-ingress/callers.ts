import type { Caller, HttpCheck } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";

/** The client in the mesh. */
export const sleep: Caller = { from: "pod", app: "sleep" };

/** A call from this machine to one host of the gateway. */
export function call(
  lab: LabOutputs,
  name: string,
  path: string,
  more: Partial<HttpCheck> = {},
): HttpCheck {
  return {
    kind: "http",
    caller: { from: "host" },
    url: `https://${name}:${lab.httpsPort}${path}`,
    resolveTo: lab.gatewayAddress,
    trust: "lab",
    expect: { status: [200] },
    ...more,
  };
}
