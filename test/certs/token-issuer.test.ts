import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { TokenIssuer } from "../../certs/token-issuer.ts";
import { drain, record, valueOf, whole } from "../support/mocks.ts";

it("TokenIssuer is one RSA key; its key set is public, its tokens are secret", async () => {
  const registered = await record();
  const issuer = new TokenIssuer("issuer", { issuer: "https://a.example.com", keyId: "one" });
  await drain();
  expect(whole(registered)).toEqual([
    { type: "istio-lab:certs:TokenIssuer", name: "issuer", inputs: {} },
    {
      type: "tls:index/privateKey:PrivateKey",
      name: "issuer-key",
      inputs: { algorithm: "RSA", rsaBits: 2048 },
    },
  ]);
  expect(JSON.parse(await valueOf(issuer.keySet))).toMatchObject({ keys: [{ kid: "one" }] });
  expect(await pulumi.isSecret(issuer.keySet)).toBe(false);
  const token = issuer.token({ sub: "me", iat: 1, exp: 2 });
  expect(await pulumi.isSecret(token)).toBe(true);
  const [, claims = ""] = (await valueOf(token)).split(".");
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toEqual({
    iss: "https://a.example.com",
    sub: "me",
    iat: 1,
    exp: 2,
  });
});
