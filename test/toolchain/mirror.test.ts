import { expect, it } from "vitest";
import { labMirror, mirrored } from "../../hack/toolchain/mirror.ts";

it.each([
  [undefined, undefined],
  ["", undefined],
  ["https://mirror.example.org", "https://mirror.example.org"],
  ["https://mirror.example.org/lab//", "https://mirror.example.org/lab"],
])("LAB_MIRROR %s is the mirror %s", (given, mirror) => {
  expect(labMirror({ LAB_MIRROR: given })).toBe(mirror);
});

it.each([
  ["https://dl.k8s.io/a/b", undefined, "https://dl.k8s.io/a/b"],
  ["https://dl.k8s.io/a/b", "https://m.example/lab", "https://m.example/lab/dl.k8s.io/a/b"],
  ["https://m.example/lab/x", "https://m.example/lab", "https://m.example/lab/x"],
  ["http://127.0.0.1:9/x", "https://m.example", "https://m.example/127.0.0.1:9/x"],
])("%s with mirror %s is %s", (url, mirror, at) => {
  expect(mirrored(url, mirror)).toBe(at);
});
