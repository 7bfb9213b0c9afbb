import { execFileSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isSecret, unknown } from "../../hack/registry-only/plugins/property.ts";
import { privateKey } from "../../hack/registry-only/plugins/tls/private-key.ts";
import { created, operation } from "./plugins-operation.ts";

const folder = mkdtempSync(join(tmpdir(), "plugins-key-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function sshKeygen(pem: string, ...args: string[]): string {
  const file = join(folder, "key");
  writeFileSync(file, pem);
  chmodSync(file, 0o600);
  return execFileSync("ssh-keygen", [...args, "-f", file], { encoding: "utf8" }).trim();
}

describe("PrivateKey", () => {
  it.each([
    ["RSA", { algorithm: "RSA" }, "RSA PRIVATE KEY", { modulusLength: 2048 }],
    ["RSA 3072", { algorithm: "RSA", rsaBits: 3072 }, "RSA PRIVATE KEY", { modulusLength: 3072 }],
    ["ECDSA", { algorithm: "ECDSA" }, "EC PRIVATE KEY", { namedCurve: "secp224r1" }],
    [
      "ECDSA P256",
      { algorithm: "ECDSA", ecdsaCurve: "P256" },
      "EC PRIVATE KEY",
      { namedCurve: "prime256v1" },
    ],
    [
      "ECDSA P384",
      { algorithm: "ECDSA", ecdsaCurve: "P384" },
      "EC PRIVATE KEY",
      { namedCurve: "secp384r1" },
    ],
    [
      "ECDSA P521",
      { algorithm: "ECDSA", ecdsaCurve: "P521" },
      "EC PRIVATE KEY",
      { namedCurve: "secp521r1" },
    ],
    ["ED25519", { algorithm: "ED25519" }, "PRIVATE KEY", {}],
  ])("makes %s keys that Node and OpenSSH read alike", async (_, inputs, label, details) => {
    const key = await created(privateKey, inputs);
    const publicKey = createPublicKey(createPrivateKey(key["privateKeyPem"] ?? ""));
    const der = publicKey.export({ type: "spki", format: "der" });
    expect(key["privateKeyPem"]).toContain(`-----BEGIN ${label}-----\n`);
    expect(key["privateKeyPemPkcs8"]).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(publicKey.asymmetricKeyDetails).toMatchObject(details);
    expect(key["publicKeyPem"]).toBe(publicKey.export({ type: "spki", format: "pem" }));
    expect(key.id).toBe(createHash("sha1").update(der).digest("hex"));
    if (publicKey.asymmetricKeyDetails?.namedCurve === "secp224r1") {
      expect([key["privateKeyOpenssh"], key["publicKeyOpenssh"]]).toEqual(["", ""]);
      expect([key["publicKeyFingerprintMd5"], key["publicKeyFingerprintSha256"]]).toEqual(["", ""]);
      return;
    }
    const openssh = key["privateKeyOpenssh"] ?? "";
    expect(`${sshKeygen(openssh, "-y")}\n`).toBe(key["publicKeyOpenssh"]);
    expect(sshKeygen(openssh, "-l").split(" ")[1]).toBe(key["publicKeyFingerprintSha256"]);
    expect(sshKeygen(openssh, "-l", "-E", "md5").split(" ")[1]).toBe(
      `MD5:${key["publicKeyFingerprintMd5"] ?? ""}`,
    );
  });

  it("wraps every form of the private key as a secret, and nothing else", async () => {
    const { state } = await privateKey.create({ algorithm: "ED25519" }, operation());
    const secrets = Object.keys(state).filter((name) => isSecret(state[name]));
    expect(secrets.sort()).toEqual(["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"]);
  });

  it("makes nothing in a preview", async () => {
    const made = await privateKey.create({ algorithm: "RSA" }, operation({ preview: true }));
    expect(made.id).toBe("");
    expect(made.state).toMatchObject({ rsaBits: 2048, ecdsaCurve: "P224", publicKeyPem: unknown });
  });

  it("is replaced when an input changes, and only then", async () => {
    const { state } = await privateKey.create({ algorithm: "ED25519" }, operation());
    expect(privateKey.diff(state, { algorithm: "ED25519" })).toEqual({ replaces: [], updates: [] });
    expect(privateKey.diff(state, { algorithm: "ED25519", rsaBits: 2048 })).toEqual({
      replaces: [],
      updates: [],
    });
    expect(privateKey.diff(state, { algorithm: "RSA", rsaBits: 3072 })).toEqual({
      replaces: ["algorithm", "rsaBits"],
      updates: [],
    });
  });

  it("names every bad input at once, and takes unknown ones on trust", () => {
    const faults = privateKey.check({ algorithm: "DSA", ecdsaCurve: "P1", rsaBits: 512 });
    expect(faults.map(({ property }) => property)).toEqual(["algorithm", "ecdsaCurve", "rsaBits"]);
    expect(faults[0]?.reason).toBe('"DSA" is not accepted; it must be one of RSA, ECDSA, ED25519');
    expect(privateKey.check({ algorithm: unknown })).toEqual([]);
    expect(privateKey.check({})).toEqual([{ property: "algorithm", reason: "must be given" }]);
  });
});
