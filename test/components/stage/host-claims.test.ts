import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { claimsOf, reaches, type Claimant } from "../../../components/stage/host-claims.ts";

const object = (kind: string, spec: Claimant["spec"]): Claimant => ({
  kind,
  namespace: "shop",
  name: "mine",
  spec,
});

describe("claimsOf a Gateway", () => {
  const selector = { istio: "ingressgateway" };
  const claims = (spec: object): string[] => claimsOf(object("Gateway", spec));

  it("are its hosts, server by server", () => {
    const servers = [
      { port: { number: 80 }, hosts: ["a.example.com", "b.example.com"] },
      { port: { number: 443 }, hosts: ["*"] },
    ];
    expect(claims({ selector, servers })).toEqual([
      'host "a.example.com" on port 80 of istio=ingressgateway',
      'host "b.example.com" on port 80 of istio=ingressgateway',
      'host "*" on port 443 of istio=ingressgateway',
    ]);
  });

  it.each(["./a.example.com", "*/a.example.com", "shop/a.example.com", "a.example.com"])(
    "are the same whichever namespaces' routes it takes: %s",
    (host) => {
      expect(claims({ selector, servers: [{ port: { number: 80 }, hosts: [host] }] })).toEqual([
        'host "a.example.com" on port 80 of istio=ingressgateway',
      ]);
    },
  );

  it("are those of certain pods, in whatever order their labels are written", () => {
    const servers = [{ port: { number: 80 }, hosts: ["*"] }];
    const expected = ['host "*" on port 80 of app=gate,istio=ingressgateway'];
    expect(claims({ selector: { istio: "ingressgateway", app: "gate" }, servers })).toEqual(
      expected,
    );
    expect(claims({ selector: { app: "gate", istio: "ingressgateway" }, servers })).toEqual(
      expected,
    );
    expect(claims({ servers })).toEqual(['host "*" on port 80 of every gateway']);
  });

  it.each([
    [80, 8080],
    [443, 8443],
    [15021, 15021],
    [9090, 9090],
  ])("are at the Service's port %i where the server names the pod's, %i", (service, pod) => {
    const at = (number: number): string[] =>
      claims({ selector, servers: [{ port: { number }, hosts: ["*"] }] });
    expect(at(pod)).toEqual(at(service));
    expect(at(pod)).toEqual([`host "*" on port ${service} of istio=ingressgateway`]);
  });
});

describe("claimsOf a VirtualService", () => {
  const claims = (spec: object): string[] => claimsOf(object("VirtualService", spec));

  it.each([
    ["no gateways", {}],
    ["the mesh by name", { gateways: ["mesh"] }],
  ])("are in the mesh with %s", (_, where) => {
    expect(claims({ hosts: ["www.google.com"], ...where })).toEqual([
      'host "www.google.com" in the mesh',
    ]);
  });

  it("are each host at each gateway", () => {
    const hosts = ["a.example.com", "*"];
    expect(claims({ hosts, gateways: ["istio-system/gw", "gw", "./gw", "mesh"] })).toEqual([
      'host "a.example.com" at gateway istio-system/gw',
      'host "a.example.com" at gateway shop/gw',
      'host "a.example.com" at gateway shop/gw',
      'host "a.example.com" in the mesh',
      'host "*" at gateway istio-system/gw',
      'host "*" at gateway shop/gw',
      'host "*" at gateway shop/gw',
      'host "*" in the mesh',
    ]);
  });

  it("take a short name for a Service of its namespace", () => {
    expect(claims({ hosts: ["reviews", "reviews.default.svc.cluster.local"] })).toEqual([
      'host "reviews.shop.svc.cluster.local" in the mesh',
      'host "reviews.default.svc.cluster.local" in the mesh',
    ]);
  });
});

describe("claimsOf other kinds", () => {
  it("a DestinationRule: its host, for its own namespace", () => {
    const claims = (host: string): string[] => claimsOf(object("DestinationRule", { host }));
    expect(claims("reviews")).toEqual(['host "reviews.shop.svc.cluster.local" in namespace shop']);
    expect(claims("*.example.com")).toEqual(['host "*.example.com" in namespace shop']);
  });

  it("a ServiceEntry: its hosts", () => {
    expect(claimsOf(object("ServiceEntry", { hosts: ["a.org", "*.b.org"] }))).toEqual([
      'host "a.org"',
      'host "*.b.org"',
    ]);
  });

  it("any other object: none", () => {
    expect(claimsOf(object("Sidecar", { hosts: ["a.org"] }))).toEqual([]);
  });
});

describe("claimsOf what is not known yet, or not there", () => {
  const later = pulumi.output("later");

  it.each([
    ["Gateway", { selector: {}, servers: later }],
    ["Gateway", { selector: {}, servers: [{ port: { number: 80 }, hosts: [later] }] }],
    ["Gateway", undefined],
    ["VirtualService", { hosts: [later] }],
    ["VirtualService", { hosts: ["a.org"], gateways: [later] }],
    ["VirtualService", {}],
    ["DestinationRule", { host: later }],
    ["DestinationRule", {}],
    ["ServiceEntry", { hosts: later }],
    ["ServiceEntry", undefined],
  ])("are none: %s %j", (kind, spec) => {
    expect(claimsOf(object(kind, spec))).toEqual([]);
  });
});

describe("reaches", () => {
  it.each([
    ["default", undefined, true],
    ["default", ["*"], true],
    ["default", [], true],
    ["default", ["."], false],
    ["shop", ["."], true],
    ["default", ["staging", "default"], true],
    ["default", ["staging"], false],
    ["shop", ["~"], false],
  ])("namespace %s with exportTo %j: %s", (other, exportTo, expected) => {
    const spec = exportTo === undefined ? {} : { exportTo };
    expect(reaches(object("VirtualService", spec), other)).toBe(expected);
  });
});
