import { isIP } from "node:net";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Extension, GeneralName, GeneralNames, id_ce_subjectAltName } from "@peculiar/asn1-x509";
import type { Properties } from "../property.ts";
import { extension } from "./extension.ts";
import { texts } from "./inputs.ts";

/**
 * The alternative names of the inputs `dnsNames`, `ipAddresses` and `uris`, in this order.
 * @throws Error for a name that a certificate cannot hold
 */
export function alternativeNames(inputs: Properties): GeneralName[] {
  return [
    ...texts(inputs, "dnsNames").map(
      (name) => new GeneralName({ dNSName: ascii("dnsNames", name) }),
    ),
    ...texts(inputs, "ipAddresses").map((ip) => {
      if (isIP(ip) === 0) throw new Error(`ipAddresses: "${ip}" is not an IP address`);
      return new GeneralName({ iPAddress: ip });
    }),
    ...texts(inputs, "uris").map(
      (uri) => new GeneralName({ uniformResourceIdentifier: ascii("uris", uri) }),
    ),
  ];
}

/** The extension that holds the names: critical if the subject names nobody; none without names. */
export function alternativeNamesExtension(
  names: readonly GeneralName[],
  isSubjectEmpty: boolean,
): Extension[] {
  if (names.length === 0) return [];
  return [extension(id_ce_subjectAltName, isSubjectEmpty, new GeneralNames([...names]))];
}

/** The names a certificate takes over from a request: DNS names, IP addresses and URIs. */
export function requestedNames(extensions: readonly Extension[]): GeneralName[] {
  const found = extensions.find(({ extnID }) => extnID === id_ce_subjectAltName);
  if (found === undefined) return [];
  const names = [...AsnConvert.parse(found.extnValue.buffer, GeneralNames)];
  return [
    ...names.filter(({ dNSName }) => dNSName !== undefined),
    ...names.filter(({ iPAddress }) => iPAddress !== undefined),
    ...names.filter(({ uniformResourceIdentifier: uri }) => uri !== undefined),
  ];
}

function ascii(input: string, name: string): string {
  if (/^[\x20-\x7e]+$/.test(name)) return name;
  throw new Error(`${input}: "${name}" must be plain ASCII (an international name as punycode)`);
}
