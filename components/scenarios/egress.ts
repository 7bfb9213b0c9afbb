import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import { createExternalBackend } from "../workloads/external-backend.ts";
import { MeshClient } from "../workloads/mesh-client.ts";
import { proof } from "./egress/proof.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

/** What leaves the mesh, and to where. */
export const egress: Scenario = {
  id: "egress",
  images: ["client", "httpbin"],
  needs: ["external-hosts"],
  title: "Egress: which outside hosts a pod may call",
  about:
    "A Sidecar object shuts the way out of the mesh; each ServiceEntry opens it again for one host, port and protocol.",
  steps: [
    { id: "blocked", about: "REGISTRY_ONLY: a host that the mesh does not know can't be called" },
    { id: "allow-http", about: "a ServiceEntry lets httpbin.org be called over HTTP" },
    {
      id: "allow-https",
      about:
        "another one lets www.google.com be called over TLS, routed by the name in its greeting",
    },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

function build(lab: Lab, step: string): ScenarioOutputs {
  const { caCertPem, named } = createExternalBackend(lab, ["httpbin.org", "www.google.com"]);
  const trust = caCertPem ? { trustedCaPem: caCertPem } : {};
  new MeshClient("sleep", { supply: lab.supply, ...trust }, lab.meshOpts);

  // A proxy that asks for a host's address before it has one asks again after a minute.
  const { dependsOn, ...place } = lab.meshOpts;
  const opts = { ...place, dependsOn: dependsOn.concat(named) };
  const apply = (file: string): void => {
    applyObjects(readManifest(`egress/${file}`, lab.supply), opts);
  };
  apply("sidecar.yaml");
  if (step !== "blocked") apply("httpbin-ext.yaml");
  if (step === "allow-https") apply("google.yaml");
  return { hosts: [], ...(caCertPem ? { caCertPem } : {}) };
}

function tryIt(_lab: LabOutputs, step: string): readonly string[] {
  const curl = "kubectl exec deploy/sleep -c sleep -- curl -sS -o /dev/null -w '%{http_code}\\n'";
  const log = "kubectl logs deploy/sleep -c istio-proxy --tail 5";
  const past = "kubectl exec deploy/sleep -c istio-proxy -- curl -sS http://httpbin.org/headers";
  const calls = [`${curl} http://httpbin.org/headers`, `${curl} https://www.google.com`, log];
  return step === "blocked" ? [...calls, past] : calls;
}

function lookFor(step: string): readonly string[] {
  const refused = "a TLS call that is blocked ends with curl's exit code 35: the proxy hangs up";
  switch (step) {
    case "blocked":
      return [
        "the proxy itself answers 502 to plain HTTP; its log names the route block_all",
        `${refused}; its log names BlackHoleCluster`,
        "the proxy's own container is not captured: from there the same host answers",
      ];
    case "allow-http":
      return ["httpbin.org answers 200", `${refused}, for www.google.com is still unknown`];
    default:
      return [
        "both hosts answer 200",
        "the proxy's log names outbound|443||www.google.com for a call it can't read",
      ];
  }
}
