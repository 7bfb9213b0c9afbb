import { describe, expect, it } from "vitest";
import { drawing } from "../../hack/tour/report/drawing.ts";
import { policiesOf } from "../../hack/tour/report/policies.ts";
import { entrancesOf, routesOf } from "../../hack/tour/report/routes.ts";
import { placesOf } from "../../hack/tour/report/topology.ts";
import { bookinfoObjects } from "./sample-step.ts";

describe("what a drawing shows", () => {
  it("gateways, and the mesh where a route is for calls inside it", () => {
    expect(entrancesOf(bookinfoObjects)).toEqual([
      {
        id: "default/bookinfo-gateway",
        title: "Gateway bookinfo-gateway",
        lines: ["in default", "80 HTTP", "for *"],
      },
      { id: "mesh", title: "inside the mesh", lines: ["sidecar of the caller"] },
    ]);
  });

  it("routes with matches, faults, time-outs, weights and mirrors, and where they lead", () => {
    const [page, reviews] = routesOf(bookinfoObjects);
    expect(page?.rules).toEqual([
      {
        match: "/productpage or /static*",
        effects: [],
        targets: [
          { label: "productpage:9080", mirror: false, to: ["Deployment default/productpage-v1"] },
        ],
      },
    ]);
    expect(reviews?.from).toEqual(["mesh"]);
    expect(reviews?.rules).toEqual([
      {
        match: "end-user: jason",
        effects: ["delay 7s for 100 %", "time-out 0.5s"],
        targets: [{ label: "reviews v2", mirror: false, to: ["Deployment default/reviews-v2"] }],
      },
      {
        match: "everything",
        effects: [],
        targets: [
          {
            label: "reviews v1",
            weight: 50,
            mirror: false,
            to: ["Deployment default/reviews-v1"],
          },
          {
            label: "reviews v3",
            weight: 50,
            mirror: false,
            to: ["Deployment default/reviews-v3"],
          },
          { label: "reviews v2", weight: 10, mirror: true, to: ["Deployment default/reviews-v2"] },
        ],
      },
    ]);
  });

  it("workloads with identity, Service and sidecar, then hosts outside", () => {
    const places = placesOf(bookinfoObjects);
    expect(places.map(({ title, sidecar }) => [title, sidecar])).toEqual([
      ["productpage-v1", "with"],
      ["reviews-v1", "with"],
      ["reviews-v2", "with"],
      ["reviews-v3", "with"],
      ["ratings-v1", "without"],
      ["httpbin.org", "outside"],
    ]);
    expect(places[1]?.lines).toEqual([
      "Deployment in default, 1 of 1 ready",
      "Service reviews:9080",
      "identity default/bookinfo-reviews",
    ]);
  });

  it("policies in words", () => {
    expect(policiesOf(bookinfoObjects)).toEqual([
      "mutual TLS STRICT for the whole mesh (PeerAuthentication default)",
      "to reviews: maxConnections 1 (DestinationRule reviews)",
    ]);
  });
});

describe("the drawing", () => {
  const { text } = drawing(bookinfoObjects, "bookinfo-shifting/split-50");

  it("is there for wide and for narrow pages", () => {
    expect([...text.matchAll(/viewBox="0 0 (\d+) /g)].map(([, width]) => width)).toEqual([
      "1000",
      "300",
    ]);
  });

  it("has an edge for each way in and out, dashed for a mirror", () => {
    const edges = [...text.matchAll(/class="edge ([^"]*)"/g)].map(([, look]) => look);
    expect(edges).toEqual(["in", "in", "s0", "s1", "s2", "s3", "s1 copy"]);
  });

  it("names what there is where there is nothing to draw", () => {
    const secret = { apiVersion: "v1", kind: "Secret", name: "leaf", namespace: "istio-system" };
    expect(drawing({ objects: [secret], pods: [] }, "x").text).toContain(
      "No workload and no route; only Secret istio-system/leaf.",
    );
    expect(drawing({ objects: [], pods: [] }, "x").text).toContain("Nothing of a scenario");
  });

  it("cuts text that does not fit, and keeps it as a tooltip", () => {
    const long = `${"a".repeat(80)}.example.com`;
    const entry = bookinfoObjects.objects.filter(({ kind }) => kind === "ServiceEntry");
    const objects = entry.map((one) => ({ ...one, spec: { hosts: [long] } }));
    const drawn = drawing({ objects, pods: [] }, "x").text;
    expect(drawn).toContain(`<title>${long}</title>`);
    expect(drawn).toMatch(/a{10,40}…/);
  });
});
