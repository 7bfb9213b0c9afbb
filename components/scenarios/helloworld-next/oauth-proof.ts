import { httpCall } from "../calls.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";

const issuerHost = "dex.fireflyclass.com";

/** Who has no session is sent to dex, or refused while nobody can be asked; a token of dex opens the gateway. */
export function oauthProof(lab: LabOutputs, host: string): Expectation[] {
  const withoutGreeting = { lacks: ["Hello, world!"] };
  return [
    {
      name: "without a session nobody gets in",
      expected: "302, or 403 while oauth2-proxy can't be asked",
      negative: true,
      check: httpCall(lab, host, "/", { expect: { status: [302, 403], body: withoutGreeting } }),
    },
    {
      name: "what is no token is no help, and is not judged by the gateway itself",
      expected: "302 or 403, not 401",
      negative: true,
      check: httpCall(lab, host, "/", {
        headers: { Authorization: "Bearer not-a-token" },
        expect: { status: [302, 403], body: withoutGreeting },
      }),
    },
    {
      name: "without a session a browser is sent to dex",
      expected: `302, location ${issuerHost}`,
      needs: "oauth2-proxy",
      check: httpCall(lab, host, "/", {
        expect: {
          status: [302],
          headers: { location: { contains: [`http://${issuerHost}/auth?`] } },
        },
      }),
    },
    {
      name: "an ID token of dex opens the gateway",
      expected: "200, Hello, world!",
      needs: "oauth2-proxy",
      check: httpCall(lab, host, "/", {
        bearerFrom: {
          call: {
            url: `http://${issuerHost}:${lab.httpPort}/token`,
            body: "grant_type=password&client_id=lab-cli&username=learner@example.com&password=password&scope=openid+email",
          },
          field: "id_token",
        },
        expect: { status: [200], body: { contains: ["Hello, world!"] } },
      }),
    },
  ];
}
