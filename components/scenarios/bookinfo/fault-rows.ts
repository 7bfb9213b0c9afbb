import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { noAddOns } from "../statefulset-ingress/gone-proof.ts";
import {
  answerOf,
  answerWithoutRatings,
  loggedIn,
  loggedOut,
  productPage,
  reviews,
  texts,
} from "./calls.ts";
import { allVersions, fourRules, oneVersion, sessionOf, subsets } from "./rows.ts";

/** Jason's ratings are 7 s late; the product page asks `reviews` twice and waits 3 s each time. */
export function delayRows(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "jason's product page gives up on the reviews after twice three seconds",
      expected: "200 in 5.8 to 7.5 s, Error fetching product reviews",
      check: productPage(lab, {
        session: loggedIn(lab, "jason"),
        times: 3,
        together: 3,
        expect: {
          status: [200],
          seconds: { atLeast: 5.8, atMost: 7.5 },
          body: { contains: [texts.noReviews, texts.sorry] },
        },
      }),
    },
    promptPage(lab, undefined, { contains: ["reviews-v1-"] }),
    promptPage(lab, "bob", { contains: ["reviews-v1-"] }),
  ];
}

/** Version 3 of `reviews` waits 2.5 s for the ratings, less than the product page waits for it. */
export function fixedRows(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "jason's product page has the reviews of v3, and no ratings",
      expected: `200 in 2.3 to 4.5 s, reviews-v3, ${texts.noRatings}`,
      check: productPage(lab, {
        session: loggedIn(lab, "jason"),
        times: 3,
        together: 3,
        expect: {
          status: [200],
          seconds: { atLeast: 2.3, atMost: 4.5 },
          body: { contains: ["reviews-v3-", texts.noRatings], lacks: [texts.noReviews] },
        },
      }),
    },
    promptPage(lab, undefined, { contains: ["reviews-v3-", texts.redStars] }),
  ];
}

/** Jason's ratings are refused at once. */
export function abortRows(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "jason gets the reviews of v3 at once, without ratings",
      expected: `200 in less than 2 s, ${texts.noRatings}`,
      check: reviews(lab, {
        session: loggedIn(lab, "jason"),
        times: 10,
        expect: { ...answerWithoutRatings("v3"), seconds: { atMost: 2 } },
      }),
    },
    {
      name: "jason gets the ratings after he has logged out",
      expected: "10 of 10: reviews-v3, red stars, 5 and 4",
      check: reviews(lab, {
        session: loggedOut(lab, "jason"),
        times: 10,
        expect: answerOf("v3"),
      }),
    },
    oneVersion(lab, undefined, "v3", 10),
  ];
}

/** Nothing is left of routes and faults. */
export function cleanRows(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "no VirtualService but the one of the gateway",
      expected: "bookinfo",
      check: {
        kind: "object",
        resource: "virtualservices.networking.istio.io",
        namespace: "default",
        expect: [{ path: "items[*].metadata.name", sameItems: ["bookinfo"] }],
      },
    },
    subsets,
    fourRules,
    allVersions(lab),
    promptPage(lab, "jason", {}),
    ...noAddOns(lab),
  ];
}

/** The deny twin of a delay: this user's product page has reviews, and soon. */
function promptPage(
  lab: LabOutputs,
  user: string | undefined,
  { contains = [] }: { readonly contains?: readonly string[] },
): Expectation {
  return {
    name: `${user ?? "a visitor"} gets the product page at once, with reviews`,
    expected: ["200 in less than 2 s", ...contains].join(", "),
    check: productPage(lab, {
      ...sessionOf(lab, user),
      times: 3,
      expect: {
        status: [200],
        seconds: { atMost: 2 },
        body: { contains: [texts.title, ...contains], lacks: [texts.noReviews] },
      },
    }),
  };
}
