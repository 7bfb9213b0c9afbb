import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key, as PEM. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority that lives as long as one test file. */
export interface ThrowawayCa extends Pair {
  /** Signs a leaf for these DNS names. */
  leaf(
    dnsNames: readonly string[],
    more?: { readonly days?: number; readonly extensions?: string },
  ): Pair;
}

const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function inFolder<T>(
  work: (openssl: (...args: string[]) => void, path: (file: string) => string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), "proof-test-"));
  try {
    return work(
      (...args) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" }),
      (file) => join(folder, file),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes a root CA: CN as given, O "example Inc.". */
export function throwawayCa(commonName: string): ThrowawayCa {
  const ca = inFolder((openssl, path): Pair => {
    const usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
    const names = ["-subj", `/O=example Inc./CN=${commonName}`, "-days", "30", ...usage];
    openssl("req", "-x509", ...curve, "-keyout", "key", "-out", "certificate", ...names);
    return {
      certificate: readFileSync(path("certificate"), "utf8"),
      key: readFileSync(path("key"), "utf8"),
    };
  });
  return {
    ...ca,
    leaf: (dnsNames, { days = 10, extensions = "" } = {}) =>
      inFolder((openssl, path): Pair => {
        writeFileSync(path("ca"), ca.certificate);
        writeFileSync(path("ca-key"), ca.key);
        const names = dnsNames.map((name) => `DNS:${name}`).join(",");
        writeFileSync(
          path("extensions"),
          `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n${extensions}`,
        );
        const subject = `/O=httpbin organization/CN=${dnsNames[0] ?? "none"}`;
        openssl("req", ...curve, "-keyout", "key", "-out", "request", "-subj", subject);
        const sign = [
          "-CA",
          "ca",
          "-CAkey",
          "ca-key",
          "-days",
          String(days),
          "-extfile",
          "extensions",
        ];
        openssl(
          "x509",
          "-req",
          "-in",
          "request",
          "-out",
          "certificate",
          "-CAcreateserial",
          ...sign,
        );
        return {
          certificate: readFileSync(path("certificate"), "utf8"),
          key: readFileSync(path("key"), "utf8"),
        };
      }),
  };
}
