import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { askCluster, readRefusal } from "../../../components/cluster/ask-cluster.ts";
import { machineOnPath } from "../../support/machine-on-path.ts";

const access = { kubeconfigPath: "/lab/kubeconfig" };

describe("askCluster", () => {
  const machine = machineOnPath();

  it("asks the API server whether it is ready", async () => {
    machine.command(
      "kubectl",
      '[ "$*" = "--kubeconfig /lab/kubeconfig --request-timeout 5s get --raw /readyz" ] || exit 3; echo ok',
    );
    expect(await askCluster(access, AbortSignal.timeout(5000))).toEqual({ status: "ready" });
  });

  it.each([
    ["is busy", "The connection to the server 127.0.0.1:1 was refused"],
    [
      "comes up",
      'Error from server (Forbidden): forbidden: User "kubernetes-admin" cannot get path "/readyz"',
    ],
  ])("asks a cluster that %s again", async (_, busy) => {
    const once = join(machine.folder, "once");
    machine.command("kubectl", `[ -e "${once}" ] || { : >"${once}"; echo '${busy}' >&2; exit 1; }`);
    expect(await askCluster(access, AbortSignal.timeout(10_000))).toEqual({ status: "ready" });
    expect(existsSync(once)).toBe(true);
  });

  it("gives up in the middle of a question when there is no more patience", async () => {
    machine.command("kubectl", "exec sleep 60");
    const asked = performance.now();
    expect(await askCluster(access, AbortSignal.timeout(300))).toEqual({
      status: "silent",
      detail: "no answer in time",
    });
    expect(performance.now() - asked).toBeLessThan(3000);
  });

  it("ends with what was said last", async () => {
    machine.command("kubectl", 'echo "Error from server (InternalError): etcd failed" >&2; exit 1');
    expect(await askCluster(access, AbortSignal.timeout(600))).toEqual({
      status: "silent",
      detail: "Error from server (InternalError): etcd failed",
    });
  });
});

describe("readRefusal", () => {
  it.each([
    ["no-kubectl", { code: "ENOENT" }],
    ["silent", { killed: true }],
    ["silent", { stderr: "Unable to connect to the server: net/http: TLS handshake timeout\n" }],
    ["silent", { stderr: "The connection to the server 127.0.0.1:1 was refused - did you ..." }],
    ["silent", { stderr: "" }],
    [
      "refused",
      { stderr: "E1129 x.go\nerror: You must be logged in to the server (Unauthorized)" },
    ],
    [
      "refused",
      {
        stderr:
          "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority",
      },
    ],
    [
      "refused",
      {
        stderr:
          "Unable to connect to the server: getting credentials: exec: executable aws not found",
      },
    ],
    ["no-kubeconfig", { stderr: 'error: context "kind-istio" does not exist' }],
    ["no-kubeconfig", { stderr: 'error: error loading config file "/k": yaml: line 1' }],
    ["no-kubeconfig", { stderr: "error: stat /k: no such file or directory" }],
  ])("%s: %j", (status, failure) => {
    expect(readRefusal(failure).status).toBe(status);
  });
});
