import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gatewayApi } from "../../../components/mesh/gateway-api.ts";
import { fakeMachine, type Ended, type FakeMachine } from "../../support/fake-machine.ts";
import { fakeCluster } from "../../support/lab.ts";
import { drain, find, record } from "../../support/mocks.ts";

const definition = (kind: string): string =>
  `customresourcedefinition.apiextensions.k8s.io/${kind}`;
const gateways = definition("gateways.gateway.networking.k8s.io");
const classes = definition("gatewayclasses.gateway.networking.k8s.io");
const istios = definition("gateways.networking.istio.io");

let machine: FakeMachine;

beforeEach(() => {
  machine = fakeMachine();
});
afterEach(() => {
  machine.remove();
});

/** Answers of a kubectl, by the arguments they are for; what is not there it refuses. */
function kubectl(
  answers: readonly (readonly [pattern: string, output: readonly string[]])[],
): void {
  const cases = answers.map(([pattern, lines], index) => {
    const file = join(machine.folder, `answer-${index}`);
    writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    return `*"${pattern}"*) cat "${file}" ;;`;
  });
  machine.command(
    "kubectl",
    `printf '%s\\n' "$*" >> "${machine.folder}/calls"
case "$*" in
*" apply "*) cat > "${machine.folder}/applied" ;;
${cases.join("\n")}
*) echo "the server is gone" >&2; exit 1 ;;
esac`,
  );
}

const run = (script: string): Promise<Ended> =>
  machine.run(`components/mesh/${script}`, {
    KUBECONFIG: "/lab/kubeconfig",
    CONTEXT: "prod",
    STACK: "dev",
    MANIFEST: "/cache/standard",
  });

const calls = (): string[] =>
  readFileSync(join(machine.folder, "calls"), "utf8").trim().split("\n");

const quiet = { code: 0, stdout: "", stderr: "" };

describe("apply-gateway-api.sh", () => {
  const labelled = ["label --local", ["kind: CustomResourceDefinition"]] as const;

  it("applies all of it, labelled, in one step, to the given cluster", async () => {
    kubectl([labelled, ["get customresourcedefinitions", [istios]]]);
    expect(await run("apply-gateway-api.sh")).toEqual(quiet);
    expect(readFileSync(join(machine.folder, "applied"), "utf8")).toContain("kind: Custom");
    expect(calls().toSorted()).toEqual(
      [
        "get customresourcedefinitions --selector istio-lab/stack!=dev --output name",
        "label --local --filename /cache/standard istio-lab/stack=dev --output json",
        "apply --server-side --force-conflicts --field-manager istio-lab --filename -",
      ]
        .map((call) => `--context prod --request-timeout 60s ${call}`)
        .toSorted(),
    );
  });

  it("leaves that of the cluster's owner as it is, and says so", async () => {
    kubectl([labelled, ["get customresourcedefinitions", [istios, gateways]]]);
    expect(await run("apply-gateway-api.sh")).toEqual({
      ...quiet,
      stderr: "the cluster has the Gateway API already: it is left as it is\n",
    });
    expect(existsSync(join(machine.folder, "applied"))).toBe(false);
  });

  it("applies nothing to a cluster that could not be asked", async () => {
    kubectl([labelled]);
    expect(await run("apply-gateway-api.sh")).toEqual({
      ...quiet,
      code: 1,
      stderr: "the server is gone\n",
    });
    expect(existsSync(join(machine.folder, "applied"))).toBe(false);
  });
});

describe("delete-gateway-api.sh", () => {
  const made = ["get customresourcedefinitions", [classes, gateways]] as const;
  const istioClass = "GatewayClass /istio istio.io/gateway-controller";
  const remove =
    "--context prod --request-timeout 60s delete " +
    "validatingadmissionpolicybindings,validatingadmissionpolicies,customresourcedefinitions " +
    "--selector istio-lab/stack=dev";

  it("deletes what this stack made, and istiod's classes with it", async () => {
    kubectl([
      made,
      ["get gatewayclasses.gateway.networking.k8s.io --all-namespaces", [istioClass]],
      ["get gateways.gateway.networking.k8s.io --all-namespaces", []],
      ["delete", ["deleted"]],
    ]);
    expect(await run("delete-gateway-api.sh")).toEqual(quiet);
    expect(calls().at(-1)).toBe(remove);
    expect(calls()[0]).toContain("--selector istio-lab/stack=dev");
  });

  it.each([
    ["a Gateway", [istioClass], ["Gateway shop/mine "]],
    ["another controller's class", [istioClass, "GatewayClass /nginx nginx.org/x"], []],
  ])("deletes nothing while there is %s of somebody's", async (_, classList, gatewayList) => {
    kubectl([
      made,
      ["get gatewayclasses.gateway.networking.k8s.io --all-namespaces", classList],
      ["get gateways.gateway.networking.k8s.io --all-namespaces", gatewayList],
      ["delete", []],
    ]);
    const { code, stderr } = await run("delete-gateway-api.sh");
    expect(code).toBe(0);
    expect(stderr).toBe(
      "the Gateway API stays in the cluster, for what somebody made of it:\n" +
        `${[...classList, ...gatewayList].at(-1)}\n`,
    );
    expect(calls()).not.toContain(remove);
  });

  it("deletes nothing when it can't see what there is of a kind", async () => {
    kubectl([made, ["get gatewayclasses", []], ["delete", []]]);
    expect((await run("delete-gateway-api.sh")).code).toBe(1);
    expect(calls()).not.toContain(remove);
  });

  it("has nothing to do where this stack made none", async () => {
    kubectl([["get customresourcedefinitions", []]]);
    expect(await run("delete-gateway-api.sh")).toEqual(quiet);
    expect(calls()).toHaveLength(1);
  });
});

describe("gatewayApi", () => {
  it("is one command, which is never replaced, and whose removal needs nothing but the state", async () => {
    const registered = await record();
    gatewayApi("gateway-api", { cluster: fakeCluster(), manifest: "/cache/standard" }, {});
    await drain();
    const apply = "sh components/mesh/apply-gateway-api.sh";
    expect(find(registered, "gateway-api").inputs).toEqual({
      create: apply,
      update: apply,
      delete: readFileSync("components/mesh/delete-gateway-api.sh", "utf8"),
      environment: {
        KUBECONFIG: "/lab/.lab/dev/kubeconfig",
        CONTEXT: "kind-istio",
        CLUSTER: "c0ffee",
        MANIFEST: "/cache/standard",
        STACK: "dev",
      },
      logging: "stderr",
    });
  });
});
