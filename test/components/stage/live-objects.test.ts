import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { kinds } from "../../../components/stage/kinds.ts";
import { liveObjects } from "../../../components/stage/live-objects.ts";
import { machineOnPath } from "../../support/machine-on-path.ts";

const machine = machineOnPath();

/** Has kubectl note its arguments and print these lines. */
function answer(lines: readonly string[], exitCode = 0): void {
  const print = lines.map((line) => `echo "${line}"`).join("\n");
  machine.command(
    "kubectl",
    `printf '%s\\n' "$@" > "${machine.folder}/asked"\n${print}\nexit ${exitCode}`,
  );
}

describe("liveObjects", () => {
  it("writes each object as `objectKey` does", async () => {
    answer([
      "v1 Namespace external",
      "v1 Service default/httpbin",
      "apps/v1 Deployment default/sleep",
      "networking.istio.io/v1 Gateway default/httpbin",
      "rbac.authorization.k8s.io/v1 ClusterRole istio-lab-kiali",
    ]);
    expect(await liveObjects({ kubeconfigPath: "/lab/kubeconfig" })).toEqual(
      new Set([
        "Namespace external",
        "Service default/httpbin",
        "Deployment.apps default/sleep",
        "Gateway.networking.istio.io default/httpbin",
        "ClusterRole.rbac.authorization.k8s.io istio-lab-kiali",
      ]),
    );
  });

  it("is empty where the cluster has none", async () => {
    answer([]);
    expect(await liveObjects({ kubeconfigPath: "/lab/kubeconfig" })).toEqual(new Set());
  });

  it.each([
    ["the kubeconfig's own context", undefined, []],
    ["the context given", "prod", ["--context", "prod"]],
  ])(
    "asks once for all kinds, in every namespace, by the stage's label: %s",
    async (_, kubeContext, context) => {
      answer([]);
      await liveObjects({
        kubeconfigPath: "/lab/kubeconfig",
        ...(kubeContext ? { kubeContext } : {}),
      });
      const asked = readFileSync(join(machine.folder, "asked"), "utf8").split("\n");
      expect(asked.slice(0, -2)).toEqual([
        ...["--kubeconfig", "/lab/kubeconfig"],
        ...context,
        ...["--request-timeout", "15s", "get", kinds.join(","), "--all-namespaces"],
        ...["--selector", "istio-lab/stage", "--output"],
      ]);
    },
  );

  it("does not know where the cluster does not answer, whatever was printed before", async () => {
    answer(["v1 Service default/httpbin"], 1);
    expect(await liveObjects({ kubeconfigPath: "/lab/kubeconfig" })).toBeUndefined();
  });

  it("does not know where there is no kubectl", async () => {
    vi.stubEnv("PATH", "/nonexistent");
    expect(await liveObjects({ kubeconfigPath: "/lab/kubeconfig" })).toBeUndefined();
  });
});

describe("kinds", () => {
  it("are resources as kubectl takes them, each once", () => {
    expect([...new Set(kinds)]).toEqual(kinds);
    for (const kind of kinds) expect(kind).toMatch(/^[a-z]+s(\.[a-z0-9.]+)?$/);
  });
});
