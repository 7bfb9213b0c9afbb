import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostsAnswer, stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { containerId, removeContainer } from "./support/engine.ts";

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
    expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
    const again = await lab.inLab("pulumi preview --expect-no-changes");
    expect(again.exitCode, again.output).toBe(0);
  });

  it("is rebuilt after its cluster was deleted by hand", async () => {
    await removeContainer(`${cluster}-control-plane`);
    const { exitCode, output } = await lab.inLab("pulumi up --yes --skip-preview");
    expect(exitCode, output).toBe(0);
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
