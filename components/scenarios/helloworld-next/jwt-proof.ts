import { httpCall } from "../calls.ts";
import type { HttpCheck, HttpOutcome } from "../checks/http.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { tokens } from "./tokens.ts";

/** A good token gets in; none, a bad one and somebody else's do not. */
export function jwtProof(lab: LabOutputs, host: string): Expectation[] {
  const refused = (what: string, status: number, reason: string, key?: string): Expectation => ({
    name: `${what} is refused`,
    expected: `${status}: ${reason}`,
    negative: true,
    check: call(key, { status: [status], body: { contains: [reason], lacks: ["Hello, world!"] } }),
  });
  const call = (key: string | undefined, expect: HttpOutcome): HttpCheck =>
    httpCall(lab, host, "/", {
      ...(key === undefined ? {} : { bearerFrom: { secret: tokens.secret, key } }),
      expect,
    });
  return [
    {
      name: "a valid token opens the gateway",
      expected: "200, Hello, world!",
      check: call("valid", {
        status: [200],
        body: { contains: ["Hello, world!", "Version: 1.0.0"] },
      }),
    },
    refused("a request without a token", 403, "RBAC: access denied"),
    refused("what is no token", 401, "Jwt is not in the form of", "malformed"),
    refused("an expired token", 401, "Jwt is expired", "expired"),
    refused("a token of somebody else's key", 401, "Jwt verification fails", "foreign"),
  ];
}
