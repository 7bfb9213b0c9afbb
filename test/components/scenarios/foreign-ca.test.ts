import { X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { foreignCaPem } from "../../../components/scenarios/foreign-ca.ts";

it("foreignCaPem is a CA of somebody else, alone, signed by itself and valid for decades", () => {
  const certificate = new X509Certificate(foreignCaPem);
  expect(certificate.subject).toBe("O=somebody else\nCN=another authority");
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.validToDate.getUTCFullYear()).toBeGreaterThan(2100);
  expect(foreignCaPem.match(/-----BEGIN [A-Z ]+-----/g)).toEqual(["-----BEGIN CERTIFICATE-----"]);
});
