import { beforeEach, describe, expect, it } from "vitest";
import { statefulsetIngress } from "../../../components/scenarios/statefulset-ingress.ts";
import { officialSupply, type Supply } from "../../../components/supply.ts";
import { fakeLab, labConfig } from "../../support/lab.ts";
import { drain, find, listed, record, valueOf, type Registration } from "../../support/mocks.ts";

const steps = statefulsetIngress.steps.map(({ id }) => id);
const ordinals = (replicas: number): number[] => [...Array(replicas).keys()];

beforeEach(async () => {
  await record();
});

/** What a step registers, without the fakes it stands on. */
async function build(
  step: string,
  raw: Record<string, string> = {},
  supply: Supply = officialSupply,
): Promise<Registration[]> {
  const registered = await record();
  statefulsetIngress.build(fakeLab(labConfig(raw), supply), step);
  await drain();
  const fakes = ["scenario", "mesh", "kubernetes", "node"];
  return registered.filter(({ name }) => !fakes.includes(name));
}

// What each step adds to the one before it.
const added: Record<string, (replicas: number) => string[]> = {
  "tls-assets": (replicas) => [
    "istio-lab:certs:CertificateAuthority ca",
    "tls:index/privateKey:PrivateKey ca-key",
    "tls:index/selfSignedCert:SelfSignedCert ca-cert",
    ...ordinals(replicas).flatMap((n) => [
      `istio-lab:certs:LeafCertificate httpbin-${n}`,
      `tls:index/privateKey:PrivateKey httpbin-${n}-key-1`,
      `tls:index/certRequest:CertRequest httpbin-${n}-request-1`,
      `tls:index/locallySignedCert:LocallySignedCert httpbin-${n}-cert-1`,
      `istio-lab:ingress:IngressCredential httpbin-${n}-credential`,
      `kubernetes:core/v1:Secret httpbin-${n}-credential-secret`,
    ]),
  ],
  app: () => [
    "istio-lab:mesh:InjectedNamespace default-injected",
    "kubernetes:core/v1:NamespacePatch default-injected-label",
    "istio-lab:workloads:MeshClient sleep",
    "kubernetes:core/v1:ServiceAccount sleep-serviceaccount-sleep",
    "kubernetes:apps/v1:Deployment sleep-deployment-sleep",
    "istio-lab:workloads:StatefulService httpbin",
    "kubernetes:core/v1:Service httpbin-service",
    "kubernetes:core/v1:ServiceAccount httpbin-identity",
    "kubernetes:apps/v1:StatefulSet httpbin-set",
  ],
  ingress: (replicas) => [
    "istio-lab:ingress:SecureGateway httpbin",
    "kubernetes:networking.istio.io/v1:Gateway httpbin-gateway",
    ...ordinals(replicas).flatMap((n) => [
      `kubernetes:networking.istio.io/v1:ServiceEntry httpbin-host-httpbin-${n}`,
      `istio-lab:ingress:HostRoute httpbin-${n}`,
      `kubernetes:networking.istio.io/v1:VirtualService httpbin-${n}-route`,
    ]),
  ],
  observe: () => [
    "istio-lab:addons:Prometheus prometheus",
    "kubernetes:core/v1:ConfigMap prometheus-config",
    "kubernetes:core/v1:ServiceAccount prometheus-serviceaccount-prometheus",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole prometheus-clusterrole-istio-lab-prometheus",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding prometheus-clusterrolebinding-istio-lab-prometheus",
    "kubernetes:core/v1:Service prometheus-service-prometheus",
    "kubernetes:apps/v1:Deployment prometheus-deployment-prometheus",
    "istio-lab:addons:Kiali kiali",
    "kubernetes:core/v1:ServiceAccount kiali-serviceaccount-kiali",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole kiali-clusterrole-istio-lab-kiali",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding kiali-clusterrolebinding-istio-lab-kiali",
    "kubernetes:core/v1:ConfigMap kiali-configmap-kiali",
    "kubernetes:core/v1:Service kiali-service-kiali",
    "kubernetes:apps/v1:Deployment kiali-deployment-kiali",
  ],
};

const expected = (step: string, replicas: number): string[] =>
  steps
    .slice(0, steps.indexOf(step) + 1)
    .flatMap((id) => added[id]?.(replicas) ?? [])
    .sort();

const cases = steps.flatMap((step) =>
  [1, 2, 3].map((replicas): [string, number] => [step, replicas]),
);

describe("each step", () => {
  it("is one of four, in the order of the lesson", () => {
    expect(steps).toEqual(["tls-assets", "app", "ingress", "observe"]);
  });

  it.each(cases)("%s with %i replica(s) is just its resources", async (step, replicas) => {
    const registered = await build(step, { replicas: String(replicas) });
    expect(listed(registered)).toEqual(expected(step, replicas));
  });

  it.each(cases)(
    "%s with %i replica(s) hands its hosts and its CA back",
    async (step, replicas) => {
      const raw = { replicas: String(replicas), domain: "lab.test" };
      const { hosts, caCertPem } = statefulsetIngress.build(fakeLab(labConfig(raw)), step);
      await drain();
      expect(hosts).toEqual(ordinals(replicas).map((n) => `httpbin-${n}.lab.test`));
      expect(caCertPem && (await valueOf(caCertPem))).toBe("ca-cert.certPem");
    },
  );
});

