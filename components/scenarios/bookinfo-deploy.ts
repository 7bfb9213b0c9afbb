import { noAddOns } from "./statefulset-ingress/gone-proof.ts";
import { bookinfoImages, bookinfoHost, createBookinfo } from "./bookinfo/bookinfo.ts";
import { productPage, texts } from "./bookinfo/calls.ts";
import { counts, graph, kialiAnswers } from "./bookinfo/kiali-rows.ts";
import { allVersions, fourRules, noSubsets, services, subsets } from "./bookinfo/rows.ts";
import { countVersions, openKiali, printReviews } from "./bookinfo/try-it.ts";
import { httpCall, notAnswered, podCall, sleep } from "./calls.ts";
import type { Expectation } from "./expectation.ts";
import type { LabOutputs, Scenario } from "./scenario.ts";

/** Istio's sample application: from pods with sidecars to named versions. */
export const bookinfoDeploy: Scenario = {
  id: "bookinfo-deploy",
  title: "Bookinfo in the mesh",
  about:
    "Four services in four languages get sidecars, a way in, a graph of who calls whom, and names for their versions.",
  images: bookinfoImages,
  steps: [
    { id: "app", about: "six deployments with sidecars, reached inside the mesh only" },
    { id: "gateway", about: "a Gateway and a VirtualService: the product page from outside" },
    {
      id: "kiali",
      about: "Prometheus and Kiali: the graph of services that traffic draws",
      addOns: ["prometheus", "kiali"],
      waitSeconds: 10,
    },
    {
      id: "destination-rules",
      about: "a subset for each version: what a route can name from now on",
      addOns: ["prometheus", "kiali"],
    },
  ],
  build: (lab, step) =>
    createBookinfo(lab, { gateway: step !== "app", subsets: step === "destination-rules" }),
  proof(lab, step) {
    if (step === "app") return [...app, closed(lab)];
    const open = [...app, ...gateway(lab)];
    if (step === "gateway") return [...open, noSubsets, ...noAddOns(lab)];
    if (step === "kiali") return [...open, noSubsets, ...counts(lab), graph(lab)];
    return [...open, subsets, kialiAnswers, fourRules];
  },
  tryIt(lab, step) {
    const inside =
      "kubectl exec deploy/sleep -c sleep -- curl -sS http://productpage:9080/productpage";
    if (step === "app") return ["kubectl get pods,services", `${inside} | grep title`];
    const outside = [printReviews(lab), countVersions(lab, 30)];
    if (step === "gateway") return outside;
    if (step === "kiali") {
      return [...outside, ...openKiali(lab)];
    }
    return [
      ...outside,
      "istioctl proxy-config cluster deploy/productpage-v1 --fqdn reviews.default.svc.cluster.local",
    ];
  },
  lookFor(step) {
    if (step === "app")
      return [
        "every pod is READY 2/2: the service and its proxy",
        "the page has the title Simple Bookstore App",
      ];
    const turns =
      "reviews-v1, -v2 and -v3 take turns: the Service has all of their pods, and no route chooses";
    if (step === "gateway") return [turns];
    if (step === "kiali")
      return [
        turns,
        "Kiali's graph has six workloads: productpage calls details and reviews; only v2 and v3 of reviews call ratings",
        "while the port is forwarded a browser finds the graph at http://localhost:20001/kiali; a Kiali without a web interface lists the workloads only",
      ];
    return [turns, "the list has a line for each of the subsets v1, v2 and v3"];
  },
};

const selector = `app in (${services.join(",")})`;

/** What holds at every step: the workloads, and that they reach each other. */
const app: readonly Expectation[] = [
  {
    name: "six pods of Bookinfo have a sidecar that is ready",
    expected: "6 pods with a ready istio-proxy",
    check: {
      kind: "object",
      resource: "pods",
      namespace: "default",
      selector,
      expect: [
        {
          path: "items[*].metadata.labels.version",
          sameItems: ["v1", "v1", "v1", "v1", "v2", "v3"],
        },
        {
          path: "items[*].status.initContainerStatuses[name=istio-proxy].ready",
          sameItems: [true, true, true, true, true, true],
        },
        {
          path: "items[*].status.containerStatuses[*].ready",
          sameItems: [true, true, true, true, true, true],
        },
      ],
    },
  },
  {
    name: "four Services on port 9080",
    expected: services.join(", "),
    check: {
      kind: "object",
      resource: "services",
      namespace: "default",
      selector,
      expect: [
        { path: "items[*].metadata.name", sameItems: services },
        { path: "items[*].spec.type", each: "ClusterIP" },
        { path: "items[*].spec.ports[*].port", sameItems: [9080, 9080, 9080, 9080] },
      ],
    },
  },
  {
    name: "in the mesh the product page has its details and reviews",
    expected: "200, Simple Bookstore App, no error",
    check: podCall(sleep, "http://productpage:9080/productpage", {
      expect: {
        status: [200],
        body: { contains: [texts.title], lacks: [texts.noDetails, texts.noReviews] },
      },
    }),
  },
];

/** No Gateway, no listener. */
function closed(lab: LabOutputs): Expectation {
  return notAnswered("from outside the product page is not reached", productPage(lab));
}

function gateway(lab: LabOutputs): Expectation[] {
  return [
    {
      name: "from outside the product page answers",
      expected: "200, Simple Bookstore App",
      check: productPage(lab, { expect: { status: [200], body: { contains: [texts.title] } } }),
    },
    {
      name: "a path that no route matches is refused",
      expected: "404",
      negative: true,
      check: httpCall(lab, bookinfoHost, "/nope", { expect: { status: [404] } }),
    },
    allVersions(lab),
  ];
}
