import { describe, expect, it } from "vitest";
import { statefulsetIngress } from "../../../components/scenarios/statefulset-ingress.ts";
import { buildStep } from "../../support/build-step.ts";
import type { Registration } from "../../support/mocks.ts";
import { omit } from "../../support/omit.ts";

const build = (
  step: string,
  raw: Readonly<Record<string, string>> = {},
): Promise<readonly Registration[]> => buildStep("statefulset-ingress", step, raw);

const steps = statefulsetIngress.steps.map(({ id }) => id);

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
  return registered.map((one) => [`${one.type} ${one.name}`, omit(one, "waitsFor")]);
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
      "istio-lab:ingress:HostRoute default/httpbin-2",
      "istio-lab:ingress:IngressCredential istio-system/httpbin-2-credential",
      "kubernetes:core/v1:Secret istio-system/httpbin-2-credential",
      "kubernetes:networking.istio.io/v1:ServiceEntry default/httpbin-2",
      "kubernetes:networking.istio.io/v1:VirtualService default/httpbin-2",
      "tls:index/certRequest:CertRequest httpbin-2-request-1",
      "tls:index/locallySignedCert:LocallySignedCert httpbin-2-cert-1",
      "tls:index/privateKey:PrivateKey httpbin-2-key-1",
    ]);
    const changed = after.filter(
      ([key, registration]) =>
        before.has(key) && JSON.stringify(before.get(key)) !== JSON.stringify(registration),
    );
    expect(changed.map(([key]) => key).sort()).toEqual([
      "kubernetes:apps/v1:StatefulSet default/httpbin",
      "kubernetes:networking.istio.io/v1:Gateway default/httpbin",
    ]);
  });
});