describe("a move between steps", () => {
  const moves = steps.flatMap((from) => steps.map((to): [string, string] => [from, to]));

  it.each(moves)("%s -> %s keeps every resource that both have as it is", async (from, to) => {
    const before = new Map(keyed(await build(from)));
    const after = keyed(await build(to));
    const shared = after.filter(([key]) => before.has(key));
    expect(shared).toHaveLength(Math.min(before.size, after.length));
    for (const [key, registration] of shared) expect(before.get(key)).toEqual(registration);
  });
});

/** Dependencies may grow with a step: they change nothing in the cluster. */
function keyed(registered: readonly Registration[]): [string, object][] {
  return registered.map(({ waitsFor: _, ...rest }) => [`${rest.type} ${rest.name}`, rest]);
}

describe("scaling", () => {
  it("from 2 to 3 adds one host's resources, and changes the StatefulSet and the Gateway alone", async () => {
    const before = new Map(keyed(await build("ingress", { replicas: "2" })));
    const after = keyed(await build("ingress", { replicas: "3" }));
    expect(
      after
        .map(([key]) => key)
        .filter((key) => !before.has(key))
        .sort(),
    ).toEqual([
      "istio-lab:certs:LeafCertificate httpbin-2",
      "istio-lab:ingress:HostRoute httpbin-2",
      "istio-lab:ingress:IngressCredential httpbin-2-credential",
      "kubernetes:core/v1:Secret httpbin-2-credential-secret",
      "kubernetes:networking.istio.io/v1:ServiceEntry httpbin-host-httpbin-2",
      "kubernetes:networking.istio.io/v1:VirtualService httpbin-2-route",
      "tls:index/certRequest:CertRequest httpbin-2-request-1",
      "tls:index/locallySignedCert:LocallySignedCert httpbin-2-cert-1",
      "tls:index/privateKey:PrivateKey httpbin-2-key-1",
    ]);
    const changed = after.filter(
      ([key, registration]) =>
        before.has(key) && JSON.stringify(before.get(key)) !== JSON.stringify(registration),
    );
    expect(changed.map(([key]) => key).sort()).toEqual([
      "kubernetes:apps/v1:StatefulSet httpbin-set",
      "kubernetes:networking.istio.io/v1:Gateway httpbin-gateway",
    ]);
  });
});

describe("where things go", () => {
  const inCluster = ({ type }: Registration): boolean => type.startsWith("kubernetes:");

  it("puts every Kubernetes object under the lab's own provider, and has it go with the cluster", async () => {
    const objects = (await build("observe")).filter(inCluster);
    expect(objects).toHaveLength(26);
    for (const { name, provider, deletedWith } of objects) {
      expect({ name, provider, deletedWith }).toEqual({
        name,
        provider: "kubernetes",
        deletedWith: "node",
      });
    }
  });

  it("keeps certificates out of the cluster: a new cluster gets the same ones", async () => {
    const tls = (await build("observe")).filter(({ type }) => type.startsWith("tls:"));
    expect(tls).toHaveLength(8);
    for (const { name, provider, deletedWith } of tls) {
      expect({ name, provider, deletedWith }).toEqual({ name, provider: "", deletedWith: "" });
    }
  });

  it("puts every component on the stage, and every other resource into a component", async () => {
    for (const { type, name, parent } of await build("observe")) {
      if (type.startsWith("istio-lab:")) expect([name, parent]).toEqual([name, "scenario"]);
      else expect([name, parent]).not.toEqual([name, expect.stringMatching(/^(scenario)?$/)]);
    }
  });

  it("waits for the mesh with all that is injected, routed or scraped, and with nothing else", async () => {
    const waiting = (await build("observe"))
      .filter(({ type }) => type.startsWith("istio-lab:"))
      .map(({ type, waitsFor }): [string, boolean] => [type, waitsFor.includes("mesh")]);
    expect(Object.fromEntries(waiting)).toEqual({
      "istio-lab:certs:CertificateAuthority": false,
      "istio-lab:certs:LeafCertificate": false,
      "istio-lab:ingress:IngressCredential": false,
      "istio-lab:mesh:InjectedNamespace": true,
      "istio-lab:workloads:MeshClient": true,
      "istio-lab:workloads:StatefulService": true,
      "istio-lab:ingress:SecureGateway": true,
      "istio-lab:ingress:HostRoute": true,
      "istio-lab:addons:Prometheus": true,
      "istio-lab:addons:Kiali": true,
    });
  });

  it("starts pods after the namespace has its label: earlier ones would have no sidecar", async () => {
    const registered = await build("app");
    for (const type of ["istio-lab:workloads:MeshClient", "istio-lab:workloads:StatefulService"]) {
      const component = registered.find((one) => one.type === type);
      expect(component?.waitsFor).toContain("default-injected-label");
    }
  });
});

