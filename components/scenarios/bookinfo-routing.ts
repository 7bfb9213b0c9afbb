import { bookinfoImages, createBookinfo, type BookinfoRoute } from "./bookinfo/bookinfo.ts";
import { oneVersion } from "./bookinfo/rows.ts";
import { asJason, countVersions, logIn, printReviews } from "./bookinfo/try-it.ts";
import type { Scenario } from "./scenario.ts";

const allV1: readonly BookinfoRoute[] = [
  "productpage-v1",
  "details-v1",
  "ratings-v1",
  "reviews-v1",
];

const routes: Readonly<Record<string, readonly BookinfoRoute[]>> = {
  "all-v1": allV1,
  "user-v2": [...allV1.slice(0, -1), "reviews-jason-v2"],
};

/** Which version answers is decided by a route: for everybody, or by who asks. */
export const bookinfoRouting: Scenario = {
  id: "bookinfo-routing",
  title: "Request routing",
  about: "Routes choose the version of a service: one for all requests, or another for one user.",
  images: bookinfoImages,
  steps: [
    { id: "all-v1", about: "every service answers with its version 1" },
    { id: "user-v2", about: "reviews v2 for the user jason, v1 for everybody else" },
  ],
  build: (lab, step) => createBookinfo(lab, { routes: routes[step] ?? [] }),
  proof: (lab, step) => [
    oneVersion(lab, undefined, "v1", 20),
    oneVersion(lab, "jason", step === "all-v1" ? "v1" : "v2", 10),
    oneVersion(lab, "bob", "v1", 10),
  ],
  tryIt: (lab, step) => {
    const visitor = countVersions(lab, 20);
    return step === "all-v1"
      ? [visitor, printReviews(lab)]
      : [visitor, logIn(lab), asJason(visitor), asJason(printReviews(lab))];
  },
  lookFor: (step) =>
    step === "all-v1"
      ? ["20 times reviews-v1", "the reviews have no rating: version 1 does not ask for any"]
      : [
          "20 times reviews-v1 for a visitor, 20 times reviews-v2 for jason",
          "jason's reviews have black stars, 5 and 4",
        ],
};
