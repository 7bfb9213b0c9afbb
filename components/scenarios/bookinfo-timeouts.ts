import { bookinfoImages, createBookinfo } from "./bookinfo/bookinfo.ts";
import { productPage, texts } from "./bookinfo/calls.ts";
import { timePage } from "./bookinfo/try-it.ts";
import { podCall, sleep } from "./calls.ts";
import type { Scenario } from "./scenario.ts";

/** How long a caller waits is said by its route, not by its code. */
export const bookinfoTimeouts: Scenario = {
  id: "bookinfo-timeouts",
  title: "Request time-outs",
  about: "A slow service makes its callers slow, until a route says how long they may wait.",
  images: bookinfoImages,
  steps: [
    { id: "delay-2s", about: "ratings answer two seconds late, and so does the product page" },
    {
      id: "timeout-500ms",
      about: "a request for reviews may take half a second: the page comes soon, without them",
    },
  ],
  build: (lab, step) =>
    createBookinfo(lab, {
      routes: [step === "delay-2s" ? "reviews-v2" : "reviews-v2-timeout-500ms", "ratings-delay-2s"],
    }),
  proof: (lab, step) =>
    step === "delay-2s"
      ? [
          {
            name: "the product page waits for the ratings, and has them",
            expected: "200 in 2.0 to 3.5 s, black stars",
            check: productPage(lab, {
              times: 3,
              together: 3,
              expect: {
                status: [200],
                seconds: { atLeast: 2, atMost: 3.5 },
                body: { contains: [texts.blackStars], lacks: [texts.noReviews] },
              },
            }),
          },
        ]
      : [
          {
            name: "the product page gives up on the reviews after twice half a second",
            expected: "200 in 0.9 to 2.0 s, Error fetching product reviews",
            check: productPage(lab, {
              times: 3,
              together: 3,
              expect: {
                status: [200],
                seconds: { atLeast: 0.9, atMost: 2 },
                body: { contains: [texts.noReviews] },
              },
            }),
          },
          {
            name: "a client in the mesh is told that the reviews took too long",
            expected: "504 in less than 1 s",
            check: podCall(sleep, "http://reviews:9080/reviews/0", {
              expect: { status: [504], seconds: { atMost: 1 } },
            }),
          },
        ],
  tryIt: (lab, step) => {
    const inside =
      "kubectl exec deploy/sleep -c sleep -- curl -sS -i -w '\\ntook %{time_total} s\\n' http://reviews:9080/reviews/0";
    return step === "delay-2s" ? [timePage(lab)] : [timePage(lab), inside];
  },
  lookFor: (step) =>
    step === "delay-2s"
      ? ["the page takes a little more than two seconds and shows black stars"]
      : [
          "the page takes one second, two tries of half a second, and says Error fetching product reviews",
          "the proxy itself answers 504 after half a second: upstream request timeout",
        ],
};
