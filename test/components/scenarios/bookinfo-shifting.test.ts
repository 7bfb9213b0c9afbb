import { describe, expect, it } from "vitest";
import { objectKeys, routeOf, rowsOf, to, withRoutes } from "../../support/bookinfo.ts";

const id = "bookinfo-shifting";

describe("objects of bookinfo-shifting", () => {
  it.each(["split-50", "all-v3"])("%s: a VirtualService for each service", async (step) => {
    expect(await objectKeys(id, step)).toEqual(
      withRoutes("details", "productpage", "ratings", "reviews"),
    );
    for (const service of ["details", "productpage", "ratings"]) {
      expect(await routeOf(id, step, service)).toEqual([{ route: [to(service, "v1")] }]);
    }
  });

  it("half to v1 and half to v3, then all to v3", async () => {
    expect(await routeOf(id, "split-50", "reviews")).toEqual([
      { route: ["v1", "v3"].map((version) => ({ ...to("reviews", version), weight: 50 })) },
    ]);
    expect(await routeOf(id, "all-v3", "reviews")).toEqual([{ route: [to("reviews", "v3")] }]);
  });
});

describe("rows of bookinfo-shifting", () => {
  it("split-50: of 200 answers 72 to 128 are of v3, which alone has red stars, and none of v2", async () => {
    const [row, ...others] = await rowsOf(id, "split-50");
    expect(others).toEqual([]);
    expect(row?.check).toMatchObject({
      url: "http://localhost:8080/api/v1/products/0/reviews",
      times: 200,
      expect: { status: [200] },
      shares: [
        {
          text: '"podname": "reviews-v1-',
          atLeast: 72,
          atMost: 128,
          body: { lacks: ['"rating"'] },
        },
        { text: '"podname": "reviews-v2-', atLeast: 0, atMost: 0 },
        {
          text: '"podname": "reviews-v3-',
          atLeast: 72,
          atMost: 128,
          body: { contains: ['"color": "red"'] },
        },
      ],
    });
  });

  it("all-v3: 30 of 30 for a visitor, and jason is no exception", async () => {
    const rows = await rowsOf(id, "all-v3");
    expect(rows.map(({ name, expected }) => [name, expected])).toEqual([
      ["a visitor gets the reviews of v3", "30 of 30: reviews-v3, red stars, 5 and 4"],
      ["jason gets the reviews of v3", "10 of 10: reviews-v3, red stars, 5 and 4"],
    ]);
  });
});
