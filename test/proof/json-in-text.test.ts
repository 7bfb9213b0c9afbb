import { expect, it } from "vitest";
import { jsonFault } from "../../hack/proof/json-match.ts";

const document = { data: { "a.json": '{"title":"A","panels":[{"type":"stat"}]}', broken: "{" } };
const path = 'data["a.json"]';

it("looks into a text that is JSON", () => {
  const json = [
    { path: "title", equals: "A" },
    { path: "panels[*].type", each: "stat" },
  ];
  expect(jsonFault(document, { path, json })).toBeUndefined();
});

it.each([
  [path, [{ path: "title", equals: "B" }], `${path} title is "A", not "B"`],
  [path, [{ path: "missing" }], `${path} missing is not there`],
  ["data.broken", [], 'data.broken is "{", which is not JSON'],
])("%s with %j: %s", (where, json, reason) => {
  expect(jsonFault(document, { path: where, json })).toBe(reason);
});
