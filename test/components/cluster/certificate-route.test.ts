import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { certificateRoute } from "../../../components/cluster/certificate-route.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const cluster = { server: "https://127.0.0.1:1", "certificate-authority-data": base64("ca") };
const user = {
  "client-certificate-data": base64("cert"),
  "client-key-data": base64("key"),
};

function kubeconfig(more: { cluster?: object; user?: object } = {}): string {
  return stringify({
    "current-context": "other",
    contexts: [
      { name: "kind-istio", context: { cluster: "c", user: "u" } },
      { name: "other", context: { cluster: "d", user: "u" } },
    ],
    clusters: [
      { name: "c", cluster: { ...cluster, ...more.cluster } },
      { name: "d", cluster: { ...cluster, server: "https://127.0.0.1:2" } },
    ],
    users: [{ name: "u", user: { ...user, ...more.user } }],
  });
}

describe("certificateRoute", () => {
  it("leads where the context does, else where the current one does", () => {
    expect(certificateRoute(kubeconfig(), "kind-istio")).toEqual({
      server: "https://127.0.0.1:1",
      ca: Buffer.from("ca"),
      cert: Buffer.from("cert"),
      key: Buffer.from("key"),
    });
    expect(certificateRoute(kubeconfig())?.server).toBe("https://127.0.0.1:2");
  });

  it.each([
    ["a sign-in by another program", { user: { exec: { command: "aws" } } }],
    ["a token", { user: { "client-key-data": undefined, token: "t" } }],
    ["files", { user: { "client-key-data": undefined, "client-key": "/key" } }],
    ["a proxy", { cluster: { "proxy-url": "http://proxy" } }],
    ["another name of the server", { cluster: { "tls-server-name": "api" } }],
  ])("is left to kubectl with %s", (_, more) => {
    expect(certificateRoute(kubeconfig(more), "kind-istio")).toBeUndefined();
  });

  it.each([
    ["an empty file", ""],
    ["no such context", kubeconfig().replaceAll("kind-istio", "else")],
  ])("is none for %s", (_, text) => {
    expect(certificateRoute(text, "kind-istio")).toBeUndefined();
  });
});
