import { expect, it } from "vitest";
import { pullFault } from "../../hack/images/pull-fault.ts";

const hub = "docker.io/istio/pilot:1.31.1";

// As Docker 20.10 to 29 print them.
it.each([
  [
    hub,
    "toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
    /^docker\.io\/istio\/pilot:1\.31\.1: docker\.io answers 429: .*docker login\), .*imageRegistry HOST\), or wait/,
  ],
  [
    hub,
    "Error response from daemon: error from registry: You have reached your pull rate limit",
    /429/,
  ],
  [
    "quay.io/kiali/kiali:v2.27.0",
    "received unexpected HTTP status: 429 Too Many Requests",
    /quay\.io answers 429.*docker login quay\.io/,
  ],
  [
    "mirror.example.org:5000/istio/pilot:1.31.1",
    'Error response from daemon: Head "https://mirror.example.org:5000/v2/": no basic auth credentials',
    /mirror\.example\.org:5000 refuses it without a login.*docker login mirror\.example\.org:5000/,
  ],
  [
    hub,
    "pull access denied for istio/pilot, repository does not exist or may require 'docker login': denied",
    /refuses it without a login, or has no such image/,
  ],
  [hub, "manifest for istio/pilot:1.31.1 not found: manifest unknown", /has no such image/],
  [
    hub,
    "no matching manifest for linux/arm64/v8 in the manifest list entries",
    /none for this machine's processor/,
  ],
  [hub, "failed to register layer: write /x: no space left on device", /disk is full/],
  [
    hub,
    'Get "https://registry-1.docker.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    /does not trust docker\.io's certificate/,
  ],
])("%s: %s", (image, said, told) => {
  expect(pullFault(image, said)).toMatch(told);
  expect(pullFault(image, said)).not.toContain("\n");
});

it.each([
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: i/o timeout',
  "received unexpected HTTP status: 503 Service Unavailable",
  "unexpected EOF",
  "net/http: TLS handshake timeout",
])("asks again after: %s", (said) => {
  expect(pullFault("docker.io/denied/404:429", said)).toBeUndefined();
});
