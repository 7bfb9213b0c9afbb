import { createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { HttpCheck } from "../../../components/scenarios/checks/http.ts";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { chartValues } from "../../../components/mesh/helm-values.ts";
import { helloworldNext } from "../../../components/scenarios/helloworld-next.ts";
import { officialSupply } from "../../../components/supply.ts";
import { buildStep } from "../../support/build-step.ts";
import { base, one, route } from "../../support/helloworld-next.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed } from "../../support/mocks.ts";

const build = (step: string): ReturnType<typeof buildStep> => buildStep("helloworld-next", step);

describe("jwt", () => {
  const secret = "kubernetes:core/v1:Secret";

  it("adds two issuers, their tokens, an authentication and a policy", async () => {
    expect(listed(await build("jwt"))).toEqual(
      [
        ...base,
        one,
        "istio-lab:certs:TokenIssuer helloworld-next-issuer",
        "istio-lab:certs:TokenIssuer helloworld-next-foreign-issuer",
        "tls:index/privateKey:PrivateKey helloworld-next-issuer-key",
        "tls:index/privateKey:PrivateKey helloworld-next-foreign-issuer-key",
        `${secret} default/helloworld-tokens`,
        "kubernetes:security.istio.io/v1:AuthorizationPolicy istio-system/require-token",
        "kubernetes:security.istio.io/v1:RequestAuthentication istio-system/tokens",
      ].sort(),
    );
  });

  it("checks tokens of its issuer, and lets nobody without one in", async () => {
    const registered = await build("jwt");
    const selector = { matchLabels: { istio: "ingressgateway" } };
    const { spec } = find(registered, "istio-system/tokens").inputs as {
      spec: { jwtRules: { issuer: string; jwks: string }[] };
    };
    expect(spec).toMatchObject({
      selector,
      jwtRules: [{ issuer: "https://issuer.fireflyclass.com" }],
    });
    expect(JSON.parse(spec.jwtRules[0]?.jwks ?? "")).toMatchObject({
      keys: [{ kty: "RSA", use: "sig", alg: "RS256", kid: "helloworld-next" }],
    });
    expect(find(registered, "istio-system/require-token").inputs["spec"]).toEqual({
      selector,
      action: "ALLOW",
      rules: [{ from: [{ source: { requestPrincipals: ["https://issuer.fireflyclass.com/*"] } }] }],
    });
  });

  it("keeps the tokens secret, and signs the valid one so that the key set verifies it", async () => {
    const registered = await build("jwt");
    const { inputs, secrets } = find(registered, "default/helloworld-tokens", secret);
    const tokens = (inputs as { stringData: Record<string, string> }).stringData;
    expect(Object.keys(tokens).sort()).toEqual(["expired", "foreign", "malformed", "valid"]);
    for (const key of ["valid", "expired", "foreign"]) {
      expect(secrets.some((path) => `stringData.${key}`.startsWith(path))).toBe(true);
    }
    const { spec } = find(registered, "istio-system/tokens").inputs as {
      spec: { jwtRules: { jwks: string }[] };
    };
    const { keys } = JSON.parse(spec.jwtRules[0]?.jwks ?? "") as {
      keys: { n: string; e: string }[];
    };
    const [header = "", claims = "", signature = ""] = (tokens["valid"] ?? "").split(".");
    const key = createPublicKey({ key: { kty: "RSA", ...keys[0] }, format: "jwk" });
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify("sha256", signed, key, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toEqual({
      iss: "https://issuer.fireflyclass.com",
      sub: "learner",
      iat: 1_704_067_200,
      exp: 4_102_444_800,
    });
  });
});

describe("oauth-proxy", () => {
  const policy = "kubernetes:security.istio.io/v1:AuthorizationPolicy istio-system/ask-oauth-proxy";

  it("asks oauth2-proxy for every request to the greeting", async () => {
    const registered = await build("oauth-proxy");
    expect(find(registered, "istio-system/ask-oauth-proxy").inputs["spec"]).toEqual({
      selector: { matchLabels: { istio: "ingressgateway" } },
      action: "CUSTOM",
      provider: { name: "oauth2-proxy" },
      rules: [
        {
          to: [
            {
              operation: {
                hosts: ["helloworld.fireflyclass.com", "helloworld.fireflyclass.com:*"],
              },
            },
          ],
        },
      ],
    });
    expect(listed(registered).filter((name) => /dex|oauth/.test(name))).toEqual([
      "istio-lab:addons:OauthProxy oauth-proxy",
      "kubernetes:apps/v1:Deployment default/dex",
      "kubernetes:apps/v1:Deployment default/oauth2-proxy",
      "kubernetes:core/v1:ConfigMap default/dex",
      "kubernetes:core/v1:Secret default/oauth2-proxy",
      "kubernetes:core/v1:Service default/dex",
      "kubernetes:core/v1:Service default/oauth2-proxy",
      "kubernetes:core/v1:ServiceAccount default/dex",
      "kubernetes:core/v1:ServiceAccount default/oauth2-proxy",
      `${route} default/dex`,
      policy,
      "tls:index/privateKey:PrivateKey oauth-proxy-key",
    ]);
  });

  it("is the policy alone where the supply has no oauth2-proxy", async () => {
    const supply = { ...officialSupply, limits: { "oauth2-proxy": "not among the packages" } };
    const registered = listed(await buildStep("helloworld-next", "oauth-proxy", {}, supply));
    expect(registered).toEqual([...base, one, policy].sort());
  });

  it("has a provider of that name in the mesh, at the Service that the step makes", () => {
    expect(chartValues("istiod.yaml")).toMatchObject({
      meshConfig: {
        extensionProviders: [
          {
            name: "oauth2-proxy",
            envoyExtAuthzHttp: {
              service: "oauth2-proxy.default.svc.cluster.local",
              port: 4180,
            },
          },
        ],
      },
    });
  });
});

/** Which of the lesson's tokens a call shows. */
function keyOf({ bearerFrom }: HttpCheck): string {
  return bearerFrom !== undefined && "key" in bearerFrom ? bearerFrom.key : "none";
}

describe("the proof", () => {
  const rows = (step: string): readonly Expectation[] =>
    helloworldNext.proof(labOutputs(step), step);

  it("of jwt has a good token and four refusals", () => {
    expect(
      rows("jwt").map(({ check, negative = false }) =>
        check.kind === "http" ? [keyOf(check), check.expect.status, negative] : check.kind,
      ),
    ).toEqual([
      ["valid", [200], false],
      ["none", [403], true],
      ["malformed", [401], true],
      ["expired", [401], true],
      ["foreign", [401], true],
    ]);
  });

  it("of oauth-proxy holds without oauth2-proxy too, and with it wants a log-in or a token", () => {
    expect(
      rows("oauth-proxy").map(({ needs = "nothing", check }) => [
        needs,
        check.kind === "http" && check.expect.status,
      ]),
    ).toEqual([
      ["nothing", [302, 403]],
      ["nothing", [302, 403]],
      ["oauth2-proxy", [302]],
      ["oauth2-proxy", [200]],
    ]);
  });
});
