import type { AddOn } from "../config.ts";
import { applyManifests, host } from "./helloworld/manifests.ts";
import { meshProof } from "./helloworld/mesh-proof.ts";
import { createFireflyclass } from "./helloworld/tls.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

/** Kept over three steps, so that a move between them does not wait for it. */
const counted = { addOns: ["prometheus"] as readonly AddOn[], waitSeconds: 10 };

/** One workload after another comes into the mesh, and the mesh closes to plain text. */
export const helloworldMesh: Scenario = {
  id: "helloworld-mesh",
  images: ["hello1", "client"],
  title: "Into the mesh, one workload at a time",
  about:
    "A server gets a sidecar before its client does; then mutual TLS is demanded, and four levels of policy compete.",
  steps: [
    {
      id: "no-sidecar",
      about: "a client and the application, both without sidecars: plain text between them",
      sidecars: false,
    },
    {
      id: "sidecar-permissive",
      about: "the application alone gets a sidecar, which takes plain text still",
      sidecars: false,
      ...counted,
    },
    {
      id: "strict",
      about: "mutual TLS is demanded: the client is shut out, gateway and kubelet are not",
      sidecars: false,
      ...counted,
    },
    {
      id: "auto-inject",
      about: "the namespace injects: the client gets a sidecar, and with it mutual TLS",
      ...counted,
    },
    {
      id: "policy-precedence",
      about: "mesh, namespace, workload and port disagree: the nearest one wins (precedenceLevel)",
      sidecars: false,
    },
  ],
  build,
  proof: meshProof,
  tryIt,
  lookFor,
};

/** What `manifests/helloworld` gives to each step, besides application, route and gateways. */
const manifests: Readonly<Record<string, readonly string[]>> = {
  "no-sidecar": ["deployment", "curltest"],
  "sidecar-permissive": ["deployment-injected", "curltest"],
  strict: ["deployment-injected", "curltest", "strict-namespace"],
  "auto-inject": ["deployment-injected", "curltest", "strict-namespace"],
  "policy-precedence": ["deployment-injected"],
};

/** The policies that are there when `precedenceLevel` is the one that decides: it, and all weaker ones. */
const policies: Readonly<Record<Lab["config"]["precedenceLevel"], readonly string[]>> = {
  port: ["precedence/mesh", "precedence/namespace", "precedence/port"],
  workload: ["precedence/mesh", "precedence/namespace", "precedence/workload"],
  namespace: ["precedence/mesh", "precedence/namespace"],
  mesh: ["precedence/mesh"],
};

function build(lab: Lab, step: string): ScenarioOutputs {
  const { authority, credential } = createFireflyclass(lab, false);
  applyManifests(lab, ["service", "route-both-gateways", ...(manifests[step] ?? [])]);
  applyManifests(lab, ["gateway", "gateway-tls"], [credential]);
  if (step === "policy-precedence") {
    applyManifests(lab, policies[lab.config.precedenceLevel]);
    applyManifests(lab, ["plain-client"], applyManifests(lab, ["plain-namespace"]));
  }
  return { hosts: [host], caCertPem: authority.certPem };
}

function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const url = "http://helloworld.default.svc.cluster.local";
  const pods = "kubectl get pods -l 'app in (helloworld,curltest)'";
  const call = `kubectl exec deploy/curltest -c curltest -- curl -sS -i ${url}`;
  const { caCertPath, gatewayAddress, httpsPort } = lab;
  const outside = `curl -i --cacert ${caCertPath} --resolve ${host}:${httpsPort}:${gatewayAddress} https://${host}:${httpsPort}/`;
  switch (step) {
    case "no-sidecar":
    case "sidecar-permissive":
      return [pods, call, outside];
    case "strict":
      return [pods, "kubectl get peerauthentications", call, outside];
    case "auto-inject":
      return [pods, call, "istioctl proxy-status"];
    default:
      return [
        "kubectl get peerauthentications -A",
        `kubectl -n plain exec deploy/curltest -- curl -sS -i ${url}`,
        ...["workload", "namespace", "mesh"].map(
          (level) => `pulumi config set precedenceLevel ${level} && pulumi up --yes`,
        ),
      ];
  }
}

function lookFor(step: string): readonly string[] {
  switch (step) {
    case "no-sidecar":
      return ["both pods are READY 1/1, and the client is greeted"];
    case "sidecar-permissive":
      return [
        "helloworld is READY 2/2, curltest 1/1: a sidecar takes plain text unless told not to",
      ];
    case "strict":
      return [
        "curl in the client ends with 56: the sidecar closes what is not mutual TLS",
        "from outside it is greeted: the gateway speaks mutual TLS to the sidecar",
        "helloworld stays READY: the kubelet's probe goes by way of the sidecar's agent",
      ];
    case "auto-inject":
      return ["curltest is READY 2/2, and the same plain call is greeted again"];
    default:
      return [
        "port: greeted; workload: curl ends with 56; namespace: greeted; mesh: 56",
        "each level that is taken away leaves the decision to the next weaker one",
      ];
  }
}
