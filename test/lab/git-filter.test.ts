import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { ensureGitFilter, settleStackFile } from "../../hack/lab/git-filter.ts";
import { root } from "../../hack/toolchain/paths.ts";

const config = "config:\n  istio-lab:step: ingress\n";
const salt = "encryptionsalt: v1:abc=:v1:def:ghi==\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-git-"));
});

function git(...args: string[]): string {
  const identity = ["-c", "user.name=n", "-c", "user.email=n@example.org"];
  return execFileSync("git", [...identity, ...args], { cwd: folder }).toString();
}

/** A checkout with the lab's attributes and a committed stack file. */
function checkout(): void {
  git("init", "--quiet");
  writeFileSync(join(folder, ".gitattributes"), readFileSync(join(root, ".gitattributes")));
  writeFileSync(join(folder, "Pulumi.dev.yaml"), config);
  git("add", "--all");
  git("commit", "--quiet", "--message", "start");
}

describe("in a git checkout", () => {
  beforeEach(async () => {
    checkout();
    await ensureGitFilter(folder);
  });

  it("status is clean after Pulumi wrote its salt", async () => {
    appendFileSync(join(folder, "Pulumi.dev.yaml"), salt);
    await settleStackFile(folder, "dev");
    expect(git("status", "--porcelain")).toBe("");
    expect(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8")).toBe(config + salt);
  });

  it("a change of config still shows, unstaged, and is committed without the salt", async () => {
    const changed = config.replace("ingress", "plain");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), changed + salt);
    await settleStackFile(folder, "dev");
    expect(git("status", "--porcelain")).toBe(" M Pulumi.dev.yaml\n");
    git("commit", "--all", "--quiet", "--message", "plain");
    expect(git("show", "HEAD:Pulumi.dev.yaml")).toBe(changed);
  });

  it("leaves an untracked stack file alone", async () => {
    writeFileSync(join(folder, "Pulumi.mine.yaml"), salt);
    await settleStackFile(folder, "mine");
    expect(git("status", "--porcelain")).toBe("?? Pulumi.mine.yaml\n");
  });

  it("set up again changes nothing", async () => {
    const before = readFileSync(join(folder, ".git", "config"), "utf8");
    await ensureGitFilter(folder);
    expect(readFileSync(join(folder, ".git", "config"), "utf8")).toBe(before);
    expect(before.match(/\[filter "istio-lab-stack"\]/g)).toHaveLength(1);
  });
});

it("outside a git checkout does nothing", async () => {
  await ensureGitFilter(folder);
  await settleStackFile(folder, "dev");
  expect(() => git("rev-parse", "--git-dir")).toThrow("not a git repository");
});
