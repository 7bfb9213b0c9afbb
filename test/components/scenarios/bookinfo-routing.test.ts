import { describe, expect, it } from "vitest";
import { callOf, objectKeys, routeOf, rowsOf, to, withRoutes } from "../../support/bookinfo.ts";
import { buildStep } from "../../support/build-step.ts";
import { find } from "../../support/mocks.ts";

const id = "bookinfo-routing";
const steps = ["all-v1", "user-v2"];

describe("objects of bookinfo-routing", () => {
  it.each(steps)("%s: a VirtualService for each service", async (step) => {
    expect(await objectKeys(id, step)).toEqual(
      withRoutes("details", "productpage", "ratings", "reviews"),
    );
  });

  it.each(["details", "productpage", "ratings"])("all of %s goes to v1", async (service) => {
    for (const step of steps) {
      expect(await routeOf(id, step, service)).toEqual([{ route: [to(service, "v1")] }]);
    }
  });

  it("reviews v1 for all, or v2 for jason", async () => {
    const rest = { route: [to("reviews", "v1")] };
    expect(await routeOf(id, "all-v1", "reviews")).toEqual([rest]);
    expect(await routeOf(id, "user-v2", "reviews")).toEqual([
      {
        match: [{ headers: { "end-user": { exact: "jason" } } }],
        route: [to("reviews", "v2")],
      },
      rest,
    ]);
  });

  it("makes a route only when the subsets it names are there", async () => {
    const registered = await buildStep(id, "all-v1");
    const { waitsFor } = find(
      registered,
      "default/reviews",
      "kubernetes:networking.istio.io/v1:VirtualService",
    );
    expect(waitsFor).toEqual(
      expect.arrayContaining([
        "default/details",
        "default/productpage",
        "default/ratings",
        "default/reviews",
      ]),
    );
  });
});

describe("rows of bookinfo-routing", () => {
  it.each([
    ["all-v1", ["v1", "v1", "v1"]],
    ["user-v2", ["v1", "v2", "v1"]],
  ])("%s: a visitor, jason and bob get %j", async (step, [visitor, jason, bob]) => {
    expect((await rowsOf(id, step)).map(({ name }) => name)).toEqual([
      `a visitor gets the reviews of ${visitor}`,
      `jason gets the reviews of ${jason}`,
      `bob gets the reviews of ${bob}`,
    ]);
  });

  it("ask 20 times without a session, and find no rating", async () => {
    expect(await callOf(id, "all-v1", "a visitor gets the reviews of v1")).toEqual({
      kind: "http",
      caller: { from: "host" },
      url: "http://localhost:8080/api/v1/products/0/reviews",
      resolveTo: "127.0.0.1",
      times: 20,
      expect: {
        status: [200],
        json: [
          { path: "podname", contains: "reviews-v1-" },
          { path: "reviews[*].rating", absent: true },
        ],
      },
    });
  });

  it("ask 10 times as jason, who logged in on the product page, and find black stars", async () => {
    expect(await callOf(id, "user-v2", "jason gets the reviews of v2")).toMatchObject({
      session: [
        {
          url: "http://localhost:8080/login",
          headers: { Referer: "http://localhost:8080/productpage" },
          body: "username=jason&passwd=",
        },
      ],
      times: 10,
      expect: {
        status: [200],
        json: [
          { path: "podname", contains: "reviews-v2-" },
          { path: "reviews[*].rating.color", equals: ["black", "black"] },
          { path: "reviews[*].rating.stars", equals: [5, 4] },
        ],
      },
    });
  });
});
