import { expect, it } from "vitest";
import { findChecksum } from "../../hack/toolchain/checksum.ts";

const a = "a".repeat(64);
const b = "b".repeat(64);

it.each([
  ["a bare hash, as dl.k8s.io publishes", `${a}\n`, "kubectl", a],
  ["hash and file, as kind and Istio publish", `${a}  kind-linux-amd64\n`, "kind-linux-amd64", a],
  [
    "the right line of many, as Pulumi publishes",
    `${a}  x.tar.gz\n${b}  y.tar.gz\n`,
    "y.tar.gz",
    b,
  ],
  ["a file marked as binary", `${a} *kind-linux-amd64\n`, "kind-linux-amd64", a],
  ["a file in a folder", `${a}  ./out/kind-linux-amd64\n`, "kind-linux-amd64", a],
  ["upper case", `${"A".repeat(64)}\n`, "kubectl", a],
])("finds %s", (_, text, file, expected) => {
  expect(findChecksum(text, file)).toBe(expected);
});

it.each([
  ["another file only", `${a}  other\n`],
  ["an error page", "<html>not found</html>"],
  ["a shorter hash", `${"a".repeat(40)}  kubectl\n`],
  ["nothing", ""],
])("finds nothing in %s", (_, text) => {
  expect(findChecksum(text, "kubectl")).toBeUndefined();
});
