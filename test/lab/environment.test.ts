import { homedir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import {
  exportLines,
  labEnvironment,
  leftOver,
  prefixed,
  pulumiHomes,
  unsetLines,
  withoutNpm,
} from "../../hack/lab/environment.ts";
import type { EnvironmentFacts } from "../../hack/lab/environment.ts";

function facts(changes: Partial<EnvironmentFacts> = {}): EnvironmentFacts {
  return {
    env: { PATH: "/usr/bin:/bin" },
    labDir: "/lab/.lab",
    cacheDir: "/cache",
    binDirs: ["/lab/node_modules/.bin", "/lab/.lab/bin"],
    supply: "official",
    stack: "dev",
    ownCluster: true,
    direct: ["127.0.0.1"],
    ...changes,
  };
}

describe("the variables of the lab's shell", () => {
  it("under the official supply name the Pulumi home that the plugins are in: the user's", () => {
    expect(labEnvironment(facts())).toEqual({
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/lab/.lab/passphrase",
      PULUMI_HOME: join(homedir(), ".pulumi"),
      PATH: "/lab/node_modules/.bin:/lab/.lab/bin:/usr/bin:/bin",
      no_proxy: "127.0.0.1",
      NO_PROXY: "127.0.0.1",
      KUBECONFIG: "/lab/.lab/dev/kubeconfig",
      NODE_COMPILE_CACHE: "/cache/node-compile-cache",
    });
  });

  it("under registry-only use a Pulumi home of the lab and look for no plugins elsewhere", () => {
    expect(labEnvironment(facts({ supply: "registry-only" }))).toEqual({
      ...labEnvironment(facts()),
      PULUMI_HOME: "/lab/.lab/pulumi-home",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    });
  });

  it("follow the stack", () => {
    const { KUBECONFIG } = labEnvironment(facts({ stack: "second" }));
    expect(KUBECONFIG).toBe("/lab/.lab/second/kubeconfig");
  });

  it("leave KUBECONFIG to the user when the cluster is theirs", () => {
    expect(labEnvironment(facts({ ownCluster: false }))).not.toHaveProperty("KUBECONFIG");
  });

  it.each([
    ["set by the lab for this stack", "/lab/.lab/dev/kubeconfig", ["KUBECONFIG"]],
    ["set by the lab for another stack", "/lab/.lab/second/kubeconfig", ["KUBECONFIG"]],
    ["of the user's own", "/home/me/.kube/config", []],
    ["not set", undefined, []],
  ])("take back a KUBECONFIG %s when the cluster is the user's", (_, KUBECONFIG, names) => {
    const env = { PATH: "/bin", KUBECONFIG };
    expect(leftOver(facts({ env, ownCluster: false }))).toEqual(names);
    expect(leftOver(facts({ env }))).toEqual([]);
  });

  it.each([
    ["PULUMI_CONFIG_PASSPHRASE", "secret"],
    ["PULUMI_CONFIG_PASSPHRASE", ""],
    ["PULUMI_CONFIG_PASSPHRASE_FILE", "/mine"],
  ])("respect a %s of the user's own (%j)", (name, value) => {
    const variables = labEnvironment(facts({ env: { PATH: "/bin", [name]: value } }));
    expect(variables).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE_FILE");
    expect(variables).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE");
  });

  it("respect a Pulumi home and a compile cache of the user's own", () => {
    const env = { PATH: "/bin", PULUMI_HOME: "/mine", NODE_COMPILE_CACHE: "/my-cache" };
    expect(labEnvironment(facts({ env, supply: "registry-only" }))).toMatchObject({
      PULUMI_HOME: "/mine",
      NODE_COMPILE_CACHE: "/my-cache",
    });
    expect(pulumiHomes(env, "/lab/.lab")).toEqual(["/mine"]);
  });

  it("never set the backend or the stack: Pulumi.yaml and the user do", () => {
    const names = Object.keys(labEnvironment(facts({ supply: "registry-only" })));
    expect(names).not.toContain("PULUMI_BACKEND_URL");
    expect(names).not.toContain("PULUMI_STACK");
  });
});

it("puts folders in front once, however often", () => {
  const once = prefixed("/usr/bin:/bin", ["/a", "/b"]);
  expect(once).toBe("/a:/b:/usr/bin:/bin");
  expect(prefixed(once, ["/a", "/b"])).toBe(once);
});

it("drops the folders npm adds for its scripts", () => {
  const path =
    "/lab/node_modules/.bin:/node_modules/.bin:/usr/lib/x/node-gyp-bin:/usr/bin:/my_node_modules/bin";
  expect(withoutNpm(path)).toBe("/usr/bin:/my_node_modules/bin");
});

it("prints lines that a shell reads back exactly", () => {
  const value = `it's "quoted" $HOME \`date\` \\ and\na new line`;
  const lines = exportLines({ LAB_TEST: value });
  const script = `${lines}printf '%s' "$LAB_TEST"`;
  expect(execFileSync("bash", ["-c", script]).toString()).toBe(value);
});

it("prints lines that make a shell forget a variable", () => {
  const script = `export LAB_TEST=1\n${unsetLines(["LAB_TEST"])}printf '%s' "\${LAB_TEST-gone}"`;
  expect(execFileSync("bash", ["-c", script]).toString()).toBe("gone");
  expect(unsetLines([])).toBe("");
});
