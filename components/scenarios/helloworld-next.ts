import * as kubernetes from "@pulumi/kubernetes";
import { TokenIssuer } from "../../certs/token-issuer.ts";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import { grafanaProof } from "./helloworld-next/grafana-proof.ts";
import { OauthProxy } from "../addons/oauth-proxy.ts";
import { jwtProof } from "./helloworld-next/jwt-proof.ts";
import { oauthProof } from "./helloworld-next/oauth-proof.ts";
import { rolloutProof } from "./helloworld-next/rollout-proof.ts";
import { rolloutRoute } from "./helloworld-next/rollout-route.ts";
import { foreignIssuer, issuer, requestAuthentication, tokens } from "./helloworld-next/tokens.ts";
import type { Expectation } from "./expectation.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

const host = "helloworld.fireflyclass.com";

/** What comes after the first route: looking at it, replacing its service piece by piece, asking who is there. */
export const helloworldNext: Scenario = {
  id: "helloworld-next",
  title: "Next steps: dashboards, a rollout, tokens",
  about:
    "The same greeting, seen in Grafana, moved to its second version by weight, and given to those with a token only.",
  images: ["hello1", "hello2"],
  steps: [
    {
      id: "grafana",
      about: "Grafana with Istio's dashboards and one of our own, fed by the gateway's requests",
      sidecars: false,
      addOns: ["prometheus", "grafana"],
      waitSeconds: 10,
    },
    {
      id: "rollout",
      about: "two versions; the route's weight (weightV2) decides who gets the second one",
      sidecars: false,
    },
    {
      id: "jwt",
      about: "the gateway asks for a signed token: none is 403, a bad one 401",
      sidecars: false,
    },
    {
      id: "oauth-proxy",
      about: "the gateway asks oauth2-proxy, which sends who has no session to dex",
      sidecars: false,
    },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

function build(lab: Lab, step: string): ScenarioOutputs {
  const apply = (file: string): void => {
    applyObjects(readManifest(file, lab.supply), lab.meshOpts);
  };
  apply("helloworld/service.yaml");
  apply("helloworld/gateway.yaml");
  if (step === "rollout") {
    apply("helloworld-next/versions.yaml");
    applyObjects([rolloutRoute(host, lab.config.weightV2)], lab.meshOpts);
  } else {
    apply("helloworld/deployment.yaml");
    apply("helloworld/route-qualified.yaml");
  }
  if (step === "jwt") requireToken(lab, apply);
  if (step === "oauth-proxy") askOauthProxy(lab, apply);
  return { hosts: [host], scheme: "http" };
}

function requireToken(lab: Lab, apply: (file: string) => void): void {
  const known = new TokenIssuer("helloworld-next-issuer", issuer, lab.stageOpts);
  const foreign = new TokenIssuer("helloworld-next-foreign-issuer", foreignIssuer, lab.stageOpts);
  applyObjects([requestAuthentication(known.keySet)], lab.meshOpts);
  apply("helloworld-next/require-token.yaml");
  const [namespace = "", name = ""] = tokens.secret.split("/");
  new kubernetes.core.v1.Secret(
    tokens.secret,
    { metadata: { name, namespace }, stringData: tokens.made(known, foreign) },
    lab.clusterOpts,
  );
}

/** Where the supply has no oauth2-proxy the policy is there, and lets nobody in. */
function askOauthProxy(lab: Lab, apply: (file: string) => void): void {
  apply("helloworld-next/ask-oauth-proxy.yaml");
  if (lab.supply.limits["oauth2-proxy"] !== undefined) return;
  new OauthProxy("oauth-proxy", { supply: lab.supply, keyOpts: lab.stageOpts }, lab.meshOpts);
}

function proof(lab: LabOutputs, step: string): readonly Expectation[] {
  if (step === "grafana") return grafanaProof(lab, host);
  if (step === "rollout") return rolloutProof(lab, host);
  return step === "jwt" ? jwtProof(lab, host) : oauthProof(lab, host);
}

function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const resolve = `--resolve ${host}:${lab.httpPort}:${lab.gatewayAddress}`;
  const url = `http://${host}:${lab.httpPort}/`;
  const call = `curl -sS ${resolve} ${url}`;
  const token = (key: string): string => {
    const [namespace = "", name = ""] = tokens.secret.split("/");
    return `$(kubectl -n ${namespace} get secret ${name} -o jsonpath='{.data.${key}}' | base64 -d)`;
  };
  const withToken = (key: string): string =>
    `curl -sS -i ${resolve} -H "Authorization: Bearer ${token(key)}" ${url}`;
  switch (step) {
    case "grafana":
      return [
        `for n in $(seq 20); do ${call}; done`,
        "kubectl -n istio-system get configmap grafana-dashboards -o jsonpath='{.data.istio-lab\\.json}'",
        ...(lab.supply.limits.grafana === undefined
          ? ["kubectl -n istio-system port-forward service/grafana 3000:3000"]
          : []),
      ];
    case "rollout":
      return [`for n in $(seq 50); do ${call} | grep Version; done | sort | uniq -c`];
    case "jwt":
      return [`curl -sS -i ${resolve} ${url}`, withToken("valid"), withToken("expired")];
    default:
      return [`curl -sS -i ${resolve} ${url}`];
  }
}

function lookFor(step: string): readonly string[] {
  switch (step) {
    case "grafana":
      return [
        "at http://localhost:3000/dashboards, while the port is forwarded: Istio's dashboards, and Istio Lab: Requests",
        "its upper panel rises with the calls you send, one line for each service and answer",
      ];
    case "rollout":
      return [
        "how many answers are of Version: 2.0.0: about weightV2 percent",
        "pulumi config set weightV2 100 && pulumi up moves everybody, and changes one object",
      ];
    case "jwt":
      return [
        "no token: 403, RBAC: access denied; it is the policy that refuses",
        "the valid token: 200 and the greeting",
        "the expired token: 401 and the reason; it is the authentication that refuses",
      ];
    default:
      return [
        "302 and a location at dex.fireflyclass.com: oauth2-proxy answered in the gateway's place",
        "403 where oauth2-proxy can't be asked: a policy that has nobody to ask lets nobody in",
      ];
  }
}
