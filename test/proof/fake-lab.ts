import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import type { LiveLab } from "../../hack/proof/callers.ts";
import { clusterApi } from "../../hack/proof/cluster-api.ts";
import { opensslCommand } from "../../hack/proof/openssl.ts";
import { runProcess } from "../../hack/proof/run-process.ts";
import type { Ran } from "../../hack/proof/run-process.ts";

/** Outputs of a lab that is not there. */
export function labOutputs(more: Partial<LabOutputs> = {}): LabOutputs {
  return {
    scenario: "statefulset-ingress",
    step: "ingress",
    steps: ["app", "ingress"],
    kubeconfigPath: "/lab/kubeconfig",
    kubeContext: "kind-lab",
    nodeContainer: "lab-control-plane",
    objects: ["Service default/httpbin"],
    gatewayUrls: [],
    gatewayAddress: "127.0.0.1",
    httpPort: 80,
    httpsPort: 443,
    statusPort: 15021,
    hosts: ["httpbin-0.example.com"],
    replicas: 1,
    addons: [],
    domain: "example.com",
    weightV2: 20,
    certificateDays: 365,
    keyAlgorithm: "RSA-2048",
    precedenceLevel: "port",
    caCertPath: "/lab/ca.pem",
    supply: {
      kind: "official",
      limits: {},
      parts: { kind: "0.33.0, downloaded" },
    },
    ...more,
  };
}

/** One run of a program. */
export interface Call {
  readonly file: string;
  readonly args: readonly string[];
  readonly input: string | undefined;
}

/** A lab whose programs are answered by `answer`; what it leaves to itself (undefined) runs for real. */
export function fakeLab(
  outputs: LabOutputs,
  answer: (call: Call) => string | Partial<Ran> | undefined,
): { readonly lab: LiveLab; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const run: typeof runProcess = async (file, args, options) => {
    const call = { file, args, input: options?.input };
    calls.push(call);
    const given = answer(call);
    if (given === undefined) return runProcess(file, args, options);
    const ran = typeof given === "string" ? { stdout: given } : given;
    return { exitCode: 0, stdout: "", stderr: "", ...ran };
  };
  const lab = { outputs, cluster: clusterApi(outputs, run), openssl: opensslCommand(run), run };
  return { lab, calls };
}

/** kubectl's JSON for a pod. */
export function pod(
  name: string,
  { ready = true, ip = "10.0.0.1", uid = name, leaving = false } = {},
): Readonly<Record<string, unknown>> {
  return {
    metadata: { name, uid, ...(leaving ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}) },
    status: { podIP: ip, conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
  };
}
