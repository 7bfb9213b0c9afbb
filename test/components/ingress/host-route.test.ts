import { expect, it } from "vitest";
import { HostRoute } from "../../../components/ingress/host-route.ts";
import { drain, find, record, whole } from "../../support/mocks.ts";

it("HostRoute leads one host of one Gateway to one host of the mesh", async () => {
  const registered = await record();
  new HostRoute("shop/route", {
    routeName: "route",
    namespace: "shop",
    host: "httpbin-0.example.com",
    gateway: "shop/gateway",
    destination: "httpbin-0.httpbin.shop.svc.cluster.local",
    port: 8080,
  });
  await drain();
  expect(whole(registered)).toEqual([
    { type: "istio-lab:ingress:HostRoute", name: "shop/route", inputs: {} },
    {
      type: "kubernetes:networking.istio.io/v1:VirtualService",
      name: "shop/route",
      inputs: {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name: "route", namespace: "shop" },
        spec: {
          hosts: ["httpbin-0.example.com"],
          // No "mesh" among them: inside, the pod keeps its own name.
          gateways: ["shop/gateway"],
          http: [
            {
              route: [
                {
                  destination: {
                    host: "httpbin-0.httpbin.shop.svc.cluster.local",
                    port: { number: 8080 },
                  },
                },
              ],
            },
          ],
        },
      },
    },
  ]);
  const { parent } = find(
    registered,
    "shop/route",
    "kubernetes:networking.istio.io/v1:VirtualService",
  );
  expect(parent).toBe("shop/route");
});
