import {
  ExtendedKeyUsage,
  Extension,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { extension } from "./extension.ts";
import { extendedUsages } from "./usage-names.ts";

const flags: Record<string, number> = {
  digital_signature: KeyUsageFlags.digitalSignature,
  content_commitment: KeyUsageFlags.nonRepudiation,
  key_encipherment: KeyUsageFlags.keyEncipherment,
  data_encipherment: KeyUsageFlags.dataEncipherment,
  key_agreement: KeyUsageFlags.keyAgreement,
  cert_signing: KeyUsageFlags.keyCertSign,
  crl_signing: KeyUsageFlags.cRLSign,
  encipher_only: KeyUsageFlags.encipherOnly,
  decipher_only: KeyUsageFlags.decipherOnly,
};

/** Key usage (critical) and extended key usage, each only if some allowed use asks for it. */
export function usageExtensions(allowedUses: readonly string[]): Extension[] {
  const bits = allowedUses.reduce((all, use) => all | (flags[use] ?? 0), 0);
  const extended = allowedUses.flatMap((use) => extendedUsages[use] ?? []);
  return [
    ...(bits === 0 ? [] : [extension(id_ce_keyUsage, true, new KeyUsage(bits))]),
    ...(extended.length === 0
      ? []
      : [extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage(extended))]),
  ];
}
