import { expect, it } from "vitest";
import { compareVersions, parseVersion } from "../../hack/toolchain/semantic-version.ts";

it.each([
  ["v3.250.0", [3, 250, 0]],
  ["kind v0.33.0 go1.26.8 linux/amd64", [0, 33, 0]],
  ["Client Version: v1.34.2\nKustomize Version: v5.7.1", [1, 34, 2]],
  ["client version: 1.31.0", [1, 31, 0]],
  ["no version here", undefined],
])("reads %j", (text, expected) => {
  expect(parseVersion(text)).toEqual(expected);
});

it.each([
  [[1, 2, 3], [1, 2, 3], 0],
  [[1, 2, 4], [1, 2, 3], 1],
  [[1, 1, 9], [1, 2, 0], -1],
  [[10, 0, 0], [9, 9, 9], 1],
] as const)("orders %j and %j", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
