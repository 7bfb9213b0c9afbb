import { isDeepStrictEqual } from "node:util";
import type { CertificateCheck } from "../../../components/scenarios/checks/certificate.ts";
import { brief } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import { certificateFacts, pemBlocks } from "../certificate-facts.ts";
import type { CertificateFacts } from "../certificate-facts.ts";
import { readCertificate } from "../certificate-source.ts";
import type { Look } from "../poll.ts";

type Expected = CertificateCheck["expect"];

/** Expectations that are compared with the fact of the same name. */
const compared = [
  "subject",
  "issuer",
  "selfSigned",
  "isCa",
  "dnsNames",
  "uris",
  "days",
  "keyAlgorithm",
  "keyBits",
  "signatureAlgorithm",
  "keyUsages",
  "extendedKeyUsages",
  "extensions",
  "criticalExtensions",
] as const satisfies readonly (keyof Expected & keyof CertificateFacts)[];

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : brief(value.join(", "), 80);
  if (typeof value !== "object" || value === null) return String(value);
  return brief(
    Object.entries(value)
      .map(([key, part]) => `${key}=${String(part)}`)
      .join(", "),
    80,
  );
}

function same(found: unknown, wanted: unknown): boolean {
  if (!Array.isArray(found) || !Array.isArray(wanted)) return isDeepStrictEqual(found, wanted);
  return isDeepStrictEqual([...(found as unknown[])].sort(), [...(wanted as unknown[])].sort());
}

/** Why the certificate is not what is expected, or nothing. Chains and serials of others are not looked at here. */
export function factsFault(facts: CertificateFacts, expect: Expected): string | undefined {
  const wrong = compared.find(
    (field) => expect[field] !== undefined && !same(facts[field], expect[field]),
  );
  return wrong && `${wrong} is ${shown(facts[wrong])}, not ${shown(expect[wrong])}`;
}

/** The certificate in words: its subject, and what the expectation looks at besides. */
export function factsObserved(facts: CertificateFacts, expect: Expected): string {
  const rest = compared.filter((field) => field !== "subject" && expect[field] !== undefined);
  return [shown(facts.subject), ...rest.map((field) => `${field} ${shown(facts[field])}`)].join(
    "; ",
  );
}

/** Why what comes after the first certificate is not what is expected, or nothing. */
function chainFault(pem: string, { chain }: Expected): string | undefined {
  if (chain === undefined) return undefined;
  const rest = pemBlocks(pem)
    .slice(1)
    .map((block) => certificateFacts(block, ""));
  if (rest.length !== chain.length)
    return `${rest.length} more certificates come with it, not ${chain.length}`;
  return rest
    .map((facts, at) => ({ fault: factsFault(facts, chain[at] ?? {}), at }))
    .filter(({ fault }) => fault !== undefined)
    .map(({ fault, at }) => `certificate ${at + 2} of the chain: ${fault}`)[0];
}

async function chainsFault(
  lab: LiveLab,
  pem: string,
  expect: Expected,
): Promise<string | undefined> {
  if (expect.verifiedBy !== undefined) {
    const fault = await lab.openssl.chainFault(pem, expect.verifiedBy);
    if (fault !== undefined) return `it does not verify: ${fault}`;
  }
  if (expect.notVerifiedBy === undefined) return undefined;
  const fault = await lab.openssl.chainFault(pem, expect.notVerifiedBy);
  return fault === undefined ? "it verifies against a CA that it must not" : undefined;
}

async function serialFault(
  lab: LiveLab,
  serial: string,
  { serialUnlike }: Expected,
): Promise<string | undefined> {
  if (serialUnlike === undefined) return undefined;
  const other = await readCertificate(lab, serialUnlike);
  return certificateFacts(other, "").serial === serial
    ? `serial ${serial} is used twice`
    : undefined;
}

/** Reads a certificate and judges it. */
export async function lookAtCertificate(lab: LiveLab, check: CertificateCheck): Promise<Look> {
  const { expect } = check;
  const pem = await readCertificate(lab, check.source);
  const facts = certificateFacts(pem, await lab.openssl.text(pem));
  const more = expect.chain === undefined ? "" : `; ${pemBlocks(pem).length} certificates`;
  const observed = `${factsObserved(facts, expect)}${more}`;
  const reason =
    factsFault(facts, expect) ??
    chainFault(pem, expect) ??
    (await serialFault(lab, facts.serial, expect)) ??
    (await chainsFault(lab, pem, expect));
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}
