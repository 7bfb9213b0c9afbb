import { describe, expect, it } from "vitest";
import { statefulsetIngress } from "../../../components/scenarios/statefulset-ingress.ts";
import { officialSupply, type Supply } from "../../../components/supply.ts";
import { buildStep } from "../../support/build-step.ts";
import { fakeLab, labConfig } from "../../support/lab.ts";
import { matching } from "../../support/matching.ts";
import { drain, find, listed, record, valueOf, type Registration } from "../../support/mocks.ts";
import { omit } from "../../support/omit.ts";

const build = (
  step: string,
  raw: Readonly<Record<string, string>> = {},
  supply: Supply = officialSupply,
): Promise<readonly Registration[]> => buildStep("statefulset-ingress", step, raw, supply);

const steps = statefulsetIngress.steps.map(({ id }) => id);
const ordinals = (replicas: number): number[] => [...Array(replicas).keys()];

// With every step: whether pods get a sidecar.
const always = [
  "istio-lab:mesh:NamespaceInjection default",
  "kubernetes:core/v1:NamespacePatch default",
];

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
      `istio-lab:ingress:IngressCredential istio-system/httpbin-${n}-credential`,
      `kubernetes:core/v1:Secret istio-system/httpbin-${n}-credential`,
    ]),
  ],
  app: () => [
    "istio-lab:workloads:MeshClient sleep",
    "kubernetes:core/v1:ServiceAccount default/sleep",
    "kubernetes:apps/v1:Deployment default/sleep",
    "istio-lab:workloads:StatefulService default/httpbin",
    "kubernetes:core/v1:Service default/httpbin",
    "kubernetes:core/v1:ServiceAccount default/httpbin",
    "kubernetes:apps/v1:StatefulSet default/httpbin",
  ],
  ingress: (replicas) => [
    "istio-lab:ingress:SecureGateway default/httpbin",
    "kubernetes:networking.istio.io/v1:Gateway default/httpbin",
    ...ordinals(replicas).flatMap((n) => [
      `kubernetes:networking.istio.io/v1:ServiceEntry default/httpbin-${n}`,
      `istio-lab:ingress:HostRoute default/httpbin-${n}`,
      `kubernetes:networking.istio.io/v1:VirtualService default/httpbin-${n}`,
    ]),
  ],
  observe: () =>
    ["prometheus", "kiali"].flatMap((name) => [
      `istio-lab:addons:${name === "kiali" ? "Kiali" : "Prometheus"} ${name}`,
      `kubernetes:core/v1:ConfigMap istio-system/${name}`,
      `kubernetes:core/v1:ServiceAccount istio-system/${name}`,
      `kubernetes:rbac.authorization.k8s.io/v1:ClusterRole istio-lab-${name}`,
      `kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding istio-lab-${name}`,
      `kubernetes:core/v1:Service istio-system/${name}`,
      `kubernetes:apps/v1:Deployment istio-system/${name}`,
    ]),
};

const expected = (step: string, replicas: number): string[] =>
  steps
    .slice(0, steps.indexOf(step) + 1)
    .flatMap((id) => added[id]?.(replicas) ?? [])
    .concat(always)
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
      await record();
      const config = labConfig({ step, replicas: String(replicas), domain: "lab.test" });
      const { hosts, caCertPem } = statefulsetIngress.build(fakeLab(config), step);
      await drain();
      expect(hosts).toEqual(ordinals(replicas).map((n) => `httpbin-${n}.lab.test`));
      expect(caCertPem && (await valueOf(caCertPem))).toBe("ca-cert.certPem");
    },
  );
});

describe("add-ons that config asks for", () => {
  const addOn = (one: string): boolean => /(prometheus|kiali)$/.test(one);
  const all = (added["observe"]?.(2) ?? []).sort();
  const cases = steps.flatMap((step): [string, string, string[]][] => [
    [step, "prometheus", step === "observe" ? all : all.filter((one) => one.includes("rometheus"))],
    [step, "kiali", step === "observe" ? all : all.filter((one) => one.includes("iali"))],
    [step, "prometheus,kiali", all],
  ]);

  it.each(cases)("are there at step %s: %s", async (step, addons, made) => {
    const registered = listed(await build(step, { addons }));
    expect(registered.filter(addOn)).toEqual(made);
    expect(registered.filter((one) => !addOn(one))).toEqual(
      expected(step, 2).filter((one) => !addOn(one)),
    );
  });

  it("are the same resources that step observe has", async () => {
    const settled = (one: Registration): object => omit(one, "waitsFor");
    const early = (await build("tls-assets", { addons: "prometheus,kiali" })).map(settled);
    const observe = (await build("observe")).map(settled);
    expect(observe).toEqual(expect.arrayContaining(early));
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
    expect(
      find(registered, "istio-system/prometheus", "kubernetes:core/v1:ConfigMap").inputs["data"],
    ).toEqual({
      "prometheus.yml": matching(/metric_relabel_configs:\n {6}- regex: x\n/),
    });
  });
});

it("runs this supply's images", async () => {
  const ours = { httpbin: "h:1", client: "c:1", prometheus: "p:1", kiali: "k:1" };
  const images = { ...officialSupply.images, ...ours };
  const registered = await build("observe", {}, { ...officialSupply, images });
  const used = registered.flatMap(({ inputs }) =>
    [...JSON.stringify(inputs).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image),
  );
  expect(used.sort()).toEqual(["c:1", "h:1", "k:1", "p:1"]);
});
