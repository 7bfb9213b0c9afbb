import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { IngressCredential } from "../../../components/ingress/ingress-credential.ts";
import { drain, find, record, valueOf, whole, type Registration } from "../../support/mocks.ts";

const args = {
  secretName: "httpbin-0-credential",
  namespace: "istio-system",
  certPem: "the certificate",
  privateKeyPem: "the key",
};

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("IngressCredential", () => {
  it("is a Secret of type kubernetes.io/tls", async () => {
    new IngressCredential("credential", args);
    await drain();
    expect(whole(registered)).toEqual([
      { type: "istio-lab:ingress:IngressCredential", name: "credential", inputs: {} },
      {
        type: "kubernetes:core/v1:Secret",
        name: "credential-secret",
        inputs: {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: "httpbin-0-credential", namespace: "istio-system" },
          type: "kubernetes.io/tls",
          stringData: { "tls.crt": "the certificate", "tls.key": "the key" },
        },
      },
    ]);
  });

  it.each([
    ["plain", "the key"],
    ["secret", pulumi.secret("the key")],
  ])("keeps a %s key secret on its way into the state", async (_, privateKeyPem) => {
    new IngressCredential("credential", { ...args, privateKeyPem });
    await drain();
    const { secrets, secretOutputs } = find(registered, "credential-secret");
    expect(secrets).toEqual(["stringData"]);
    expect(secretOutputs).toEqual(["data", "stringData"]);
  });

  it("names the Secret, in clear: what a Gateway takes waits for it", async () => {
    const { credentialName } = new IngressCredential("credential", args);
    await drain();
    expect(await valueOf(credentialName)).toBe("httpbin-0-credential");
    expect(await pulumi.isSecret(credentialName)).toBe(false);
  });
});
