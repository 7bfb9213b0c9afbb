import { describe, expect, it } from "vitest";
import { callOf, objectKeys, routeOf, rowsOf, to, withRoutes } from "../../support/bookinfo.ts";

const id = "bookinfo-faults";
const jason = [{ headers: { "end-user": { exact: "jason" } } }];
const ratings = { route: [to("ratings", "v1")] };
const always = { percentage: { value: 100 } };
const delayed = [
  { match: jason, fault: { delay: { ...always, fixedDelay: "7s" } }, ...ratings },
  ratings,
];
const refused = [
  { match: jason, fault: { abort: { ...always, httpStatus: 500 } }, ...ratings },
  ratings,
];
const unavailable = "Ratings service is currently unavailable";

describe("objects of bookinfo-faults", () => {
  it.each(["delay-7s", "delay-fixed-v3", "abort-500"])(
    "%s: a VirtualService for each service",
    async (step) => {
      expect(await objectKeys(id, step)).toEqual(
        withRoutes("details", "productpage", "ratings", "reviews"),
      );
    },
  );

  it("clean: none but that of the gateway", async () => {
    expect(await objectKeys(id, "clean")).toEqual(withRoutes());
  });

  it.each([
    ["delay-7s", delayed],
    ["delay-fixed-v3", delayed],
    ["abort-500", refused],
  ])("%s: the fault is in jason's requests for ratings alone", async (step, http) => {
    expect(await routeOf(id, step, "ratings")).toEqual(http);
  });

  it.each([
    [
      "delay-7s",
      [{ match: jason, route: [to("reviews", "v2")] }, { route: [to("reviews", "v1")] }],
    ],
    ["delay-fixed-v3", [{ route: [to("reviews", "v3")] }]],
    ["abort-500", [{ route: [to("reviews", "v3")] }]],
  ])("%s: the version of reviews", async (step, http) => {
    expect(await routeOf(id, step, "reviews")).toEqual(http);
  });
});

describe("rows of bookinfo-faults", () => {
  it.each([
    [
      "delay-7s",
      "jason's product page gives up on the reviews after twice three seconds",
      {
        seconds: { atLeast: 5.8, atMost: 7.5 },
        body: {
          contains: [
            "Error fetching product reviews",
            "Sorry, product reviews are currently unavailable for this book.",
          ],
        },
      },
    ],
    [
      "delay-fixed-v3",
      "jason's product page has the reviews of v3, and no ratings",
      {
        seconds: { atLeast: 2.3, atMost: 4.5 },
        body: { contains: ["reviews-v3-", unavailable], lacks: ["Error fetching product reviews"] },
      },
    ],
  ])("%s: %s", async (step, name, outcome) => {
    const check = await callOf(id, step, name);
    expect(check.url).toBe("http://localhost:8080/productpage");
    expect(check.session?.map(({ body }) => body)).toEqual(["username=jason&passwd="]);
    expect(check.expect).toEqual({ status: [200], ...outcome });
  });

  it.each([
    ["delay-7s", "a visitor", undefined, ["reviews-v1-"]],
    ["delay-7s", "bob", "username=bob&passwd=", ["reviews-v1-"]],
    ["delay-fixed-v3", "a visitor", undefined, ["reviews-v3-", "gap-x-1 text-red-500"]],
    ["clean", "jason", "username=jason&passwd=", []],
  ])("%s: %s has the whole page in less than 2 s", async (step, who, login, contains) => {
    const check = await callOf(id, step, `${who} gets the product page at once, with reviews`);
    expect(check.session?.[0]?.body).toBe(login);
    expect(check.expect).toEqual({
      status: [200],
      seconds: { atMost: 2 },
      body: {
        contains: ["<title>Simple Bookstore App</title>", ...contains],
        lacks: ["Error fetching product reviews"],
      },
    });
  });

  it("clean: as destination-rules, with its four rules and without its add-ons", async () => {
    expect((await rowsOf(id, "clean")).map(({ name }) => name)).toEqual([
      "no VirtualService but the one of the gateway",
      "productpage's proxy knows reviews by version",
      "each service has a DestinationRule",
      "all three versions of reviews take turns",
      "jason gets the product page at once, with reviews",
      "no prometheus, no kiali",
    ]);
  });

  it("abort-500: jason has no ratings, and at once, until he has logged out", async () => {
    const refusedRow = "jason gets the reviews of v3 at once, without ratings";
    expect((await callOf(id, "abort-500", refusedRow)).expect).toEqual({
      status: [200],
      seconds: { atMost: 2 },
      json: [
        { path: "podname", contains: "reviews-v3-" },
        { path: "reviews[*].rating.error", equals: [unavailable, unavailable] },
      ],
    });
    const check = await callOf(id, "abort-500", "jason gets the ratings after he has logged out");
    const headers = { Referer: "http://localhost:8080/productpage" };
    expect(check.session).toEqual([
      { url: "http://localhost:8080/login", headers, body: "username=jason&passwd=" },
      { url: "http://localhost:8080/logout", headers },
    ]);
    expect(check.expect.json?.slice(1)).toEqual([
      { path: "reviews[*].rating.color", equals: ["red", "red"] },
      { path: "reviews[*].rating.stars", equals: [5, 4] },
    ]);
  });
});
