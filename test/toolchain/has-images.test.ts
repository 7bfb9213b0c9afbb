import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasImages } from "../../hack/toolchain/has-images.ts";

const path = process.env["PATH"];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-has-"));
  process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  // An engine that has the images `a` and `b`.
  writeFileSync(
    join(folder, "docker"),
    `#!/bin/sh
echo "$*" >> '${folder}/calls'
shift 4
for name; do case "$name" in a|b) ;; *) exit 1 ;; esac; done
`,
  );
  chmodSync(join(folder, "docker"), 0o755);
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

/** The images of each question that the engine was asked. */
function questions(): readonly string[] {
  return readFileSync(join(folder, "calls"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((call) => call.replace("image inspect --format {{.Id}} ", ""));
}

describe("hasImages", () => {
  it("asks once for all that is asked at one moment, each image once", async () => {
    const answers = await Promise.all([hasImages(["a"]), hasImages(["b", "a"]), hasImages(["b"])]);
    expect(answers).toEqual([true, true, true]);
    expect(questions()).toEqual(["a b"]);
  });

  it("tells who lacks one from who does not", async () => {
    expect(await Promise.all([hasImages(["a"]), hasImages(["b", "c"])])).toEqual([true, false]);
    expect(questions().toSorted()).toEqual(["a", "a b c", "b c"]);
  });

  it("does not ask again for one question alone", async () => {
    expect(await hasImages(["c"])).toBe(false);
    expect(questions()).toEqual(["c"]);
  });

  it("asks anew at another moment", async () => {
    expect(await hasImages(["a"])).toBe(true);
    expect(await hasImages(["a"])).toBe(true);
    expect(questions()).toEqual(["a", "a"]);
  });
});
