import { expect, it } from "vitest";
import { SecureGateway } from "../../../components/ingress/secure-gateway.ts";
import { drain, find, record, whole } from "../../support/mocks.ts";

it("SecureGateway is one Gateway with one TLS server a host, each with its own certificate", async () => {
  const registered = await record();
  const { reference } = new SecureGateway("shop/gateway", {
    gatewayName: "gateway",
    namespace: "shop",
    selector: { istio: "ingressgateway" },
    servers: [
      { host: "shop.example.com", credentialName: "example-credential" },
      // Names of ports differ though the first labels do not.
      { host: "shop.lab.test", credentialName: Promise.resolve("lab-credential") },
    ],
  });
  await drain();
  const server = (host: string, portName: string, credentialName: string): object => ({
    port: { number: 443, name: portName, protocol: "HTTPS" },
    tls: { mode: "SIMPLE", credentialName },
    hosts: [host],
  });
  expect(whole(registered)).toEqual([
    { type: "istio-lab:ingress:SecureGateway", name: "shop/gateway", inputs: {} },
    {
      type: "kubernetes:networking.istio.io/v1:Gateway",
      name: "shop/gateway",
      inputs: {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "gateway", namespace: "shop" },
        spec: {
          selector: { istio: "ingressgateway" },
          servers: [
            server("shop.example.com", "https-shop-example-com", "example-credential"),
            server("shop.lab.test", "https-shop-lab-test", "lab-credential"),
          ],
        },
      },
    },
  ]);
  const { parent } = find(registered, "shop/gateway", "kubernetes:networking.istio.io/v1:Gateway");
  expect(parent).toBe("shop/gateway");
  expect(reference).toBe("shop/gateway");
});
