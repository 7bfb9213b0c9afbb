import { describe, expect, it } from "vitest";
import {
  isObject,
  objectKey,
  objectName,
  objectPlace,
  objectType,
} from "../../../components/stage/object-key.ts";

describe("objectName", () => {
  it.each([
    [{ name: "sleep", namespace: "default" }, "default/sleep"],
    [{ name: "istio-lab-kiali" }, "istio-lab-kiali"],
    [{ name: "istio", namespace: undefined }, "istio"],
  ])("%j is %s", (metadata, name) => {
    expect(objectName(metadata)).toBe(name);
  });
});

describe("objectKey", () => {
  it.each([
    ["kubernetes:core/v1:Service", "default/httpbin", "Service default/httpbin"],
    ["kubernetes:core/v1:Namespace", "external", "Namespace external"],
    ["kubernetes:apps/v1:Deployment", "default/sleep", "Deployment.apps default/sleep"],
    [
      "kubernetes:networking.istio.io/v1:Gateway",
      "default/httpbin",
      "Gateway.networking.istio.io default/httpbin",
    ],
    [
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
      "istio-lab-kiali",
      "ClusterRole.rbac.authorization.k8s.io istio-lab-kiali",
    ],
  ])("%s %s is %s", (type, name, key) => {
    expect(objectKey(type, name)).toBe(key);
  });

  it("does not tell versions of one group apart: the cluster has one object of them", () => {
    const at = (version: string): string =>
      objectKey(`kubernetes:networking.istio.io/${version}:Gateway`, "default/a");
    expect(at("v1beta1")).toBe(at("v1"));
  });
});

describe("objectPlace", () => {
  it.each([
    { apiVersion: "v1", kind: "Namespace", name: "plain" },
    { apiVersion: "v1", kind: "Service", namespace: "default", name: "sleep" },
    { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "sleep" },
    { apiVersion: "networking.istio.io/v1", kind: "Gateway", namespace: "a", name: "b" },
  ])("tells again what %j was", ({ apiVersion, kind, ...metadata }) => {
    const place = objectPlace(objectType(apiVersion, kind), objectName(metadata));
    expect(place).toEqual({ apiVersion, kind, ...metadata });
  });
});

describe("isObject", () => {
  it.each([
    ["kubernetes:core/v1:Service", true],
    ["kubernetes:networking.istio.io/v1:Gateway", true],
    ["kubernetes:helm.sh/v3:Release", false],
    ["kubernetes:core/v1:NamespacePatch", false],
    ["istio-lab:ingress:HostRoute", false],
    ["tls:index/privateKey:PrivateKey", false],
    ["pulumi:providers:kubernetes", false],
  ])("%s: %s", (type, expected) => {
    expect(isObject(type)).toBe(expected);
  });
});
