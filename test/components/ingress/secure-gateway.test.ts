import { expect, it } from "vitest";
import { SecureGateway } from "../../../components/ingress/secure-gateway.ts";
import { drain, find, record, valueOf, whole } from "../../support/mocks.ts";

it("SecureGateway is one Gateway with one TLS server a host, each with its own certificate", async () => {
  const registered = await record();
  const { reference } = new SecureGateway("httpbin", {
    gatewayName: "gateway",
    namespace: "shop",
    selector: { istio: "ingressgateway" },
    servers: [
      { host: "a.example.com", credentialName: "a-credential" },
      { host: "b.example.com", credentialName: Promise.resolve("b-credential") },
    ],
  });
  await drain();
  const server = (host: string): object => ({
    port: { number: 443, name: `https-${host}`, protocol: "HTTPS" },
    tls: { mode: "SIMPLE", credentialName: `${host}-credential` },
    hosts: [`${host}.example.com`],
  });
  expect(whole(registered)).toEqual([
    { type: "istio-lab:ingress:SecureGateway", name: "httpbin", inputs: {} },
    {
      type: "kubernetes:networking.istio.io/v1:Gateway",
      name: "httpbin-gateway",
      inputs: {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "gateway", namespace: "shop" },
        spec: { selector: { istio: "ingressgateway" }, servers: [server("a"), server("b")] },
      },
    },
  ]);
  expect(find(registered, "httpbin-gateway").parent).toBe("httpbin");
  expect(await valueOf(reference)).toBe("shop/gateway");
});
