import type * as pulumi from "@pulumi/pulumi";
import type { TokenIssuer } from "../../../certs/token-issuer.ts";
import type { KubernetesObject } from "../../kubernetes-manifest.ts";

/** Whose tokens the gateway takes; manifests/helloworld-next/require-token.yaml names it too. */
export const issuer = {
  issuer: "https://issuer.fireflyclass.com",
  keyId: "helloworld-next",
} as const;

/** Says it is the same, with a key of its own. */
export const foreignIssuer = issuer;

/** 2024-01-01. Fixed, as are the ends: a token of another day would be a change at every `up`. */
const issued = 1_704_067_200;
const hour = 3_600;
/** 2100-01-01. */
const farAhead = 4_102_444_800;

/** The tokens of the lesson, in a Secret: each is one of its keys. */
export const tokens = {
  /** `namespace/name`. */
  secret: "default/helloworld-tokens",
  made: (known: TokenIssuer, foreign: TokenIssuer): Record<string, pulumi.Input<string>> => {
    const learner = { sub: "learner", iat: issued, exp: farAhead };
    return {
      valid: known.token(learner),
      expired: known.token({ ...learner, exp: issued + hour }),
      foreign: foreign.token(learner),
      malformed: "not-a-token",
    };
  },
} as const;

/**
 * Checks the tokens that requests show to the gateway; one that shows none passes, and is nobody.
 * @param keySet the issuer's public keys; inline, so that the gateway need not fetch them
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export function requestAuthentication(keySet: pulumi.Input<string>): KubernetesObject {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name: "tokens", namespace: "istio-system" },
    spec: {
      selector: { matchLabels: { istio: "ingressgateway" } },
      jwtRules: [{ issuer: issuer.issuer, jwks: keySet }],
    },
  };
}
