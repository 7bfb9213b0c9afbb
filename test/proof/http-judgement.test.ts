import { describe, expect, it } from "vitest";
import type { HttpCheck, HttpOutcome } from "../../components/scenarios/checks/http.ts";
import { answerFault, answerObserved, judgeAnswers } from "../../hack/proof/checks/http.ts";
import type { Answer } from "../../hack/proof/curl-answer.ts";

const good: Answer = {
  exit: 0,
  error: "",
  status: 200,
  headers: { server: "istio-envoy" },
  body: '{"hostname": "httpbin-0"}',
  seconds: 2.01,
  httpVersion: "2",
};
const refused: Answer = {
  ...good,
  exit: 60,
  error: "SSL certificate problem: unable to get local issuer certificate",
  status: 0,
  headers: {},
  body: "",
};
const text: Answer = { ...good, body: "plain" };

const accepted: readonly (readonly [Answer, HttpOutcome])[] = [
  [good, {}],
  [good, { status: [404, 200] }],
  [good, { headers: { server: { contains: ["istio"], lacks: ["nginx"] } } }],
  [good, { headers: { Server: { contains: ["istio"] } } }],
  [good, { headers: { "x-none": { lacks: ["a"] } } }],
  [good, { body: { contains: ["httpbin-0"], lacks: ["httpbin-1"] } }],
  [good, { json: [{ path: "hostname", equals: "httpbin-0" }] }],
  [good, { seconds: { atLeast: 2, atMost: 2.5 } }],
  [good, { httpVersion: "2" }],
  [refused, { exit: [60] }],
  [refused, { exit: [0, 60], status: [200] }],
];

const rejected: readonly (readonly [Answer, HttpOutcome, string])[] = [
  [refused, {}, "curl exit 60 is not 0"],
  [refused, { status: [200] }, "curl exit 60 is not 0"],
  [refused, { exit: [35, 52, 56] }, "curl exit 60 is not 35, 52 or 56"],
  [good, { exit: [60] }, "curl exit 0 is not 60"],
  [good, { status: [404] }, "status 200 is not 404"],
  [good, { status: [] }, "status 200 is not "],
  [good, { headers: { server: { contains: ["nginx"] } } }, 'header server lacks "nginx"'],
  [good, { headers: { server: { lacks: ["istio"] } } }, 'header server contains "istio"'],
  [good, { headers: { location: { contains: [""] } } }, "there is no header location"],
  [good, { body: { contains: ["httpbin-1"] } }, 'body lacks "httpbin-1"'],
  [good, { body: { lacks: ["httpbin-0"] } }, 'body contains "httpbin-0"'],
  [
    good,
    { json: [{ path: "hostname", equals: "httpbin-1" }] },
    'hostname is "httpbin-0", not "httpbin-1"',
  ],
  [text, { json: [{ path: "hostname" }] }, 'body is not JSON: "plain"'],
  [good, { seconds: { atMost: 2 } }, "time in seconds is 2.01, more than 2"],
  [good, { seconds: { atLeast: 3 } }, "time in seconds is 2.01, less than 3"],
  [good, { httpVersion: "1.1" }, "HTTP version 2 is not 1.1"],
];

describe("answerFault", () => {
  it.each(accepted)("accepts row %#", (answer, outcome) => {
    expect(answerFault(answer, outcome)).toBeUndefined();
  });

  it.each(rejected)("rejects row %#", (answer, outcome, fault) => {
    expect(answerFault(answer, outcome)).toBe(fault);
  });
});

describe("answerObserved", () => {
  it.each<readonly [Answer, HttpOutcome, string]>([
    [good, { status: [200] }, "200"],
    [good, { status: [404] }, '200, body "{"hostname": "httpbin-0"}"'],
    [text, { body: {} }, '200, body "plain"'],
    [good, { json: [{ path: "hostname" }] }, '200, hostname = "httpbin-0"'],
    [text, { json: [{ path: "hostname" }] }, '200, body "plain"'],
    [
      good,
      { headers: { server: {} }, httpVersion: "2", seconds: {} },
      '200, HTTP/2, server "istio-envoy", 2.01 s',
    ],
    [
      refused,
      { status: [200] },
      "exit 60: SSL certificate problem: unable to get local issuer certificate",
    ],
  ])("row %#", (answer, outcome, observed) => {
    expect(answerObserved(answer, outcome)).toBe(observed);
  });
});

describe("judgeAnswers", () => {
  const check: HttpCheck = {
    kind: "http",
    caller: { from: "host" },
    url: "http://a",
    expect: { status: [200] },
  };
  const other = { ...good, body: "v2" };

  it("shows the first answer that is wrong of many", () => {
    expect(judgeAnswers([good, { ...good, status: 503, body: "no" }, good], check)).toEqual({
      passed: false,
      observed: '2 of 3 as expected; 503, body "no"',
      reason: "status 503 is not 200",
    });
  });

  it.each([
    [1, 3, true],
    [2, 2, true],
    [3, 4, false],
    [0, 1, false],
    [0, 0, false],
  ])("wants between %i and %i of 4 with a text: %s", (atLeast, atMost, passed) => {
    const shares = [{ text: "v2", atLeast, atMost }];
    expect(judgeAnswers([good, other, other, good], { ...check, shares }).passed).toBe(passed);
  });

  it("says how large a share is", () => {
    const shares = [{ text: "v2", atLeast: 4, atMost: 4 }];
    expect(judgeAnswers([good, other], { ...check, shares })).toEqual({
      passed: false,
      observed: '2 of 2 as expected; 200; 1 of 2 with "v2"',
      reason: 'count of "v2" is 1, less than 4',
    });
  });

  it.each([
    [{ contains: ["red"] }, true],
    [{ contains: ["red"], lacks: ["black"] }, true],
    [{ contains: ["black"] }, 'a body with "v2" lacks "black"'],
    [{ lacks: ["red"] }, 'a body with "v2" contains "red"'],
  ])("looks into the answers of a share, and into no other: %j", (body, outcome) => {
    const red = { ...good, body: "v2 red" };
    const shares = [{ text: "v2", atLeast: 2, atMost: 2, body }];
    const { passed, reason } = judgeAnswers([good, red, red], { ...check, shares });
    expect(reason ?? passed).toBe(outcome);
  });
});
