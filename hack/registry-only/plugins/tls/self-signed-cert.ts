import { generated } from "./generated.ts";
import { exactlyOne } from "./inputs.ts";
import {
  certificateDefaults,
  certificateFaults,
  certificateOutputs,
  isReadyForRenewal,
} from "./renewal.ts";

/** `tls:index/selfSignedCert:SelfSignedCert`: a certificate signed by its own key, such as a CA's. */
export const selfSignedCert = generated({
  inputs: [
    "privateKeyPem",
    "privateKeyPemWoVersion",
    "subject",
    "dnsNames",
    "ipAddresses",
    "uris",
    "validityPeriodHours",
    "allowedUses",
    "isCaCertificate",
    "maxPathLength",
    "setSubjectKeyId",
    "setAuthorityKeyId",
  ],
  updatable: ["earlyRenewalHours"],
  defaults: { ...certificateDefaults, setAuthorityKeyId: false },
  computed: [...certificateOutputs, "keyAlgorithm"],
  secrets: ["privateKeyPem"],
  isSpent: isReadyForRenewal,
  check: (known, isGiven) => [
    ...exactlyOne(isGiven, "privateKeyPem", "privateKeyPemWo"),
    ...certificateFaults(known, isGiven),
  ],
  make: async (inputs) => (await import("./make.ts")).makeSelfSigned(inputs),
});
