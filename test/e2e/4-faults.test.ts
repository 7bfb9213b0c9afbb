import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostsAnswer, stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { containerId, removeContainer } from "./support/engine.ts";
import { snapshot } from "./support/snapshot.ts";

const cluster = "istio-faults";
const httpsPort = 18581;

let lab: Checkout;

beforeAll(async () => {
  await removeContainer(`${cluster}-control-plane`);
  lab = await freshCheckout({ dev: stackBeside(cluster, httpsPort - 1, { step: "ingress" }) });
});

afterAll(async () => {
  await lab.run("npm", ["run", "down"]);
  await removeContainer(`${cluster}-control-plane`);
  await lab.remove();
});

/** What `npm run up` prints at moments that are worst to be killed at, in their order. */
const moments = [
  ["while kind makes the cluster", /Starting control-plane/],
  ["while Istio is installed", /istio-istiod creating/],
  ["while pods start", /StatefulSet .*creating/],
] as const;

describe("a lab that is killed while it comes up", () => {
  it.each(moments)("is killed %s, with all that runs", async (_, sign) => {
    const running = lab.start("npm", ["run", "up"]);
    let printed = "";
    running.all?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await expect.poll(() => printed, { timeout: 120_000, interval: 100 }).toMatch(sign);
    // The whole process group at once: nothing gets to clean up.
    process.kill(-(running.pid ?? 0), "SIGKILL");
    await running;
  });

  it("goes on from there each time, and is whole in the end", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "up"]);
    expect(exitCode, output).toBe(0);
    expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
  });
});

describe("a lab that something happened to", () => {
  it("gets back an object that was deleted by hand", async () => {
    const gone = await lab.inLab("kubectl delete virtualservice httpbin-0");
    expect(gone.exitCode, gone.output).toBe(0);
    const { exitCode, output } = await lab.inLab("pulumi up --yes --skip-preview");
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed/);
    expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
    const again = await lab.inLab("pulumi preview --expect-no-changes");
    expect(again.exitCode, again.output).toBe(0);
  });

  it("refuses a step whose host somebody else's object has, and changes nothing", async () => {
    const foreign = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: mine, namespace: shop }
spec:
  hosts: [httpbin.example.com]
  gateways: [default/httpbin-gateway]
  http: [{ directResponse: { status: 418 } }]`;
    const made = await lab.inLab(
      `kubectl create namespace shop && kubectl apply -f - <<'YAML'${foreign}\nYAML`,
    );
    expect(made.exitCode, made.output).toBe(0);
    const state = "pulumi stack export --show-secrets | grep -v '\"time\"'";
    const before = [await snapshot(lab), (await lab.inLab(state)).stdout];

    const move = "pulumi config set scenario httpbin-ingress && pulumi config set step host";
    const refused = await lab.inLab(`${move} && pulumi up --yes --skip-preview`);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).toContain(
      'VirtualService shop/mine, which is not the lab\'s, claims host "httpbin.example.com" at gateway ' +
        "default/httpbin-gateway, as does this step's VirtualService default/httpbin\n",
    );
    expect([await snapshot(lab), (await lab.inLab(state)).stdout]).toEqual(before);
  });

  it("goes there once that is deleted as the message says, and back", async () => {
    const deleted = "kubectl delete virtualservice.networking.istio.io mine --namespace shop";
    const moved = await lab.inLab(`${deleted} && pulumi up --yes --skip-preview`);
    expect(moved.exitCode, moved.output).toBe(0);
    const home = "pulumi config rm scenario && pulumi config set step ingress";
    const back = await lab.inLab(`${home} && pulumi up --yes --skip-preview`);
    expect(back.exitCode, back.output).toBe(0);
    expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
  });

  it("is rebuilt after its cluster was deleted by hand", async () => {
    await removeContainer(`${cluster}-control-plane`);
    const { exitCode, output } = await lab.inLab("pulumi up --yes --skip-preview");
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed/);
    expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
  });

  it("is destroyed after its cluster was deleted by hand", async () => {
    await removeContainer(`${cluster}-control-plane`);
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode, output).toBe(0);
    expect(existsSync(join(lab.folder, ".lab/dev"))).toBe(false);
  });

  it("leaves somebody else's cluster of that name alone", async () => {
    const node = `${cluster}-control-plane`;
    const { nodeImage } = JSON.parse(
      readFileSync(join(lab.folder, ".lab/supply.json"), "utf8"),
    ) as { nodeImage: string };
    const labels = [`io.x-k8s.kind.cluster=${cluster}`, "io.x-k8s.kind.role=control-plane"];
    await lab.run("docker", [
      ...["run", "--detach", "--name", node, "--entrypoint", "sleep"],
      ...labels.flatMap((label) => ["--label", label]),
      ...[nodeImage, "infinity"],
    ]);
    const id = await containerId(node);
    expect(id).toMatch(/^[0-9a-f]{64}$/);

    const up = await lab.run("npm", ["run", "up"]);
    expect(up.exitCode).not.toBe(0);
    expect(up.output).toContain(cluster);
    expect(up.output).toContain("clusterName");
    await lab.run("npm", ["run", "down"]);
    expect(await containerId(node)).toBe(id);
    await removeContainer(node);
  });
});
