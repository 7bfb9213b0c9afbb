import { httpCall } from "../calls.ts";
import type { HttpCheck, HttpOutcome, SessionCall } from "../checks/http.ts";
import type { JsonMatch } from "../checks/matchers.ts";
import type { LabOutputs } from "../scenario.ts";
import { bookinfoHost } from "./bookinfo.ts";

/** The product page as a browser gets it; status 200 unless said otherwise. */
export function productPage(lab: LabOutputs, more: Partial<HttpCheck> = {}): HttpCheck {
  return httpCall(lab, bookinfoHost, "/productpage", more);
}

/** The reviews as JSON, asked through the product page: which pod of `reviews` answered, and its ratings. */
export function reviews(lab: LabOutputs, more: Partial<HttpCheck> = {}): HttpCheck {
  return httpCall(lab, bookinfoHost, "/api/v1/products/0/reviews", more);
}

/** The session of a user who has logged in: the product page then sends the header `end-user` to its services. */
export function loggedIn(lab: LabOutputs, user: string): readonly SessionCall[] {
  const { url, headers } = visit(lab, "/login");
  return [{ url, headers, body: `username=${user}&passwd=` }];
}

/** The session of a user who has logged in and out again. */
export function loggedOut(lab: LabOutputs, user: string): readonly SessionCall[] {
  return [...loggedIn(lab, user), visit(lab, "/logout")];
}

/** Both answer with a redirect to where the browser came from, and fail where they are not told. */
function visit(lab: LabOutputs, path: string): Required<Pick<SessionCall, "headers" | "url">> {
  return {
    url: httpCall(lab, bookinfoHost, path).url,
    headers: { Referer: productPage(lab).url },
  };
}

/** Versions of `reviews`. */
export type ReviewsVersion = "v1" | "v2" | "v3";

/** Text in the JSON of `reviews` that names a version. */
export function servedBy(version: ReviewsVersion): string {
  return `"podname": "reviews-${version}-`;
}

/** What the reviewers gave, as a version shows it; version 1 knows no ratings. */
const ratings: Readonly<Record<ReviewsVersion, readonly JsonMatch[]>> = {
  v1: [{ path: "reviews[*].rating", absent: true }],
  v2: stars("black"),
  v3: stars("red"),
};

function stars(color: string): JsonMatch[] {
  return [
    { path: "reviews[*].rating.color", equals: [color, color] },
    { path: "reviews[*].rating.stars", equals: [5, 4] },
  ];
}

const unavailable = "Ratings service is currently unavailable";

/** The JSON of `reviews` as that version answers it when all is well. */
export function answerOf(version: ReviewsVersion): HttpOutcome {
  return { status: [200], json: [pod(version), ...ratings[version]] };
}

/** The JSON of `reviews` as that version answers it when it has no answer from `ratings`. */
export function answerWithoutRatings(version: ReviewsVersion): HttpOutcome {
  const error = { path: "reviews[*].rating.error", equals: [unavailable, unavailable] };
  return { status: [200], json: [pod(version), error] };
}

function pod(version: ReviewsVersion): JsonMatch {
  return { path: "podname", contains: `reviews-${version}-` };
}

/** Texts of the product page. */
export const texts = {
  title: "<title>Simple Bookstore App</title>",
  noDetails: "Error fetching product details",
  noReviews: "Error fetching product reviews",
  sorry: "Sorry, product reviews are currently unavailable for this book.",
  noRatings: unavailable,
  blackStars: "gap-x-1 text-black-500",
  redStars: "gap-x-1 text-red-500",
} as const;
