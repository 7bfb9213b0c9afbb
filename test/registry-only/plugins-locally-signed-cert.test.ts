import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Properties } from "../../hack/registry-only/plugins/property.ts";
import { certRequest } from "../../hack/registry-only/plugins/tls/cert-request.ts";
import { locallySignedCert } from "../../hack/registry-only/plugins/tls/locally-signed-cert.ts";
import {
  after,
  authority,
  authorityInputs,
  file,
  folder,
  keyPem,
  leafInputs,
  names,
  openssl,
  p256,
  printed,
  request,
  useFolder,
} from "./plugins-openssl.ts";
import { created } from "./plugins-operation.ts";

useFolder();

describe("LocallySignedCert", () => {
  it("makes a leaf of its request that OpenSSL verifies for each name, and no other authority's", async () => {
    const ca = await authority();
    const other = await authority();
    const certRequestPem = await request({
      subject: { commonName: "httpbin" },
      dnsNames: ["a.lab.test", "*.lab.test"],
      ipAddresses: ["127.0.0.1", "2001:db8::1"],
      uris: ["spiffe://cluster.local/ns/x/sa/y"],
    });
    const made = await created(locallySignedCert, { certRequestPem, ...ca, ...leafInputs });
    const certPem = made["certPem"] ?? "";
    const lines = printed(certPem);
    expect(after(lines, "X509v3 Subject Alternative Name:")).toBe(
      "DNS:a.lab.test, DNS:*.lab.test, IP Address:127.0.0.1, " +
        "IP Address:2001:DB8:0:0:0:0:0:1, URI:spiffe://cluster.local/ns/x/sa/y",
    );
    expect(after(lines, "X509v3 Basic Constraints: critical")).toBe("CA:FALSE");
    expect(after(lines, "X509v3 Key Usage: critical")).toBe("Digital Signature");
    expect(after(lines, "X509v3 Extended Key Usage:")).toBe("TLS Web Server Authentication");
    expect(after(lines, "X509v3 Authority Key Identifier:")).toBe(
      after(printed(ca.caCertPem), "X509v3 Subject Key Identifier:"),
    );
    const [leaf, right, wrong] = [
      file("leaf.pem", certPem),
      file("ca.pem", ca.caCertPem),
      file("other.pem", other.caCertPem),
    ];
    const verify = ["verify", "-purpose", "sslserver", "-verify_hostname", "b.lab.test"];
    expect(openssl(...verify, "-CAfile", right, leaf)).toBe(`${leaf}: OK\n`);
    expect(() => openssl(...verify, "-CAfile", wrong, leaf)).toThrow(
      "unable to get local issuer certificate",
    );
    expect(() => openssl("verify", "-purpose", "sslclient", "-CAfile", right, leaf)).toThrow(
      /unsuitable certificate purpose|unsupported certificate purpose/,
    );
  });

  it("repeats the authority's name byte by byte, whatever made the authority", async () => {
    const ca = await authority();
    const certRequestPem = await request({ subject: { commonName: "x" } });
    const made = await created(locallySignedCert, { certRequestPem, ...ca, ...leafInputs });
    expect(names(made["certPem"] ?? "").issuer).toBe(names(ca.caCertPem).subject);

    const [key, cert] = [join(folder, "foreign.key"), join(folder, "foreign.pem")];
    const subject = "/DC=test/O=Grüße/CN=a+OU=b/emailAddress=x@y.test";
    openssl(
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert],
      ...["-utf8", "-multivalue-rdn", "-subj", subject, "-days", "2"],
    );
    const foreign = {
      caPrivateKeyPem: readFileSync(key, "utf8"),
      caCertPem: readFileSync(cert, "utf8"),
    };
    const leaf = await created(locallySignedCert, { certRequestPem, ...foreign, ...leafInputs });
    expect(names(leaf["certPem"] ?? "").issuer).toBe(names(foreign.caCertPem).subject);
    const path = file("foreign-leaf.pem", leaf["certPem"] ?? "");
    expect(openssl("verify", "-CAfile", cert, path)).toBe(`${path}: OK\n`);
  });

  it("takes a request that OpenSSL made, without the names a certificate is not given", async () => {
    const [key, path] = [join(folder, "r.key"), join(folder, "r.pem")];
    openssl(
      ...["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", path],
      ...["-subj", "/CN=x", "-addext", "subjectAltName=email:a@b.test,URI:urn:x,DNS:b.test"],
    );
    const certRequestPem = readFileSync(path, "utf8");
    const inputs = { certRequestPem, ...(await authority()), ...leafInputs };
    const lines = printed((await created(locallySignedCert, inputs))["certPem"] ?? "");
    expect(after(lines, "X509v3 Subject Alternative Name:")).toBe("DNS:b.test, URI:urn:x");
  });

  it("marks the alternative names critical when the subject names nobody", async () => {
    const certRequestPem = await request({ dnsNames: ["a.test"] });
    expect(openssl("req", "-in", file("r2.pem", certRequestPem), "-noout", "-verify")).toBe("");
    const inputs = { certRequestPem, ...(await authority()), ...leafInputs };
    const lines = printed((await created(locallySignedCert, inputs))["certPem"] ?? "");
    expect(after(lines, "X509v3 Subject Alternative Name: critical")).toBe("DNS:a.test");
  });

  it("makes an intermediate authority with a limit, and a chain through it", async () => {
    const root = await authority();
    const key = await keyPem(p256);
    const csr = await created(certRequest, {
      privateKeyPem: key,
      subject: { commonName: "Intermediate" },
    });
    const middle = await created(locallySignedCert, {
      certRequestPem: csr["certRequestPem"] ?? "",
      ...root,
      ...authorityInputs,
      maxPathLength: 1,
    });
    const caCertPem = middle["certPem"] ?? "";
    expect(after(printed(caCertPem), "X509v3 Basic Constraints: critical")).toBe(
      "CA:TRUE, pathlen:1",
    );
    const leaf = await created(locallySignedCert, {
      certRequestPem: await request({ subject: { commonName: "x" } }),
      caPrivateKeyPem: key,
      caCertPem,
      ...leafInputs,
    });
    const path = file("chained.pem", leaf["certPem"] ?? "");
    const [trusted, between] = [file("root.pem", root.caCertPem), file("middle.pem", caCertPem)];
    expect(openssl("verify", "-CAfile", trusted, "-untrusted", between, path)).toBe(
      `${path}: OK\n`,
    );
  });

  it("never uses a serial number twice", async () => {
    const inputs = {
      certRequestPem: await request({ subject: { commonName: "x" } }),
      ...(await authority({}, { algorithm: "ED25519" })),
      ...leafInputs,
    };
    const made = await Promise.all(
      Array.from({ length: 200 }, () => created(locallySignedCert, inputs)),
    );
    const serials = made.map(({ certPem }) => new X509Certificate(certPem ?? "").serialNumber);
    expect(new Set(serials).size).toBe(200);
    expect(new Set(made.map(({ id }) => id)).size).toBe(200);
  });

  it("refuses a key that is not the authority's, and what is no certificate or request", async () => {
    const ca = await authority();
    const certRequestPem = await request();
    const inputs = { certRequestPem, ...ca, ...leafInputs };
    const with_ = (more: Properties): Promise<unknown> =>
      created(locallySignedCert, { ...inputs, ...more });
    await expect(with_({ caPrivateKeyPem: await keyPem(p256) })).rejects.toThrow(
      "caPrivateKeyPem: is not the private key of the certificate in caCertPem",
    );
    await expect(with_({ caCertPem: "x" })).rejects.toThrow(
      "caCertPem: not a certificate in PEM form",
    );
    await expect(with_({ certRequestPem: ca.caCertPem })).rejects.toThrow(
      "certRequestPem: not a certificate request in PEM form",
    );
  });
});
