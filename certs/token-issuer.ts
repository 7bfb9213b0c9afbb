import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { keySpec } from "./certificate-spec.ts";
import { keySet, signedToken, type Claims } from "./json-web-token.ts";

/** Arguments of {@link TokenIssuer}. */
export interface TokenIssuerArgs {
  /** What its tokens say as `iss`. */
  readonly issuer: string;
  /** Name of its key in key set and tokens. */
  readonly keyId: string;
}

/** Signs tokens with an RSA key of its own; who knows its key set can tell them from others. */
export class TokenIssuer extends pulumi.ComponentResource {
  /** Its public key as JSON, for `jwks` of a RequestAuthentication. */
  readonly keySet: pulumi.Output<string>;
  readonly #args: TokenIssuerArgs;
  readonly #privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: TokenIssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:certs:TokenIssuer", name, {}, opts);
    const key = new tls.PrivateKey(`${name}-key`, keySpec("RSA-2048"), { parent: this });
    this.#args = args;
    this.#privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.keySet = key.publicKeyPem.apply((pem) => keySet(pem, args.keyId));
    this.registerOutputs({ keySet: this.keySet });
  }

  /** A token: secret. The same claims give the same token at every `up`. */
  token(claims: Omit<Claims, "iss">): pulumi.Output<string> {
    const { issuer, keyId } = this.#args;
    return this.#privateKeyPem.apply((pem) => signedToken(pem, keyId, { iss: issuer, ...claims }));
  }
}
