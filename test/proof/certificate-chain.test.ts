import { beforeAll, expect, it } from "vitest";
import type { CertificateCheck } from "../../components/scenarios/checks/certificate.ts";
import { lookAtCertificate } from "../../hack/proof/checks/certificate.ts";
import type { Look } from "../../hack/proof/poll.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";
import { throwawayCa } from "./throwaway-certificates.ts";

const root = { O: "example Inc.", CN: "root" };
const rest = { subject: root, issuer: root, isCa: true };
let leaf = "";
let ca = "";

beforeAll(() => {
  const made = throwawayCa("root");
  ca = made.certificate;
  leaf = made.leaf(["a.example.com"]).certificate;
});

function look(pem: string, chain: CertificateCheck["expect"]["chain"] = []): Promise<Look> {
  const { lab } = fakeLab(labOutputs(), () => undefined);
  return lookAtCertificate(lab, { kind: "certificate", source: { pem }, expect: { chain } });
}

it("takes the certificates that come with the first one, all of them", async () => {
  expect(await look(leaf + ca, [rest])).toEqual({
    passed: true,
    observed: "O=httpbin organization, CN=a.example.com; 2 certificates",
  });
  expect(await look(leaf, [])).toMatchObject({ passed: true });
});

it.each([
  ["one too few", "leaf", [rest], "0 more certificates come with it, not 1"],
  ["one too many", "both", [], "1 more certificates come with it, not 0"],
  [
    "another one",
    "both",
    [{ ...rest, subject: { CN: "else" } }],
    "certificate 2 of the chain: subject is O=example Inc., CN=root, not CN=else",
  ],
  [
    "one that signs nothing",
    "both",
    [{ ...rest, isCa: false }],
    "certificate 2 of the chain: isCa is true, not false",
  ],
])("refuses %s", async (_, which, chain, reason) => {
  expect(await look(which === "leaf" ? leaf : leaf + ca, chain)).toMatchObject({
    passed: false,
    reason,
  });
});
