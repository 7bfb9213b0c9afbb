import { describe, expect, it } from "vitest";
import { callOf, objectKeys, routeOf, to, withRoutes } from "../../support/bookinfo.ts";

const id = "bookinfo-timeouts";

describe("objects of bookinfo-timeouts", () => {
  it.each([
    ["delay-2s", {}],
    ["timeout-500ms", { timeout: "0.5s" }],
  ])("%s: everybody's ratings are 2 s late", async (step, more) => {
    expect(await objectKeys(id, step)).toEqual(withRoutes("ratings", "reviews"));
    expect(await routeOf(id, step, "ratings")).toEqual([
      {
        fault: { delay: { percentage: { value: 100 }, fixedDelay: "2s" } },
        route: [to("ratings", "v1")],
      },
    ]);
    expect(await routeOf(id, step, "reviews")).toEqual([{ route: [to("reviews", "v2")], ...more }]);
  });
});

describe("rows of bookinfo-timeouts", () => {
  it.each([
    [
      "delay-2s",
      "the product page waits for the ratings, and has them",
      {
        seconds: { atLeast: 2, atMost: 3.5 },
        body: { contains: ["gap-x-1 text-black-500"], lacks: ["Error fetching product reviews"] },
      },
    ],
    [
      "timeout-500ms",
      "the product page gives up on the reviews after twice half a second",
      {
        seconds: { atLeast: 0.9, atMost: 2 },
        body: { contains: ["Error fetching product reviews"] },
      },
    ],
  ])("%s: %s", async (step, name, outcome) => {
    const check = await callOf(id, step, name);
    expect(check.url).toBe("http://localhost:8080/productpage");
    expect(check.expect).toEqual({ status: [200], ...outcome });
  });

  it("timeout-500ms: the client's own proxy answers 504 in less than a second", async () => {
    const name = "a client in the mesh is told that the reviews took too long";
    expect(await callOf(id, "timeout-500ms", name)).toEqual({
      kind: "http",
      caller: { from: "pod", app: "sleep" },
      url: "http://reviews:9080/reviews/0",
      expect: { status: [504], seconds: { atMost: 1 } },
    });
  });
});
