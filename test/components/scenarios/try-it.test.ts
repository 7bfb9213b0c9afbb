import { describe, expect, it } from "vitest";
import { tryIt } from "../../../components/scenarios/statefulset-ingress-proof.ts";
import { labOutputs } from "../../support/lab.ts";

const secret =
  "kubectl -n istio-system get secret httpbin-0-credential -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -subject -issuer -dates";
const inMesh =
  "kubectl exec deploy/sleep -c sleep -- curl -sS http://httpbin-0.httpbin.default.svc.cluster.local/hostname";
const curl = "curl --cacert /lab/.lab/dev/ca.crt --resolve httpbin-0.example.com:8443:127.0.0.1";
const metrics =
  "kubectl get --raw '/api/v1/namespaces/istio-system/services/prometheus:9090/proxy/api/v1/query?query=istio_requests_total'";
const calls = [
  `${curl} https://httpbin-0.example.com:8443/hostname`,
  `${curl} -I https://httpbin-0.example.com:8443/status/200`,
  inMesh,
];

describe("tryIt of statefulset-ingress", () => {
  it.each([
    ["tls-assets", [secret]],
    ["app", [inMesh]],
    ["ingress", calls],
    ["observe", [...calls, metrics]],
  ])("%s", (step, commands) => {
    expect(tryIt(labOutputs(step), step)).toEqual(commands);
  });
});
