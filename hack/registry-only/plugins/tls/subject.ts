import {
  AttributeTypeAndValue,
  AttributeValue,
  Name,
  RelativeDistinguishedName,
} from "@peculiar/asn1-x509";
import type { Properties } from "../property.ts";
import { text, texts } from "./inputs.ts";

// In the order in which the official plugin writes them.
const attributes: readonly [input: string, oid: string][] = [
  ["country", "2.5.4.6"],
  ["organization", "2.5.4.10"],
  ["organizationalUnit", "2.5.4.11"],
  ["locality", "2.5.4.7"],
  ["province", "2.5.4.8"],
  ["streetAddresses", "2.5.4.9"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "2.5.4.3"],
  ["serialNumber", "2.5.4.5"],
];
const emailAddress = "1.2.840.113549.1.9.1";

/** The distinguished name of a `subject` input; empty if nothing in it is given. */
export function distinguishedName(subject: Properties): Name {
  const named = attributes.flatMap(([input, oid]) => {
    const given =
      input === "streetAddresses" ? texts(subject, input) : [text(subject, input) ?? ""];
    const values = given.filter((value) => value !== "").map(directoryString);
    return values.length === 0 ? [] : [relative(oid, values)];
  });
  const email = text(subject, "emailAddress") ?? "";
  if (email !== "") named.push(relative(emailAddress, [new AttributeValue({ ia5String: email })]));
  return new Name(named);
}

function relative(type: string, values: readonly AttributeValue[]): RelativeDistinguishedName {
  return new RelativeDistinguishedName(
    values.map((value) => new AttributeTypeAndValue({ type, value })),
  );
}

/** The plainest ASN.1 string that holds the text. */
function directoryString(value: string): AttributeValue {
  const isPrintable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value);
  return new AttributeValue(isPrintable ? { printableString: value } : { utf8String: value });
}
