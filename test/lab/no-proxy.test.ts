import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { scenarios } from "../../components/scenarios/registry.ts";
import { directVariables, kindNetworkSubnets, labHosts } from "../../hack/lab/no-proxy.ts";
import { labOutputs } from "../support/lab.ts";
import { machineOnPath } from "../support/machine-on-path.ts";

const kind = { cluster: "kind", domain: "lab.test", listenAddress: "127.0.0.1" };
const always = ["127.0.0.1", "localhost", "::1", ".svc", ".cluster.local"];
const names = ["example.com", "fireflyclass.com", "lab.test"];
const subnets = ["10.96.0.0/16", "10.244.0.0/16"];

it.each([
  ["kind", kind, ["172.18.0.0/16"], [...always, ...names, ...subnets, "172.18.0.0/16"]],
  ["every address", { ...kind, listenAddress: "0.0.0.0" }, [], [...always, ...names, ...subnets]],
  [
    "one address",
    { ...kind, listenAddress: "10.1.2.3" },
    [],
    [...always, ...names, ...subnets, "10.1.2.3"],
  ],
  ["existing", { ...kind, cluster: "existing" }, ["172.18.0.0/16"], [...always, ...names]],
  [
    "the usual domain",
    { ...kind, cluster: "existing", domain: "example.com" },
    [],
    [...always, ...names.slice(0, 2)],
  ],
])("no proxy leads to the lab's hosts: %s", (_, facts, network, expected) => {
  expect(labHosts(facts, network)).toEqual(expected);
});

it.each([
  ["nothing", {}, "a,b"],
  ["lower case", { no_proxy: "corp, 10.0.0.0/8" }, "corp,10.0.0.0/8,a,b"],
  ["upper case", { NO_PROXY: "corp" }, "corp,a,b"],
  ["both, with blanks and gaps", { no_proxy: "x,,y ", NO_PROXY: "y z" }, "x,y,z,a,b"],
  ["some of it already", { NO_PROXY: "b,x" }, "b,x,a"],
])("keeps what the user has there: %s", (_, env, both) => {
  const variables = directVariables(env, ["a", "b"]);
  expect(variables).toEqual({ no_proxy: both, NO_PROXY: both });
  expect(directVariables(variables, ["a", "b"])).toEqual(variables);
});

it("adds to the list that Pulumi's SDK reads first, where there is one", () => {
  const env = { no_grpc_proxy: "corp", no_proxy: "x" };
  expect(directVariables(env, ["a"])).toMatchObject({ no_grpc_proxy: "corp,a", no_proxy: "x,a" });
});

it("covers every address that a scenario tells to try", () => {
  const hosts = labHosts(kind);
  const asked = scenarios.flatMap((scenario) =>
    scenario.steps.flatMap(({ id }) => {
      const outputs = labOutputs(id, 2, {
        scenario: scenario.id,
        hosts: ["httpbin-0.lab.test", "httpbin-1.lab.test"],
        domain: "lab.test",
      });
      // What runs in a pod has the pod's environment.
      const here = scenario.tryIt(outputs, id).filter((line) => !line.includes("exec"));
      return here.flatMap((line) =>
        [...line.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = ""]) => host),
      );
    }),
  );
  const byProxy = asked.filter(
    (host) => !hosts.some((direct) => host === direct || host.endsWith(`.${direct}`)),
  );
  expect(byProxy).toEqual([]);
  expect(new Set(asked).size).toBeGreaterThan(4);
});

it.each(["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])(
  "curl goes to the lab past a %s that leads nowhere",
  (name) => {
    const variables = directVariables({ [name]: "http://127.0.0.1:9" }, labHosts(kind));
    const ask = (more: Record<string, string>): string =>
      execFileSync(
        "sh",
        [
          "-c",
          'curl -sv --resolve "$1" "$2" 2>&1 || true',
          "sh",
          "httpbin-0.lab.test:1:127.0.0.1",
          `${name.toLowerCase().startsWith("http_") ? "http" : "https"}://httpbin-0.lab.test:1/`,
        ],
        {
          env: { PATH: process.env["PATH"], [name]: "http://127.0.0.1:9", ...more },
          encoding: "utf8",
        },
      );
    expect(ask({})).toMatch(/127\.0\.0\.1:9|port 9/);
    expect(ask(variables)).not.toMatch(/127\.0\.0\.1:9|port 9/);
  },
);

const machine = machineOnPath();

it.each([
  [
    "two subnets",
    "echo fc00:f853:ccd:e793::/64 172.18.0.0/16",
    ["fc00:f853:ccd:e793::/64", "172.18.0.0/16"],
  ],
  ["no network yet", "echo no such network >&2; exit 1", []],
])("asks the engine for kind's network: %s", async (_, script, expected) => {
  machine.command(
    "docker",
    `[ "$*" = "network inspect kind --format {{range .IPAM.Config}}{{.Subnet}} {{end}}" ] || exit 3\n${script}`,
  );
  expect(await kindNetworkSubnets()).toEqual(expected);
});
