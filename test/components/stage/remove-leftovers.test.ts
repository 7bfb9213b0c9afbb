import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeMachine, type Ended, type FakeMachine } from "../../support/fake-machine.ts";

const script = "components/stage/remove-leftovers.sh";
const kubectl = "--kubeconfig /lab/kubeconfig --context kind-lab";
let machine: FakeMachine;

beforeEach(() => {
  machine = fakeMachine();
});
afterEach(() => {
  machine.remove();
});

/** Runs the script in a cluster that has these objects of the stage, `apiVersion kind namespace/name` each. */
function remove(
  live: readonly string[],
  keep: readonly string[],
  fault: { readonly get?: number; readonly delete?: number } = {},
): Promise<Ended> {
  machine.command(
    "kubectl",
    `printf '%s\\n' "$*" >> "${machine.folder}/calls"
case " $* " in
  *" get "*) printf '%s\\n' ${live.map((line) => `"${line}"`).join(" ")}; exit ${fault.get ?? 0} ;;
  *) cat >/dev/null; exit ${fault.delete ?? 0} ;;
esac`,
  );
  return machine.run(script, {
    KUBECONFIG_FILE: "/lab/kubeconfig",
    CONTEXT: "kind-lab",
    KINDS: "services,deployments.apps",
    KEEP: keep.join("\n"),
  });
}

/** What kubectl was called with, without where it calls. */
function calls(): string[] {
  const file = join(machine.folder, "calls");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      expect(line.startsWith(`${kubectl} `)).toBe(true);
      return line.slice(kubectl.length + 1);
    });
}

const deletes = (): string[] => calls().slice(1).sort();

const service = "v1 Service default/httpbin";
const deployment = "apps/v1 Deployment default/sleep";
const secret = "v1 Secret istio-system/httpbin";

describe("remove-leftovers.sh", () => {
  it("asks for every kind in every namespace, by the stage's label", async () => {
    expect(await remove([], [])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(calls()).toEqual([
      expect.stringMatching(
        /^get services,deployments\.apps --all-namespaces --selector istio-lab\/stage --output go-template=/,
      ),
    ]);
  });

  it("leaves what the step has", async () => {
    const keep = ["Service default/httpbin", "Deployment.apps default/sleep", "Secret mesh/none"];
    expect((await remove([service, deployment], keep)).code).toBe(0);
    expect(deletes()).toEqual([]);
  });

  it("deletes the rest, one call a namespace, and does not wait for it", async () => {
    const live = [service, deployment, secret, "networking.istio.io/v1 Gateway default/httpbin"];
    expect((await remove(live, ["Deployment.apps default/sleep"])).code).toBe(0);
    expect(deletes()).toEqual([
      "--namespace default delete --ignore-not-found --wait=false Service/httpbin Gateway.networking.istio.io/httpbin",
      "--namespace istio-system delete --ignore-not-found --wait=false Secret/httpbin",
    ]);
  });

  it("waits for what has no namespace: a namespace that is still going can't be made again", async () => {
    const live = ["v1 Namespace external", "rbac.authorization.k8s.io/v1 ClusterRole lab", service];
    expect((await remove(live, [])).code).toBe(0);
    expect(deletes()).toEqual([
      "--namespace default delete --ignore-not-found --wait=false Service/httpbin",
      "delete --ignore-not-found --timeout=60s Namespace/external ClusterRole.rbac.authorization.k8s.io/lab",
    ]);
  });

  it.each([
    ["kind", "Secret default/httpbin"],
    ["group", "Service.apps default/httpbin"],
    ["namespace", "Service istio-system/httpbin"],
    ["name", "Service default/httpbin-2"],
    ["name, a pattern", "Service default/http..."],
  ])("keeps nothing of another %s", async (_, keep) => {
    await remove([service], [keep]);
    expect(deletes()).toEqual([
      "--namespace default delete --ignore-not-found --wait=false Service/httpbin",
    ]);
  });

  it("deletes nothing where the cluster does not answer, and fails", async () => {
    expect((await remove([service], [], { get: 1 })).code).toBe(1);
    expect(deletes()).toEqual([]);
  });

  it("fails where an object can't be deleted: the proof would see it", async () => {
    expect((await remove([service], [], { delete: 1 })).code).toBe(1);
  });
});
