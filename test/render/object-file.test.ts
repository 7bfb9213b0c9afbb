import { describe, expect, it } from "vitest";
import { objectFile } from "../../hack/render/object-file.ts";
import { plain } from "../../hack/render/read-rendered.ts";

const secret = {
  data: { "tls.key": "a2V5" },
  metadata: { name: "httpbin-0", namespace: "istio-system" },
  kind: "Secret",
  apiVersion: "v1",
};

describe("objectFile", () => {
  it("begins with what says which object it is, whatever the order it came in", () => {
    expect(objectFile(secret)).toEqual({
      name: "30-secret-istio-system-httpbin-0.yaml",
      text: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: httpbin-0\n  namespace: istio-system\ndata:\n  tls.key: a2V5\n",
      secret: true,
    });
  });

  it.each([
    ["v1", "Namespace", undefined, "10-namespace-a.yaml"],
    ["v1", "Service", "default", "40-service-default-a.yaml"],
    [
      "networking.istio.io/v1",
      "Gateway",
      "default",
      "50-gateway.networking.istio.io-default-a.yaml",
    ],
    [
      "gateway.networking.k8s.io/v1",
      "Gateway",
      "default",
      "50-gateway.gateway.networking.k8s.io-default-a.yaml",
    ],
    ["apps/v1", "StatefulSet", "default", "60-statefulset.apps-default-a.yaml"],
  ])("%s %s is named after itself alone", (apiVersion, kind, namespace, name) => {
    const metadata = namespace === undefined ? { name: "a" } : { name: "a", namespace };
    expect(objectFile({ apiVersion, kind, metadata })).toMatchObject({ name, secret: false });
  });

  it("has a name that every file system takes", () => {
    const metadata = { name: "system:reader" };
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata };
    expect(objectFile(role).name).toBe(
      "20-clusterrole.rbac.authorization.k8s.io-system_reader.yaml",
    );
  });

  it("puts what others need first", () => {
    const kinds = ["StatefulSet", "Gateway", "Service", "Secret", "ServiceAccount", "Namespace"];
    const names = kinds.map((kind) => objectFile({ ...secret, kind }).name);
    expect(names.toSorted()).toEqual(names.toReversed());
  });
});

describe("plain", () => {
  it("takes away what only the provider reads, and nothing else", () => {
    const annotations = { "pulumi.com/skipAwait": "true", "example.org/kept": "yes" };
    const object = { ...secret, metadata: { ...secret.metadata, annotations } };
    expect(plain(object).metadata).toEqual({
      ...secret.metadata,
      annotations: { "example.org/kept": "yes" },
    });
  });

  it("leaves no empty annotations behind", () => {
    const annotations = { "pulumi.com/skipAwait": "true" };
    const object = { ...secret, metadata: { ...secret.metadata, annotations } };
    expect(plain(object)).toEqual(secret);
  });

  it("does not say whose the object is", () => {
    const labels = { "istio-lab/stack": "render", "istio-injection": "enabled" };
    const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "default", labels } };
    expect(plain(object).metadata).toEqual({
      name: "default",
      labels: { "istio-injection": "enabled" },
    });
  });
});
