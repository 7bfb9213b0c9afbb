import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { ExternalHost } from "../../../components/workloads/external-host.ts";
import { drain, find, listed, record, type Registration } from "../../support/mocks.ts";

const name = "external/httpbin-org";
const metadata = { name: "httpbin-org", namespace: "external" };

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
  const args = { host: "httpbin.org", image: "h:1", certPem: "CERT", privateKeyPem: "KEY" };
  new ExternalHost(name, args);
  await drain();
});

describe("ExternalHost", () => {
  it("is a pod with an identity and a certificate, behind a Service", () => {
    expect(listed(registered)).toEqual([
      "istio-lab:workloads:ExternalHost external/httpbin-org",
      "kubernetes:apps/v1:Deployment external/httpbin-org",
      "kubernetes:core/v1:Secret external/httpbin-org",
      "kubernetes:core/v1:Service external/httpbin-org",
      "kubernetes:core/v1:ServiceAccount external/httpbin-org",
    ]);
  });

  it("is unknown to the mesh, at the ports of the web", () => {
    expect(find(registered, name, "kubernetes:core/v1:Service").inputs).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        ...metadata,
        annotations: { "networking.istio.io/exportTo": "~", "pulumi.com/skipAwait": "true" },
      },
      spec: {
        selector: { app: "httpbin-org" },
        ports: [
          { name: "http", port: 80, targetPort: "http" },
          { name: "https", port: 443, targetPort: "https" },
        ],
      },
    });
  });

  it("keeps its key secret", () => {
    const secret = find(registered, name, "kubernetes:core/v1:Secret");
    expect(secret.inputs).toMatchObject({
      metadata,
      type: "kubernetes.io/tls",
      stringData: { "tls.crt": "CERT", "tls.key": "KEY" },
    });
    expect(secret.secrets).toEqual(["stringData"]);
  });

  it("serves HTTP and HTTPS, and starts anew with another certificate", () => {
    const { spec } = find(registered, name, "kubernetes:apps/v1:Deployment").inputs as {
      readonly spec: { readonly template: { readonly metadata: object; readonly spec: object } };
    };
    const hash = createHash("sha256").update("CERT").digest("hex").slice(0, 16);
    expect(spec.template.metadata).toEqual({
      labels: { app: "httpbin-org" },
      annotations: { "istio-lab/certificate": hash },
    });
    const probe = { path: "/status/200" };
    expect(spec.template.spec).toMatchObject({
      serviceAccountName: "httpbin-org",
      volumes: [{ name: "tls", secret: { secretName: "httpbin-org" } }],
      containers: [
        {
          name: "http",
          image: "h:1",
          env: [{ name: "PORT", value: "8080" }],
          ports: [{ name: "http", containerPort: 8080 }],
          readinessProbe: { httpGet: { ...probe, port: "http", scheme: "HTTP" } },
        },
        {
          name: "https",
          image: "h:1",
          env: [
            { name: "PORT", value: "8443" },
            { name: "HTTPS_CERT_FILE", value: "/etc/tls/tls.crt" },
            { name: "HTTPS_KEY_FILE", value: "/etc/tls/tls.key" },
          ],
          ports: [{ name: "https", containerPort: 8443 }],
          readinessProbe: { httpGet: { ...probe, port: "https", scheme: "HTTPS" } },
        },
      ],
    });
  });
});
