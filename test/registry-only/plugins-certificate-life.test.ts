import { describe, expect, it } from "vitest";
import { isSecret, secret, unknown } from "../../hack/registry-only/plugins/property.ts";
import { locallySignedCert } from "../../hack/registry-only/plugins/tls/locally-signed-cert.ts";
import { selfSignedCert } from "../../hack/registry-only/plugins/tls/self-signed-cert.ts";
import { keyPem, leafInputs, useFolder } from "./plugins-openssl.ts";
import { operation } from "./plugins-operation.ts";

useFolder();

describe("the life of a certificate", () => {
  const none = { replaces: [], updates: [] };

  it("keeps its key secret, whether it came as a secret or not", async () => {
    const pem = await keyPem();
    for (const privateKeyPem of [pem, secret(pem)]) {
      const inputs = { privateKeyPem, ...leafInputs };
      const { state } = await selfSignedCert.create(inputs, operation());
      expect(Object.keys(state).filter((name) => isSecret(state[name]))).toEqual(["privateKeyPem"]);
      expect(selfSignedCert.diff(state, inputs)).toEqual(none);
    }
  });

  it("records no write-only key, and is replaced when that key's version says so", async () => {
    const inputs = {
      privateKeyPemWo: secret(await keyPem()),
      privateKeyPemWoVersion: 1,
      ...leafInputs,
    };
    const { state } = await selfSignedCert.create(inputs, operation());
    expect(JSON.stringify(state)).not.toContain("PRIVATE KEY");
    expect(selfSignedCert.diff(state, { ...inputs, privateKeyPemWo: "other" })).toEqual(none);
    expect(selfSignedCert.diff(state, { ...inputs, privateKeyPemWoVersion: 2 }).replaces).toEqual([
      "privateKeyPemWoVersion",
    ]);
  });

  it("previews with unknown inputs, which stay unknown", async () => {
    const inputs = { privateKeyPem: secret(unknown), ...leafInputs };
    expect(selfSignedCert.check(inputs)).toEqual([]);
    const { id, state } = await selfSignedCert.create(inputs, operation({ preview: true }));
    expect(id).toBe("");
    expect(state).toMatchObject({
      privateKeyPem: secret(unknown),
      certPem: unknown,
      keyAlgorithm: unknown,
      readyForRenewal: false,
      validityPeriodHours: 24,
    });
  });

  it("is replaced for any input but the early renewal, which it takes over", async () => {
    const inputs = { privateKeyPem: await keyPem(), ...leafInputs };
    const { state } = await selfSignedCert.create(inputs, operation());
    const wanted = { ...inputs, earlyRenewalHours: 2 };
    expect(selfSignedCert.diff(state, wanted)).toEqual({
      replaces: [],
      updates: ["earlyRenewalHours"],
    });
    const updated = await selfSignedCert.update(state, wanted, operation());
    expect(updated).toEqual({ ...state, earlyRenewalHours: 2 });
    expect(selfSignedCert.diff(state, { ...inputs, dnsNames: ["x.test"] })).toEqual({
      replaces: ["dnsNames"],
      updates: [],
    });
    expect(selfSignedCert.diff(state, { ...inputs, privateKeyPem: unknown })).toEqual({
      replaces: ["privateKeyPem"],
      updates: [],
    });
  });

  it("is replaced once it is within its early renewal, and a refresh says so", async () => {
    const inputs = { privateKeyPem: await keyPem(), ...leafInputs, earlyRenewalHours: 23 };
    const { state } = await selfSignedCert.create(inputs, operation());
    expect(selfSignedCert.diff(state, inputs)).toEqual(none);
    expect(selfSignedCert.read?.(state)).toEqual(state);
    const spent = { ...state, validityEndTime: new Date(Date.now() + 60_000).toISOString() };
    expect(selfSignedCert.diff(spent, inputs)).toEqual({
      replaces: ["readyForRenewal"],
      updates: [],
    });
    expect(selfSignedCert.read?.(spent)).toEqual({ ...spent, readyForRenewal: true });
  });

  it("names every bad input at once", () => {
    const faults = locallySignedCert.check({
      caPrivateKeyPem: "x",
      caPrivateKeyPemWo: "y",
      caCertPem: "z",
      validityPeriodHours: -1,
      earlyRenewalHours: -10,
      allowedUses: ["server_auth", "server"],
    });
    expect(
      faults.map(({ property, reason }) => `${property}: ${reason.split(";")[0] ?? ""}`),
    ).toEqual([
      "certRequestPem: must be given",
      "caPrivateKeyPem: exactly one of caPrivateKeyPem and caPrivateKeyPemWo must be given",
      "validityPeriodHours: value must be at least 0, got: -1",
      "earlyRenewalHours: value must be at least 0, got: -10",
      'allowedUses: "server" is not accepted',
    ]);
  });
});
