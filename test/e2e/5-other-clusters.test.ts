import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Supply } from "../../components/supply.ts";
import { freshCheckout, type Checkout, type Ran } from "./support/checkout.ts";
import { containerId, removeContainer, removeNetwork } from "./support/engine.ts";
import { get } from "./support/https-client.ts";

function stackFile(config: Readonly<Record<string, string>>): string {
  return stringify({
    config: Object.fromEntries(
      Object.entries({ step: "ingress", ...config }).map(([key, value]) => [
        `istio-lab:${key}`,
        value,
      ]),
    ),
  });
}

function ownPorts(first: number): Record<string, string> {
  return {
    httpPort: String(first),
    httpsPort: String(first + 1),
    statusPort: String(first + 2),
  };
}

let lab: Checkout;
let folder: string;
const ownNode = "istio-byo-control-plane";
// kind never removes its network, and another file's lab may be using it by the time this cluster goes.
const ownNetwork = "istio-byo";
const labNodes = ["istio-one-control-plane", "istio-two-control-plane", "istio-two-worker"];

beforeAll(async () => {
  for (const node of [...labNodes, ownNode]) await removeContainer(node);
  folder = await mkdtemp(join(tmpdir(), "istio-byo-"));
  lab = await freshCheckout({
    one: stackFile(ownPorts(18180)),
    two: stackFile({ ...ownPorts(18280), domain: "two.test", nodes: "2" }),
    byo: stackFile({
      cluster: "existing",
      kubeconfig: join(folder, "kubeconfig"),
      kubeContext: "kind-istio-byo",
    }),
  });
});

afterAll(async () => {
  for (const stack of ["one", "two"]) {
    await lab.run("npm", ["run", "down"], { PULUMI_STACK: stack });
  }
  for (const node of [...labNodes, ownNode]) await removeContainer(node);
  await removeNetwork(ownNetwork);
  await lab.remove();
  await rm(folder, { recursive: true, force: true });
});

async function up(stack: string): Promise<void> {
  const { exitCode, output } = await lab.run("npm", ["run", "up"], { PULUMI_STACK: stack });
  expect(exitCode, output).toBe(0);
}

async function hostname(stack: string, host: string, port: number): Promise<string> {
  const { stdout } = await lab.inLab("pulumi stack output caCertPem", { PULUMI_STACK: stack });
  return (await get(host, port, "/hostname", stdout)).body;
}

describe("two labs at once", () => {
  it("both come up, one of them of two nodes, each with its ports, its hosts and its authority", async () => {
    await up("one");
    await up("two");
    expect(await hostname("one", "httpbin-1.example.com", 18181)).toContain('"httpbin-1"');
    expect(await hostname("two", "httpbin-1.two.test", 18281)).toContain('"httpbin-1"');
  });

  it("refuses a third on the ports of the first, and makes nothing", async () => {
    const { exitCode, output } = await lab.inLab(
      "pulumi config set httpsPort 18181 && pulumi up --yes --skip-preview",
      { PULUMI_STACK: "three" },
    );
    expect(exitCode).not.toBe(0);
    expect(output).toContain("18181");
    expect(output).toContain("httpsPort");
    expect(await containerId("istio-three-control-plane")).toBe("");
  });

  it("one goes, the other stays", async () => {
    const down = await lab.run("npm", ["run", "down"], { PULUMI_STACK: "one" });
    expect(down.exitCode, down.output).toBe(0);
    expect(await hostname("two", "httpbin-0.two.test", 18281)).toContain('"httpbin-0"');
    const last = await lab.run("npm", ["run", "down"], { PULUMI_STACK: "two" });
    expect(last.exitCode, last.output).toBe(0);
  });
});

describe("a cluster that is there already", () => {
  const kubectl = (...args: string[]): Promise<Ran> =>
    lab.inLab(`kubectl --kubeconfig ${join(folder, "kubeconfig")} ${args.join(" ")}`, {
      PULUMI_STACK: "byo",
    });

  const gatewayApi = async (): Promise<string> => {
    const { stdout } = await kubectl("get", "customresourcedefinitions", "--output", "name");
    return stdout
      .split("\n")
      .filter((name) => name.includes(".gateway.networking.k8s.io"))
      .join("\n");
  };

  beforeAll(async () => {
    const supply = JSON.parse(
      await readFile(join(lab.folder, ".lab", "supply.json"), "utf8"),
    ) as Supply;
    const config = join(folder, "kind.yaml");
    await writeFile(
      config,
      stringify({
        kind: "Cluster",
        apiVersion: "kind.x-k8s.io/v1alpha4",
        containerdConfigPatches: supply.containerdConfigPatches,
      }),
    );
    const made = await lab.inLab(
      `KIND_EXPERIMENTAL_DOCKER_NETWORK=${ownNetwork} kind create cluster --name istio-byo --image ${supply.nodeImage} --config ${config} --kubeconfig ${join(folder, "kubeconfig")}`,
      { PULUMI_STACK: "one" },
    );
    expect(made.exitCode, made.output).toBe(0);
  });

  it("is refused while it has an istio-system or a workload of the step's name, and stays as it is", async () => {
    await kubectl("create namespace istio-system");
    // No pods: it is about the object.
    await kubectl("create deployment sleep --image example.com/sleep --replicas 0");
    for (const [object, title] of [
      ["namespace/istio-system", "namespace istio-system"],
      ["deployment.apps/sleep", "Deployment default/sleep"],
    ] as const) {
      for (const command of ["preview", "up --yes --skip-preview"]) {
        const { exitCode, output } = await lab.inLab(`pulumi ${command}`, { PULUMI_STACK: "byo" });
        expect(exitCode, output).not.toBe(0);
        expect(output).toContain("1 fault; nothing was changed.");
        expect(output).toContain(
          `  ${title} is in the cluster of context "kind-istio-byo" already, and is not this lab's`,
        );
      }
      // Field managers tell who ever changed an object.
      const { stdout } = await kubectl(
        "get namespaces,deployments --all-namespaces --output json --show-managed-fields",
      );
      expect(stdout).toContain('"sleep"');
      expect(stdout).not.toMatch(/pulumi|istio-lab\/st|istio-injection/);
      const deleted = await kubectl("delete", object);
      expect(deleted.exitCode, deleted.output).toBe(0);
    }
  });

  it("takes the lab in, and its proof passes", async () => {
    await up("byo");
    const verified = await lab.run("npm", ["run", "-s", "verify"], { PULUMI_STACK: "byo" });
    expect(verified.exitCode, verified.output).toBe(0);
    expect(await gatewayApi()).toContain("httproutes.gateway.networking.k8s.io");
  });

  it("keeps its own and loses the lab's on destroy", async () => {
    const id = await containerId(ownNode);
    const { exitCode, output } = await lab.run("npm", ["run", "down"], { PULUMI_STACK: "byo" });
    expect(exitCode, output).toBe(0);
    expect(await containerId(ownNode)).toBe(id);
    const namespaces = await kubectl("get", "namespaces", "--output", "name");
    expect(namespaces.stdout).toContain("namespace/default");
    expect(namespaces.stdout).not.toContain("istio-system");
    expect(await gatewayApi()).toBe("");
    const label = await kubectl("get", "namespace", "default", "--show-labels");
    expect(label.stdout).not.toMatch(/istio-injection|istio-lab/);
    const workloads = await kubectl(
      "get",
      "pods,services",
      "--namespace",
      "default",
      "--output",
      "name",
    );
    expect(workloads.stdout).not.toMatch(/httpbin|sleep/);
  });
});
