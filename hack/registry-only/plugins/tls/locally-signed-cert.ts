import { generated } from "./generated.ts";
import { exactlyOne } from "./inputs.ts";
import {
  certificateDefaults,
  certificateFaults,
  certificateOutputs,
  isReadyForRenewal,
} from "./renewal.ts";

/** `tls:index/locallySignedCert:LocallySignedCert`: a certificate for a request, signed by a CA. */
export const locallySignedCert = generated({
  inputs: [
    "certRequestPem",
    "caPrivateKeyPem",
    "caPrivateKeyPemWoVersion",
    "caCertPem",
    "validityPeriodHours",
    "allowedUses",
    "isCaCertificate",
    "maxPathLength",
    "setSubjectKeyId",
  ],
  updatable: ["earlyRenewalHours"],
  defaults: certificateDefaults,
  computed: [...certificateOutputs, "caKeyAlgorithm"],
  secrets: ["caPrivateKeyPem"],
  isSpent: isReadyForRenewal,
  check: (known, isGiven) => [
    ...["certRequestPem", "caCertPem"]
      .filter((name) => !isGiven(name))
      .map((property) => ({ property, reason: "must be given" })),
    ...exactlyOne(isGiven, "caPrivateKeyPem", "caPrivateKeyPemWo"),
    ...certificateFaults(known, isGiven),
  ],
  make: async (inputs) => (await import("./make.ts")).makeLocallySigned(inputs),
});
