import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refuseUsed, writeFiles } from "../../hack/render/out-folder.ts";
import { UserError } from "../../hack/toolchain/phase.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-render-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("refuseUsed", () => {
  it("takes a folder that is empty, or not there yet", () => {
    for (const free of [folder, join(folder, "new", "one")]) {
      expect(() => {
        refuseUsed(free);
      }).not.toThrow();
    }
  });

  it("refuses a folder with anything in it", () => {
    writeFileSync(join(folder, "old.yaml"), "");
    expect(() => {
      refuseUsed(folder);
    }).toThrow(
      new UserError(
        `--out ${folder} is not empty, and kubectl would apply what is in it too: give a new or empty folder, or empty it`,
      ),
    );
  });

  it("refuses a file", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => {
      refuseUsed(file);
    }).toThrow(
      new UserError(`--out ${file} can't be used: it is not a folder; give a new or empty folder`),
    );
  });
});

describe("writeFiles", () => {
  const files = [
    { name: "30-secret.yaml", text: "key\n", secret: true },
    { name: "helm/values.yaml", text: "{}\n", secret: false },
  ];

  it.each(["new/one", "."])("makes %s the owner's alone, and files with keys too", (below) => {
    const out = join(folder, below);
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    writeFiles(out, files);
    expect(modeOf(out)).toBe("700");
    expect(modeOf(join(out, "30-secret.yaml"))).toBe("600");
    expect(readFileSync(join(out, "30-secret.yaml"), "utf8")).toBe("key\n");
    expect(readFileSync(join(out, "helm/values.yaml"), "utf8")).toBe("{}\n");
  });

  it("refuses two files of one name", () => {
    const twice = [...files, { name: "30-secret.yaml", text: "other\n", secret: true }];
    expect(() => {
      writeFiles(folder, twice);
    }).toThrow(/can't be written: EEXIST.*30-secret\.yaml/);
    expect(readFileSync(join(folder, "30-secret.yaml"), "utf8")).toBe("key\n");
  });
});

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
