import { generated } from "./generated.ts";
import { exactlyOne } from "./inputs.ts";

/** `tls:index/certRequest:CertRequest`: a request for a certificate, signed by the key it is for. */
export const certRequest = generated({
  inputs: ["privateKeyPem", "privateKeyPemWoVersion", "subject", "dnsNames", "ipAddresses", "uris"],
  defaults: {},
  computed: ["certRequestPem", "keyAlgorithm"],
  secrets: ["privateKeyPem"],
  check: (_, isGiven) => exactlyOne(isGiven, "privateKeyPem", "privateKeyPemWo"),
  make: async (inputs) => (await import("./make.ts")).makeRequest(inputs),
});
