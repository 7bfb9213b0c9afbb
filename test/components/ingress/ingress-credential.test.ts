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

const name = "istio-system/httpbin-0-credential";

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("IngressCredential", () => {
  it("is a Secret of type kubernetes.io/tls", async () => {
    new IngressCredential(name, args);
    await drain();
    expect(whole(registered)).toEqual([
      { type: "istio-lab:ingress:IngressCredential", name, inputs: {} },
      {
        type: "kubernetes:core/v1:Secret",
        name,
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

  it("has the authority of clients in a Secret beside it, where there is one", async () => {
    const { credentialName } = new IngressCredential(name, { ...args, clientCaPem: "the CA" });
    await drain();
    expect(find(registered, `${name}-cacert`)).toMatchObject({
      type: "kubernetes:core/v1:Secret",
      inputs: {
        metadata: { name: "httpbin-0-credential-cacert", namespace: "istio-system" },
        stringData: { "ca.crt": "the CA" },
      },
    });
    expect(await valueOf(credentialName)).toBe("httpbin-0-credential");
  });

  it.each([
    ["plain", "the key"],
    ["secret", pulumi.secret("the key")],
  ])("keeps a %s key secret on its way into the state", async (_, privateKeyPem) => {
    new IngressCredential(name, { ...args, privateKeyPem });
    await drain();
    const { secrets, secretOutputs } = find(registered, name, "kubernetes:core/v1:Secret");
    expect(secrets).toEqual(["stringData"]);
    expect(secretOutputs).toEqual(["data", "stringData"]);
  });

  it("names the Secret, in clear: what a Gateway takes waits for it", async () => {
    const { credentialName } = new IngressCredential(name, args);
    await drain();
    expect(await valueOf(credentialName)).toBe("httpbin-0-credential");
    expect(await pulumi.isSecret(credentialName)).toBe(false);
  });
});
