import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { repeatScript, withFilesScript } from "../hack/proof/shell-scripts.ts";

/** Runs on Linux alone: it builds what macOS gets from the official places, or wraps a container runtime. */
const linuxOnly = /^hack\/(registry-only|engine)\//;

const ofTheProduct = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
  .toString()
  .split("\n")
  .filter((file) => /^(components|hack)\//.test(file));
const all: readonly (readonly [name: string, text: string])[] = [
  ...ofTheProduct
    .filter((file) => file.endsWith(".sh"))
    .map((file) => [file, readFileSync(file, "utf8")] as const),
  ["repeatScript", repeatScript],
  ["withFilesScript", withFilesScript],
];

const scripts = all.filter(([name]) => !linuxOnly.test(name));

/** What only GNU's tools or Linux have: what it is, what it looks like, and why macOS minds. */
const notPortable: readonly (readonly [looks: RegExp, why: string, example: string])[] = [
  [/\bsed (-\w+ )*-\w*i/, "BSD sed takes the next argument for a suffix", "sed -i s/a/b/ file"],
  [/\bsed .*\\[swb+?|]/, "GNU's own regular expressions", String.raw`sed 's/a\+/b/'`],
  [/\bdate (-d|--date|--iso|\+\S*%N)/, "BSD date has -v and -j, and no %N", "date -d tomorrow"],
  [/\bbase64 (-w|--wrap|-di)/, "BSD base64 never wraps, and knows no -w", "base64 -w 0"],
  [/\breadlink -\w*[fem]|\brealpath\b/, "not before macOS 12.3", "readlink -f file"],
  [/(?<![-\w])timeout (-\S+ )*\d/, "there is none", "timeout 5 curl"],
  [/\bgrep (-\w+ )*(-\w*P|--perl)/, "BSD grep has no Perl expressions", "grep -oP x"],
  [/\bgrep -\w*v\w* -e "\$/, "for no line at all, some take all lines", 'grep -vxF -e "$KEEP"'],
  [/\bxargs (-\w+ )*(-\w*[rd]\b|--no-run)/, "GNU's own", "xargs -r rm"],
  [/\bmktemp\b.*(--|-p)/, "BSD mktemp has other options", "mktemp --tmpdir x"],
  [/\bstat (-c|--format|--printf)/, "BSD stat has -f", "stat -c %s file"],
  [/\bsort (-\w*[Vh]|--\w)/, "GNU's own", "sort -V"],
  [/\b(head|tail) (-n|-c) ?-/, "BSD counts from the beginning alone", "head -n -1"],
  [/\bfind [^|]*-(printf|readable|executable)/, "GNU's own", "find . -printf %p"],
  [/\bcp .*--|\b(mv|ln) -\w*[Tr]/, "GNU's own", "cp --no-preserve=mode a b"],
  [/\becho -[en]/, "the sh of macOS prints the option", "echo -n x"],
  [/\b(gensub|strftime|systime|asorti?)\(/, "gawk's own", "awk '{ print systime() }'"],
  [
    /(^|[|;&(] *)(nproc|flock|setsid|tac|shuf|getent|ss|ip|free|sha256sum|md5sum|pidof) /m,
    "there is no such command",
    "x=$(sha256sum file)",
  ],
  [/"\$\{\w+:?[-+=?][^}"]*'/, "it may begin a quoted string", `"\${x:-it can't}"`],
  [/\/proc\//, "there is no /proc", "cat /proc/1/comm"],
];

const faultsOf = (text: string): string[] =>
  notPortable.flatMap(([looks, why]) => {
    const [found] = looks.exec(text) ?? [];
    return found === undefined ? [] : [`${found}: ${why}`];
  });

/** Without comments; those begin a line, or stand after a space. */
const code = (text: string): string => text.replaceAll(/(^|\s)#.*$/gm, "$1");

describe("shell of the product, as macOS has it", () => {
  it.each(notPortable)("%s would be seen", (looks, why, example) => {
    expect(faultsOf(example)).toContainEqual(expect.stringMatching(`: ${why}`));
    expect(looks.test("kubectl get pods | sed 's/a/b/' | sort | awk '{ print $1 }'")).toBe(false);
  });

  it.each(scripts)("%s asks for no more than POSIX's tools", (_, text) => {
    expect(faultsOf(code(text))).toEqual([]);
  });

  // Commands of resources, commands to paste, scripts for containers.
  it("nor does any text in the TypeScript", () => {
    const sources = ofTheProduct.filter((file) => file.endsWith(".ts") && !linuxOnly.test(file));
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.flatMap((file) =>
      literals(file).flatMap((text) => faultsOf(text).map((fault) => `${file}: ${fault}`)),
    );
    // Some look at Linux's /proc and go on without it; names are looked up inside of pods.
    const known = /there is no \/proc$|^hack\/proof\/checks\/dns\.ts: getent /;
    expect(found.filter((fault) => !known.test(fault))).toEqual([]);
  });
});

describe.each(["sh", "dash", "bash --posix", "busybox sh", "mksh", "yash"])("%s", (shell) => {
  it("reads every script", (context) => {
    const [command = "sh", ...args] = shell.split(" ");
    if (spawnSync(command, [...args, "-c", "true"]).error) context.skip(`there is no ${command}`);
    const faults = all.flatMap(([name, text]) => {
      const { status, stderr } = spawnSync(command, [...args, "-n"], { input: text });
      return status === 0 ? [] : [`${name}: ${stderr.toString()}`];
    });
    expect(faults).toEqual([]);
  });
});

it("shellcheck finds nothing", (context) => {
  if (spawnSync("shellcheck", ["--version"]).error) context.skip("there is no shellcheck");
  const faults = scripts.flatMap(([name, text]) => {
    const args = ["--shell", "sh", "--severity", "warning", "--format", "gcc", "-"];
    const { stdout } = spawnSync("shellcheck", args, { input: text });
    return stdout.length === 0 ? [] : [`${name}: ${stdout.toString()}`];
  });
  expect(faults).toEqual([]);
});

/** Every text in a source, with what is filled into it left out. */
function literals(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) found.push(node.text);
    else if (ts.isTemplateMiddleOrTemplateTail(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  return found;
}
