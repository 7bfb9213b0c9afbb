import { httpCall, httpsCall } from "./calls.ts";
import type { Expectation } from "./expectation.ts";
import { app, applyManifests, host } from "./helloworld/manifests.ts";
import { certificatesProof, clientsAuthority } from "./helloworld/certificates-proof.ts";
import { greeting, httpGreets, httpsGreets, noClient, readyPod } from "./helloworld/rows.ts";
import { createAuthority, createClientPair, createFireflyclass } from "./helloworld/tls.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

/** TLS at the gateway with an authority of one's own, up to certificates for clients. */
export const helloworldTls: Scenario = {
  id: "helloworld-tls",
  images: ["hello1"],
  title: "TLS at the gateway, one-sided and mutual",
  about:
    "An authority of one's own signs the gateway's certificate; then plain HTTP is sent to HTTPS, and clients must show a certificate too.",
  steps: [
    {
      id: "tls",
      about: "an authority, a certificate for all hosts of a domain, a Gateway on port 443",
      sidecars: false,
    },
    {
      id: "tls-redirect",
      about: "port 80 sends everybody to HTTPS",
      sidecars: false,
    },
    {
      id: "mutual",
      about: "the gateway takes only clients with a certificate of the same authority",
      sidecars: false,
    },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

/** Each step adds to the one before it. */
const gateways: Readonly<Record<string, readonly string[]>> = {
  tls: ["gateway", "gateway-tls"],
  "tls-redirect": ["gateway-redirect", "gateway-tls"],
  mutual: ["gateway-redirect", "gateway-mutual"],
};

function build(lab: Lab, step: string): ScenarioOutputs {
  const mutual = step === "mutual";
  const { authority, credential } = createFireflyclass(lab, mutual);
  applyManifests(lab, [...app, "route-both-gateways"]);
  applyManifests(lab, gateways[step] ?? [], [credential]);
  if (mutual) {
    createClientPair(lab, "client", authority);
    createClientPair(
      lab,
      "foreign-client",
      createAuthority(lab, "fireflyclass-foreign-ca", "elsewhere.example"),
    );
  }
  return { hosts: [host], caCertPem: authority.certPem };
}

function proof(lab: LabOutputs, step: string): readonly Expectation[] {
  const always = [...certificatesProof(lab), readyPod("helloworld", "1/1"), noClient];
  switch (step) {
    case "tls":
      return [...always, ...httpsProof(lab), httpGreets(lab)];
    case "tls-redirect":
      return [...always, ...httpsProof(lab), redirected(lab)];
    default:
      return [...always, clientsAuthority(lab), redirected(lab), ...mutualProof(lab)];
  }
}

function httpsProof(lab: LabOutputs): Expectation[] {
  return [
    httpsGreets(lab),
    {
      name: `https://${host} is refused by a client that does not know the authority`,
      expected: "exit 60: unknown CA",
      negative: true,
      check: httpsCall(lab, host, "/", { trust: "system", expect: { exit: [60] } }),
    },
  ];
}

function redirected(lab: LabOutputs): Expectation {
  return {
    name: `http://${host} is sent to HTTPS`,
    expected: `301, location https://${host}/`,
    check: httpCall(lab, host, "/", {
      method: "HEAD",
      // As on port 80: a port in the name would be in the location too.
      headers: { host },
      expect: { status: [301], headers: { location: { contains: [`https://${host}/`] } } },
    }),
  };
}

function mutualProof(lab: LabOutputs): Expectation[] {
  const refused = { exit: [35, 56] };
  return [
    {
      name: `https://${host} greets a client with a certificate of the authority`,
      expected: "200, Hello, world!",
      check: httpsCall(lab, host, "/", {
        clientCertificate: "default/client",
        expect: greeting,
      }),
    },
    {
      name: `https://${host} refuses a client without a certificate`,
      expected: "exit 56 or 35: certificate required",
      negative: true,
      check: httpsCall(lab, host, "/", { expect: refused }),
    },
    {
      name: `https://${host} refuses a client with a certificate of another authority`,
      expected: "exit 56 or 35: unknown CA",
      negative: true,
      check: httpsCall(lab, host, "/", {
        clientCertificate: "default/foreign-client",
        expect: refused,
      }),
    },
    {
      name: "the client's certificate is for clients only",
      expected: "CN student.fireflyclass.com, client authentication",
      check: {
        kind: "certificate",
        source: { secret: "client" },
        expect: {
          isCa: false,
          dnsNames: [],
          extendedKeyUsages: ["TLS Web Client Authentication"],
          verifiedBy: lab.caCertPem ?? "no CA",
        },
      },
    },
  ];
}

function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const { caCertPath, gatewayAddress, httpPort, httpsPort } = lab;
  const http = `curl -i --resolve ${host}:${httpPort}:${gatewayAddress} http://${host}:${httpPort}/`;
  const resolve = `--resolve ${host}:${httpsPort}:${gatewayAddress}`;
  const https = `curl -i --cacert ${caCertPath} ${resolve} https://${host}:${httpsPort}/`;
  if (step === "tls") {
    return [`openssl x509 -in ${caCertPath} -noout -text`, https, http];
  }
  if (step === "tls-redirect") return [http, https];
  const secret = (key: string): string =>
    `<(kubectl get secret client -o jsonpath='{.data.tls\\.${key}}' | base64 -d)`;
  return [https, `${https} --cert ${secret("crt")} --key ${secret("key")}`];
}

function lookFor(step: string): readonly string[] {
  if (step === "tls") {
    return [
      "the authority can sign certificates and lists of revoked ones, nothing else",
      "curl verifies the gateway's certificate with it; plain HTTP works as before",
    ];
  }
  if (step === "tls-redirect") return ["301 with a location that begins with https"];
  return [
    "without a certificate of its own curl ends with 56: the gateway broke the handshake off",
    "with one it is greeted",
  ];
}
