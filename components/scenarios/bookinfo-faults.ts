import { bookinfoImages, createBookinfo, type BookinfoRoute } from "./bookinfo/bookinfo.ts";
import { abortRows, cleanRows, delayRows, fixedRows } from "./bookinfo/fault-rows.ts";
import { asJason, countVersions, logIn, printReviews, timePage } from "./bookinfo/try-it.ts";
import type { Scenario } from "./scenario.ts";

const others: readonly BookinfoRoute[] = ["productpage-v1", "details-v1"];

/** VirtualServices of each step, besides the one of the gateway. */
const routes: Readonly<Record<string, readonly BookinfoRoute[]>> = {
  "delay-7s": [...others, "reviews-jason-v2", "ratings-jason-delay-7s"],
  "delay-fixed-v3": [...others, "reviews-v3", "ratings-jason-delay-7s"],
  "abort-500": [...others, "reviews-v3", "ratings-jason-abort-500"],
  clean: [],
};

/** Faults put into one user's requests show how the callers bear them. */
export const bookinfoFaults: Scenario = {
  id: "bookinfo-faults",
  title: "Fault injection",
  about:
    "The proxies delay or refuse the ratings for one test user: a time-out that is too short in the code comes to light, and nobody else notices.",
  images: bookinfoImages,
  steps: [
    {
      id: "delay-7s",
      about:
        "jason's ratings come 7 s late: reviews would wait 10 s, but the product page gives up",
    },
    {
      id: "delay-fixed-v3",
      about: "reviews v3 waits for 2.5 s only: jason's page comes in time, without ratings",
    },
    { id: "abort-500", about: "jason's ratings are refused with status 500 at once" },
    { id: "clean", about: "no route is left: all versions take turns again, without any fault" },
  ],
  build: (lab, step) => createBookinfo(lab, { routes: routes[step] ?? [] }),
  proof(lab, step) {
    if (step === "delay-7s") return delayRows(lab);
    if (step === "delay-fixed-v3") return fixedRows(lab);
    return step === "abort-500" ? abortRows(lab) : cleanRows(lab);
  },
  tryIt(lab, step) {
    if (step === "clean") return ["kubectl get virtualservices", countVersions(lab, 30)];
    const visit = step === "abort-500" ? printReviews(lab) : timePage(lab);
    return [visit, logIn(lab), asJason(visit)];
  },
  lookFor(step) {
    switch (step) {
      case "delay-7s":
        return [
          "a visitor's page comes at once",
          "jason's takes 6 s, two tries of 3 s, and says Error fetching product reviews: the product page and reviews disagree on how long to wait",
        ];
      case "delay-fixed-v3":
        return [
          "a visitor's page comes at once, with red stars",
          "jason's takes 2.5 s and has the reviews, with Ratings service is currently unavailable in place of stars",
        ];
      case "abort-500":
        return [
          "a visitor's reviews have red stars, 5 and 4",
          "jason's come at once, with the error Ratings service is currently unavailable",
        ];
      default:
        return ["bookinfo is the only VirtualService", "reviews-v1, -v2 and -v3 take turns"];
    }
  },
};
