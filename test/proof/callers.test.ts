import { describe, expect, it } from "vitest";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import { runAs } from "../../hack/proof/callers.ts";
import { lookAtHttp } from "../../hack/proof/checks/http.ts";
import { fakeLab, labOutputs, pod } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";

describe("runAs", () => {
  const pods = JSON.stringify({
    items: [pod("old", { leaving: true }), pod("starting", { ready: false }), pod("sleep-1")],
  });
  const answer = ({ args }: Call): string => (args.includes("pods") ? pods : "ran");
  const target = ["--kubeconfig", "/lab/kubeconfig", "--context", "kind-lab"];

  it("runs in a Ready pod of the app, found once", async () => {
    const { lab, calls } = fakeLab(labOutputs(), answer);
    await runAs(lab, { from: "pod", app: "sleep" }, ["curl", "x"]);
    await runAs(lab, { from: "pod", app: "sleep", container: "istio-proxy" }, ["curl"], {
      input: "in",
    });
    expect(calls.map(({ file, args }) => [file, ...args])).toEqual([
      [
        "kubectl",
        ...target,
        "get",
        "pods",
        "--namespace",
        "default",
        "--selector",
        "app=sleep",
        "-o",
        "json",
      ],
      [
        "kubectl",
        ...target,
        "exec",
        "--namespace",
        "default",
        "sleep-1",
        "--container",
        "sleep",
        "--",
        "curl",
        "x",
      ],
      [
        "kubectl",
        ...target,
        ..."exec -i --namespace default sleep-1 --container istio-proxy -- curl".split(" "),
      ],
    ]);
    lab.cluster.forget();
    await runAs(lab, { from: "pod", app: "sleep" }, ["curl"]);
    expect(calls.filter(({ args }) => args.includes("pods"))).toHaveLength(2);
  });

  it("runs in the node's container", async () => {
    const { lab, calls } = fakeLab(labOutputs(), answer);
    await runAs(lab, { from: "kind-network" }, ["curl", "x"], { input: "in" });
    expect(calls).toEqual([
      { file: "docker", args: ["exec", "-i", "lab-control-plane", "curl", "x"], input: "in" },
    ]);
  });

  it("says what is missing", async () => {
    const { nodeContainer, ...withoutNode } = labOutputs();
    expect(nodeContainer).toBe("lab-control-plane");
    const { lab } = fakeLab(withoutNode, () => JSON.stringify({ items: [] }));
    await expect(runAs(lab, { from: "kind-network" }, ["curl"])).rejects.toThrow(
      "there is no kind node to call from: the cluster is an existing one",
    );
    await expect(runAs(lab, { from: "pod", app: "sleep" }, ["curl"])).rejects.toThrow(
      "no Ready pod labelled app=sleep in default",
    );
  });

  it("does not take a call that was not made for one that was refused", async () => {
    const { lab } = fakeLab(labOutputs(), ({ args }) =>
      args.includes("pods") ? pods : { exitCode: 1, stderr: "container not found" },
    );
    const call: HttpCheck = {
      kind: "http",
      caller: { from: "pod", app: "sleep" },
      url: "http://a",
      expect: { exit: [1, 6] },
    };
    await expect(lookAtHttp(lab, call)).rejects.toThrow(
      "no call was made (exit 1): container not found",
    );
  });
});
