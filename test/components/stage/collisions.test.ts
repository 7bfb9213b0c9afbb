import { describe, expect, it } from "vitest";
import { collisions, type Stranger } from "../../../components/stage/collisions.ts";

const route = (place: string, spec: object): Stranger => of("VirtualService", place, spec);

function of(kind: string, place: string, spec: object): Stranger {
  const [namespace = "", name = ""] = place.split("/");
  return { kind, namespace, name, spec, byPulumi: false };
}

const gateways = ["default/gw"];
const step = [
  route("default/httpbin-0", { hosts: ["httpbin-0.example.com"], gateways }),
  route("default/httpbin-1", { hosts: ["httpbin-1.example.com"], gateways }),
  of("ServiceEntry", "default/ext", { hosts: ["httpbin.org"] }),
];

describe("collisions", () => {
  it("name the stranger, the host, its place and the step's object, and what to do", () => {
    const stranger = route("shop/mine", { hosts: ["httpbin-0.example.com"], gateways });
    expect(collisions(step, [stranger])).toEqual([
      {
        problem:
          'VirtualService shop/mine, which is not the lab\'s, claims host "httpbin-0.example.com" at gateway default/gw, ' +
          "as does this step's VirtualService default/httpbin-0",
        fix: "kubectl delete virtualservice.networking.istio.io mine --namespace shop, or choose another step",
      },
    ]);
  });

  it("are one fault a stranger, each with all that it claims", () => {
    const strangers = [
      of("ServiceEntry", "shop/out", { hosts: ["httpbin.org", "httpbin.org"] }),
      route("shop/all", { hosts: ["httpbin-1.example.com", "httpbin-0.example.com"], gateways }),
    ];
    expect(collisions(step, strangers).map(({ problem }) => problem)).toEqual([
      "ServiceEntry shop/out, which is not the lab's, claims host \"httpbin.org\", as does this step's ServiceEntry default/ext",
      'VirtualService shop/all, which is not the lab\'s, claims host "httpbin-0.example.com" at gateway default/gw, ' +
        'as does this step\'s VirtualService default/httpbin-0; host "httpbin-1.example.com" at gateway default/gw, ' +
        "as does this step's VirtualService default/httpbin-1",
    ]);
  });

  it.each([
    ["another host", route("shop/mine", { hosts: ["shop.example.com"], gateways })],
    ["a host that only overlaps", route("shop/mine", { hosts: ["*"], gateways })],
    ["another gateway", route("shop/mine", { hosts: ["httpbin-0.example.com"], gateways: ["gw"] })],
    ["the mesh", route("shop/mine", { hosts: ["httpbin-0.example.com"] })],
    [
      "the host for its own namespace",
      of("ServiceEntry", "shop/mine", { hosts: ["httpbin.org"], exportTo: ["."] }),
    ],
    [
      "the host by an object of another kind",
      of("DestinationRule", "default/mine", { host: "httpbin.org" }),
    ],
    ["nothing", route("shop/mine", {})],
  ])("are none with a stranger that claims %s", (_, stranger) => {
    expect(collisions(step, [stranger])).toEqual([]);
  });

  it("are objects with the name of one of the step's, whatever they claim: the API server refuses the step's", () => {
    expect(collisions(step, [of("ServiceEntry", "default/ext", { hosts: ["a.org"] })])).toEqual([
      {
        problem: "ServiceEntry default/ext, which is not the lab's, has the name of this step's",
        fix: "kubectl delete serviceentry.networking.istio.io ext --namespace default, or choose another step",
      },
    ]);
  });

  it("are none with the step's own object that lost its label, changed or not", () => {
    const changed = of("ServiceEntry", "default/ext", { hosts: ["a.org"] });
    expect(collisions(step, [{ ...changed, byPulumi: true }])).toEqual([]);
  });

  it("are none with an object that says the very same, as rendered YAML does", () => {
    expect(collisions(step, structuredClone(step))).toEqual([]);
  });

  it("are none where there are no strangers, or nothing is claimed", () => {
    expect(collisions(step, [])).toEqual([]);
    expect(collisions([], step)).toEqual([]);
  });
});
