import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { Extension } from "@peculiar/asn1-x509";

/** An X.509 extension around its content. */
export function extension(extnID: string, critical: boolean, content: unknown): Extension {
  const extnValue = new OctetString(AsnConvert.serialize(content));
  return new Extension({ extnID, critical, extnValue });
}
