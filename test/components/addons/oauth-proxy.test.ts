import { expect, it } from "vitest";
import { OauthProxy } from "../../../components/addons/oauth-proxy.ts";
import { officialSupply } from "../../../components/supply.ts";
import { drain, find, record } from "../../support/mocks.ts";

it("OauthProxy makes its secrets from a key of its own: two, kept, and never in clear", async () => {
  const registered = await record();
  new OauthProxy("oauth-proxy", { supply: officialSupply, keyOpts: {} });
  await drain();
  expect(find(registered, "oauth-proxy-key").inputs).toEqual({ algorithm: "ED25519" });
  const { inputs, secrets } = find(registered, "default/oauth2-proxy", "kubernetes:core/v1:Secret");
  const { stringData } = inputs as { stringData: Record<string, string> };
  expect(Object.keys(stringData).sort()).toEqual(["client-secret", "cookie-secret"]);
  // 32 bytes are what oauth2-proxy takes for AES-256.
  for (const [key, value] of Object.entries(stringData)) {
    expect(value).toMatch(/^[0-9a-f]{32}$/);
    expect(secrets.some((path) => `stringData.${key}`.startsWith(path))).toBe(true);
  }
  expect(stringData["client-secret"]).not.toBe(stringData["cookie-secret"]);
});

it("starts its pods after the secrets that they read", async () => {
  const registered = await record();
  new OauthProxy("oauth-proxy", { supply: officialSupply, keyOpts: {} });
  await drain();
  for (const name of ["default/dex", "default/oauth2-proxy"]) {
    const { waitsFor } = find(registered, name, "kubernetes:apps/v1:Deployment");
    expect(waitsFor).toContain("default/oauth2-proxy");
  }
});
