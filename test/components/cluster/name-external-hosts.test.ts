import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const corefile = ".:53 {\n    errors\n    forward . /etc/resolv.conf\n}\n";
const rule = "    rewrite name exact a.example.org a.external.svc.cluster.local # istio-lab\n";
const named = corefile.replace("{\n", `{\n${rule}`);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
  // A kubectl that keeps the Corefile in a file, and a line for each change.
  const kubectl = `#!/bin/sh
cd "${folder}"
case "$*" in
"--context lab --namespace kube-system get configmap coredns "*) cat corefile ;;
*" create configmap coredns "*)
  for word in "$@"; do case "$word" in --from-literal=Corefile=*) printf '%s\\n' "\${word#*Corefile=}" ;; esac; done ;;
*" replace --filename -") cat >new && mv new corefile && echo replace >>changes ;;
*" rollout restart deployment coredns") echo restart >>changes ;;
*) echo "unknown: $*" >&2; exit 1 ;;
esac
`;
  writeFileSync(join(folder, "kubectl"), kubectl);
  chmodSync(join(folder, "kubectl"), 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stderr: string;
  readonly corefile: string;
  readonly changes: readonly string[];
}

function run(before: string, names: string): Promise<Ended> {
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  writeFileSync(join(folder, "corefile"), before);
  writeFileSync(join(folder, "changes"), "");
  const env = { PATH: `${folder}:/usr/bin:/bin`, CONTEXT: "lab", NAMES: names };
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(
    "/bin/sh",
    ["components/cluster/name-external-hosts.sh"],
    { env },
    (error, _, stderr) => {
      const changes = read("changes").split("\n").slice(0, -1);
      resolve({ code: Number(error?.code ?? 0), stderr, corefile: read("corefile"), changes });
    },
  );
  return promise;
}

const name = "a.example.org=a.external.svc.cluster.local";
const other = "b.example.org=b.external.svc.cluster.local";
const done = { code: 0, stderr: "", changes: ["replace", "restart"] };

describe("name-external-hosts.sh", () => {
  it("adds a rule a name, and leaves the rest as it is", async () => {
    expect(await run(corefile, name)).toEqual({ ...done, corefile: named });
    const both = named.replace(rule, rule + rule.replaceAll(/\ba\./g, "b."));
    expect(await run(corefile, `${name} ${other}`)).toEqual({ ...done, corefile: both });
  });

  it("changes nothing where the names are there", async () => {
    expect(await run(named, name)).toEqual({ ...done, changes: [], corefile: named });
    expect(await run(corefile, "")).toEqual({ ...done, changes: [], corefile });
  });

  it("replaces what it added before, or takes it out again", async () => {
    const renamed = named.replaceAll(/\ba\./g, "b.");
    expect(await run(named, other)).toEqual({ ...done, corefile: renamed });
    expect(await run(named, "")).toEqual({ ...done, corefile });
  });

  it("has nothing remembered that these names lead nowhere, where other names have that too", async () => {
    const had = "       disable denial cluster.local";
    const caching = corefile.replace("}\n", `    cache 30 {\n${had}\n    }\n}\n`);
    const forgetful = caching
      .replace("{\n", `{\n${rule}`)
      .replace(had, `# istio-lab had: ${had}\n${had} a.example.org # istio-lab`);
    expect(await run(caching, name)).toEqual({ ...done, corefile: forgetful });
    expect(await run(forgetful, name)).toEqual({ ...done, changes: [], corefile: forgetful });
    const both = (await run(forgetful, `${name} ${other}`)).corefile;
    expect(both).toContain(`\n${had} a.example.org b.example.org # istio-lab\n`);
    expect(await run(both, "")).toEqual({ ...done, corefile: caching });
  });

  it.each([
    ["", corefile],
    [", be there one for what is remembered", corefile.replace("}\n", "    disable denial a\n}\n")],
  ])("says so where there is no place for them%s", async (_, text) => {
    const odd = text.replace(".:53", "lab:53");
    expect(await run(odd, name)).toEqual({
      code: 1,
      stderr: 'CoreDNS has no server block ".:53" to put the names of external hosts in\n',
      corefile: odd,
      changes: [],
    });
  });
});
