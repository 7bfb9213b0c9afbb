import { podCall } from "../calls.ts";
import type { HttpCheck } from "../checks/http.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { answerOf, loggedIn, reviews, servedBy, type ReviewsVersion } from "./calls.ts";

const versions: readonly ReviewsVersion[] = ["v1", "v2", "v3"];

/** Without a route all versions of `reviews` take turns, whoever asks. */
export function allVersions(lab: LabOutputs): Expectation {
  return {
    name: "all three versions of reviews take turns",
    expected: "60 of 60: 200; v1, v2 and v3 at least 5 times each",
    check: reviews(lab, {
      times: 60,
      together: 4,
      shares: versions.map((version) => ({ text: servedBy(version), atLeast: 5, atMost: 60 })),
    }),
  };
}

const shown = {
  v1: "without stars",
  v2: "black stars, 5 and 4",
  v3: "red stars, 5 and 4",
} as const;

/**
 * Every request of one user gets the same version of `reviews`.
 * @param user name to log in with; undefined for a visitor who does not
 * @param times requests in a row
 */
export function oneVersion(
  lab: LabOutputs,
  user: string | undefined,
  version: ReviewsVersion,
  times: number,
): Expectation {
  return {
    name: `${user ?? "a visitor"} gets the reviews of ${version}`,
    expected: `${times} of ${times}: reviews-${version}, ${shown[version]}`,
    check: reviews(lab, { ...sessionOf(lab, user), times, expect: answerOf(version) }),
  };
}

/** The session of a user, or none for a visitor. */
export function sessionOf(lab: LabOutputs, user: string | undefined): Pick<HttpCheck, "session"> {
  return user === undefined ? {} : { session: loggedIn(lab, user) };
}

/** Bookinfo's Services. */
export const services: readonly string[] = ["details", "productpage", "ratings", "reviews"];

/** The names that routes use are there, of each service. */
export const fourRules: Expectation = {
  name: "each service has a DestinationRule",
  expected: services.join(", "),
  check: {
    kind: "object",
    resource: "destinationrules.networking.istio.io",
    namespace: "default",
    expect: [{ path: "items[*].spec.host", sameItems: services }],
  },
};

const clusters = versions.map(
  (version) => `outbound|9080|${version}|reviews.default.svc.cluster.local::`,
);

/** The clusters of a proxy, as its admin port lists them. */
const productPageClusters = (expect: HttpCheck["expect"]): HttpCheck =>
  podCall(
    { from: "pod", app: "productpage", container: "istio-proxy" },
    "http://localhost:15000/clusters",
    { expect },
  );

/** Each subset of a DestinationRule is a cluster of its own in the proxies that call the service. */
export const subsets: Expectation = {
  name: "productpage's proxy knows reviews by version",
  expected: "clusters with |v1|, |v2| and |v3|",
  check: productPageClusters({ status: [200], body: { contains: clusters } }),
};

/** No DestinationRule: the service is one cluster, whatever versions its pods are. */
export const noSubsets: Expectation = {
  name: "productpage's proxy knows reviews, but not by version",
  expected: "no cluster with |v1|, |v2| or |v3|",
  negative: true,
  check: productPageClusters({
    status: [200],
    body: { contains: ["outbound|9080||reviews.default.svc.cluster.local::"], lacks: clusters },
  }),
};