describe("certificates", () => {
  it("come from config: domain, days, key, epoch", async () => {
    const registered = await build("tls-assets", {
      domain: "lab.test",
      certificateDays: "30",
      keyAlgorithm: "ECDSA-P256",
      certificateEpoch: "7",
    });
    expect(find(registered, "ca-cert").inputs).toMatchObject({
      subject: { commonName: "lab.test", organization: "example Inc." },
      validityPeriodHours: 720,
    });
    expect(find(registered, "httpbin-1-key-7").inputs).toEqual({
      algorithm: "ECDSA",
      ecdsaCurve: "P256",
    });
    expect(find(registered, "httpbin-1-request-7").inputs).toMatchObject({
      subject: { commonName: "httpbin-1.lab.test", organization: "httpbin organization" },
      dnsNames: ["httpbin-1.lab.test"],
    });
    expect(find(registered, "httpbin-1-cert-7").inputs).toMatchObject({
      caCertPem: "ca-cert.certPem",
      caPrivateKeyPem: "ca-key.privateKeyPem",
      validityPeriodHours: 720,
    });
  });

  it("reach the gateway as Secrets of its namespace", async () => {
    expect(find(await build("tls-assets"), "httpbin-1-credential-secret").inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "httpbin-1-credential", namespace: "istio-system" },
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": "httpbin-1-cert-1.certPem",
        "tls.key": "httpbin-1-key-1.privateKeyPem",
      },
    });
  });

  it("never show a private key: whatever input has one is secret", async () => {
    const registered = await build("observe");
    const withKey = registered.filter(({ inputs }) =>
      /\.privateKeyPem/.test(JSON.stringify(inputs)),
    );
    expect(withKey.map(({ name, secrets }) => [name, secrets]).sort()).toEqual([
      ["ca-cert", ["privateKeyPem"]],
      ["httpbin-0-cert-1", ["caPrivateKeyPem"]],
      ["httpbin-0-credential-secret", ["stringData"]],
      ["httpbin-0-request-1", ["privateKeyPem"]],
      ["httpbin-1-cert-1", ["caPrivateKeyPem"]],
      ["httpbin-1-credential-secret", ["stringData"]],
      ["httpbin-1-request-1", ["privateKeyPem"]],
    ]);
  });
});

describe("ingress", () => {
  it("is one Gateway with a server and a certificate a host", async () => {
    const server = (n: number): object => ({
      port: { number: 443, name: `https-httpbin-${n}`, protocol: "HTTPS" },
      tls: { mode: "SIMPLE", credentialName: `httpbin-${n}-credential` },
      hosts: [`httpbin-${n}.example.com`],
    });
    expect(find(await build("ingress", { replicas: "3" }), "httpbin-gateway").inputs).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "httpbin", namespace: "default" },
      spec: { selector: { istio: "ingressgateway" }, servers: [server(0), server(1), server(2)] },
    });
  });

  it("leads each host to its own pod", async () => {
    const registered = await build("ingress", { replicas: "3" });
    const routes = registered.filter(({ type }) => type.endsWith(":VirtualService"));
    expect(routes.map(({ inputs }) => inputs["spec"])).toEqual(
      ordinals(3).map((n) => ({
        hosts: [`httpbin-${n}.example.com`],
        gateways: ["default/httpbin"],
        http: [
          {
            route: [
              {
                destination: {
                  host: `httpbin-${n}.httpbin.default.svc.cluster.local`,
                  port: { number: 80 },
                },
              },
            ],
          },
        ],
      })),
    );
  });

  it("routes after the pod is a host of the mesh and the Gateway is there", async () => {
    const { waitsFor } = find(await build("ingress"), "httpbin-1-route");
    expect(waitsFor).toEqual(expect.arrayContaining(["httpbin-gateway", "httpbin-host-httpbin-1"]));
  });
});

describe("observe", () => {
  it("has no Kiali where the supply has none", async () => {
    const limits = { kiali: "not among the packages" };
    const registered = await build("observe", {}, { ...officialSupply, limits });
    expect(listed(registered)).toEqual(
      expected("observe", 2).filter((one) => !/[Kk]iali/.test(one)),
    );
  });

  it("hands this supply's metric rules to Prometheus", async () => {
    const metricRelabelings = [{ regex: "x", action: "labeldrop" }];
    const registered = await build("observe", {}, { ...officialSupply, metricRelabelings });
    expect(find(registered, "prometheus-config").inputs["data"]).toEqual({
      "prometheus.yml": expect.stringContaining("metric_relabel_configs:\n      - regex: x\n"),
    });
  });
});

it("runs this supply's images", async () => {
  const images = { httpbin: "h:1", client: "c:1", prometheus: "p:1", kiali: "k:1" };
  const registered = await build("observe", {}, { ...officialSupply, images });
  const used = registered.flatMap(({ inputs }) =>
    [...JSON.stringify(inputs).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image),
  );
  expect(used.sort()).toEqual(["c:1", "h:1", "k:1", "p:1"]);
});
