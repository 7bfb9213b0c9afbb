import { bookinfoImages, createBookinfo } from "./bookinfo/bookinfo.ts";
import { reviews, servedBy } from "./bookinfo/calls.ts";
import { oneVersion } from "./bookinfo/rows.ts";
import { countVersions, printReviews } from "./bookinfo/try-it.ts";
import type { Expectation } from "./expectation.ts";
import type { LabOutputs, Scenario } from "./scenario.ts";

/** Weights move traffic from one version to another. */
export const bookinfoShifting: Scenario = {
  id: "bookinfo-shifting",
  title: "Traffic shifting",
  about:
    "Weights move the requests from one version of a service to another, first half of them, then all.",
  images: bookinfoImages,
  steps: [
    { id: "split-50", about: "half of the requests to reviews v1, half to v3" },
    { id: "all-v3", about: "all requests to reviews v3" },
  ],
  build: (lab, step) =>
    createBookinfo(lab, {
      routes: [
        "productpage-v1",
        "details-v1",
        "ratings-v1",
        step === "split-50" ? "reviews-v1-v3-half" : "reviews-v3",
      ],
    }),
  proof: (lab, step) =>
    step === "split-50"
      ? [half(lab)]
      : [oneVersion(lab, undefined, "v3", 30), oneVersion(lab, "jason", "v3", 10)],
  tryIt: (lab) => [countVersions(lab, 100), printReviews(lab)],
  lookFor: (step) =>
    step === "split-50"
      ? [
          "about 50 times reviews-v1, about 50 times reviews-v3, never v2",
          "only answers of v3 have red stars",
        ]
      : ["100 times reviews-v3", "the reviews have red stars, 5 and 4"],
};

/** Of 200 calls with even chances 72 to 128 go one way, but for one proof in ten thousand. */
function half(lab: LabOutputs): Expectation {
  const bounds = { atLeast: 72, atMost: 128 };
  return {
    name: "half of the requests get reviews v1, half v3, and only v3 shows red stars",
    expected: "of 200: v1 and v3 72 to 128 each, v2 none",
    check: reviews(lab, {
      times: 200,
      together: 8,
      shares: [
        { text: servedBy("v1"), ...bounds, body: { lacks: ['"rating"'] } },
        { text: servedBy("v2"), atLeast: 0, atMost: 0 },
        { text: servedBy("v3"), ...bounds, body: { contains: ['"color": "red"'] } },
      ],
    }),
  };
}
