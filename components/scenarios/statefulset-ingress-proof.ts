import type { Expectation } from "./expectation.ts";
import type { LabOutputs } from "./scenario.ts";
import { appProof } from "./statefulset-ingress/app-proof.ts";
import { certificatesProof } from "./statefulset-ingress/certificates-proof.ts";
import { noAddOns, noIngress, noWorkloads } from "./statefulset-ingress/gone-proof.ts";
import { ingressProof } from "./statefulset-ingress/ingress-proof.ts";
import { observeProof } from "./statefulset-ingress/observe-proof.ts";

/** What the network must do at each step: its own effect, and no trace of a later one. */
export function proof(lab: LabOutputs, step: string): readonly Expectation[] {
  switch (step) {
    case "tls-assets":
      return [...certificatesProof(lab), noWorkloads, ...noIngress(lab), ...noAddOns(lab)];
    case "app":
      return [...certificatesProof(lab), ...appProof(lab), ...noIngress(lab), ...noAddOns(lab)];
    case "ingress":
      return [...certificatesProof(lab), ...appProof(lab), ...ingressProof(lab), ...noAddOns(lab)];
    default:
      return [
        ...certificatesProof(lab),
        ...appProof(lab),
        ...ingressProof(lab),
        ...observeProof(lab),
      ];
  }
}

/** Commands to paste at each step; every one works as it stands in a shell of the lab. */
export function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const [first = ""] = lab.hosts;
  const curl = `curl --cacert ${lab.caCertPath} --resolve ${first}:${lab.httpsPort}:${lab.gatewayAddress}`;
  const inMesh = "kubectl exec deploy/sleep -c sleep -- curl -sS";
  const secret =
    "kubectl -n istio-system get secret httpbin-0-credential -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -subject -issuer -dates";
  if (step === "tls-assets") return [secret];
  const service = `${inMesh} http://httpbin-0.httpbin.default.svc.cluster.local/hostname`;
  if (step === "app") return [service];
  const [url = ""] = lab.gatewayUrls;
  const calls = [`${curl} ${url}/hostname`, `${curl} -I ${url}/status/200`, service];
  if (step === "ingress") return calls;
  const query =
    "/api/v1/namespaces/istio-system/services/prometheus:9090/proxy/api/v1/query?query=istio_requests_total";
  return [...calls, `kubectl get --raw '${query}'`];
}

/** What to look for in what those commands print. */
export function lookFor(step: string): readonly string[] {
  const certificate = "the issuer is the lab's root, the subject names one host";
  const hostname = "the body names the pod that was asked for, and no other";
  if (step === "tls-assets") return [certificate];
  if (step === "app") return [hostname];
  const status = "curl verifies the certificate against the lab's CA and prints 200";
  if (step === "ingress") return [hostname, status];
  return [hostname, status, "istio_requests_total counts what you just sent, by source workload"];
}
