import { describe, expect, it } from "vitest";
import type { JsonMatch } from "../../components/scenarios/checks/matchers.ts";
import { jsonFault, jsonObserved, valueAt } from "../../hack/proof/json-match.ts";

const document = {
  kind: "Thing",
  count: 3,
  text: "12",
  flag: false,
  nothing: null,
  none: [],
  metadata: { labels: { "app.kubernetes.io/name": "httpbin" } },
  status: {
    conditions: [
      { type: "Ready", status: "True" },
      { type: "Synced", status: "False" },
    ],
  },
  items: [
    { name: "a", ports: [{ port: 80 }, { port: 443 }] },
    { name: "b", ports: [{ port: 8080 }] },
  ],
};

describe("valueAt", () => {
  it.each([
    ["kind", "Thing"],
    ["items[1].name", "b"],
    ["items[5].name", undefined],
    ["items[*].name", ["a", "b"]],
    ["items[*].ports[*].port", [80, 443, 8080]],
    ["items[name=b].ports[*].port", [8080]],
    ["items[name=z].ports", []],
    ['metadata.labels["app.kubernetes.io/name"]', "httpbin"],
    ["status.conditions[type=Ready].status", ["True"]],
    ["metadata.labels[*]", ["httpbin"]],
    ["kind.length", undefined],
    ["constructor", undefined],
    ["nothing", null],
    ["", document],
  ])("%s", (path, expected) => {
    expect(valueAt(document, path)).toEqual(expected);
  });

  it.each(["items[", "a..b", "items[?]", "a]"])("can't read %s", (path) => {
    expect(() => valueAt(document, path)).toThrow(`the JSON path ${path} can't be read from`);
  });
});

const accepted: readonly JsonMatch[] = [
  { path: "kind" },
  { path: "flag" },
  { path: "kind", equals: "Thing" },
  { path: "flag", equals: false },
  { path: "none", equals: [] },
  { path: "status.conditions[0]", equals: { status: "True", type: "Ready" } },
  { path: "items[*].name", equals: ["a", "b"] },
  { path: "status.conditions[type=Ready].status", each: "True" },
  { path: "count", atLeast: 3, atMost: 3 },
  { path: "text", atLeast: 12 },
  { path: "items[*].ports[*].port", atLeast: 80 },
  { path: "items[*].name", sameItems: ["b", "a"] },
  { path: "none", sameItems: [] },
  { path: "items[*].name", includes: ["b"] },
  { path: "items[*].name", itemsAtLeast: 2 },
  { path: "kind", contains: "hin" },
  { path: "count", contains: "3" },
  { path: "items[*].name", contains: "b" },
  { path: "missing", absent: true },
  { path: "nothing", absent: true },
  { path: "none", absent: true },
  { path: "items[name=z]", absent: true },
];

const rejected: readonly (readonly [JsonMatch, string])[] = [
  [{ path: "missing" }, "missing is not there"],
  [{ path: "nothing" }, "nothing is empty"],
  [{ path: "items[name=z]" }, "items[name=z] is empty"],
  [{ path: "missing", equals: 1 }, "missing is not there"],
  [{ path: "kind", equals: "thing" }, 'kind is "Thing", not "thing"'],
  [{ path: "text", equals: 12 }, 'text is "12", not 12'],
  [{ path: "items[*].name", equals: ["b", "a"] }, 'items[*].name is ["a","b"], not ["b","a"]'],
  [
    { path: "status.conditions[*].status", each: "True" },
    'status.conditions[*].status has "False", not only "True"',
  ],
  [{ path: "none", each: "True" }, "none has no items"],
  [{ path: "kind", each: "Thing" }, 'kind is "Thing", not an array'],
  [{ path: "count", atLeast: 4 }, "count value is 3, less than 4"],
  [{ path: "count", atMost: 2 }, "count value is 3, more than 2"],
  [{ path: "kind", atLeast: 0 }, 'kind is "Thing", not a number'],
  [{ path: "flag", atLeast: 0 }, "flag is false, not a number"],
  [{ path: "none", atLeast: 0 }, "none has no items"],
  [
    { path: "items[*].ports[*].port", atMost: 443 },
    "items[*].ports[*].port value is 8080, more than 443",
  ],
  [{ path: "items[*].name", sameItems: ["a"] }, 'items[*].name has "b" too'],
  [{ path: "items[*].name", sameItems: ["a", "a"] }, 'items[*].name is ["a","b"], without "a"'],
  [{ path: "items[*].name", sameItems: [] }, 'items[*].name has "a" too'],
  [{ path: "kind", sameItems: ["Thing"] }, 'kind is "Thing", not an array'],
  [{ path: "items[*].name", includes: ["c"] }, 'items[*].name is ["a","b"], without "c"'],
  [{ path: "missing", includes: [] }, "missing is not there"],
  [{ path: "items[*].name", itemsAtLeast: 3 }, "items[*].name has 2 items, less than 3"],
  [{ path: "items[0].name", itemsAtLeast: 1 }, 'items[0].name is "a", not an array'],
  [{ path: "kind", contains: "other" }, 'kind is "Thing", without "other"'],
  [
    { path: "metadata", contains: "httpbin" },
    'is {"labels":{"app.kubernetes.io/name":"httpbin"}}, without "httpbin"',
  ],
  [{ path: "kind", absent: true }, 'kind is there: "Thing"'],
  [{ path: "flag", absent: true }, "flag is there: false"],
  [{ path: "count", atLeast: 1, contains: "4" }, 'count is 3, without "4"'],
];

describe("jsonFault", () => {
  it.each(accepted)("accepts %j", (match) => {
    expect(jsonFault(document, match)).toBeUndefined();
  });

  it.each(rejected)("rejects %j", (match, fault) => {
    expect(jsonFault(document, match)).toContain(fault);
  });

  it("looks at a document that is an array, and names the whole of it", () => {
    expect(jsonFault([{ name: "a" }], { path: "[*].name", sameItems: ["a"] })).toBeUndefined();
    expect(jsonFault([1], { path: "", equals: [2] })).toBe("document is [1], not [2]");
  });
});

describe("jsonObserved", () => {
  it("shows what is where the matches look", () => {
    expect(jsonObserved(document, [{ path: "kind" }, { path: "missing" }])).toBe(
      'kind = "Thing", missing = nothing',
    );
  });
});
