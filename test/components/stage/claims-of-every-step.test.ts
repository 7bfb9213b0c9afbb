import { describe, expect, it } from "vitest";
import { buildStep } from "../../../components/scenarios/build-step.ts";
import { collisions } from "../../../components/stage/collisions.ts";
import { claimingKinds, claimsOf, type Claimant } from "../../../components/stage/host-claims.ts";
import type { Stage } from "../../../components/stage/stage.ts";
import { configOf, everyStep } from "../../support/every-step.ts";
import { fakeLab, labConfig } from "../../support/lab.ts";
import { drain, record, type Registration } from "../../support/mocks.ts";

/** `VirtualService default/httpbin: host "httpbin.example.com" …` of each, sorted. */
function listed(claimants: readonly Claimant[]): string[] {
  return claimants
    .map((one) => `${one.kind} ${one.namespace}/${one.name}: ${claimsOf(one).join("; ")}`)
    .sort();
}

/** What is registered in the end, every value known. */
function claimantsAmong(registered: readonly Registration[]): Claimant[] {
  return registered.flatMap(({ inputs }) => {
    const { apiVersion, kind, metadata, spec } = inputs as unknown as Claimant & {
      readonly apiVersion?: string;
      readonly metadata: Pick<Claimant, "name" | "namespace">;
    };
    return apiVersion?.startsWith("networking.istio.io/") && claimingKinds.includes(kind)
      ? [{ kind, namespace: metadata.namespace, name: metadata.name, spec }]
      : [];
  });
}

describe.each(everyStep.map((one) => [one.title, one] as const))("%s", (_, { scenario, step }) => {
  it("has claims that are known before anything is registered, none of them empty or shared", async () => {
    const registered = await record();
    const lab = fakeLab(labConfig({ ...configOf(scenario), step: step.id }));
    buildStep(lab, scenario, step.id);
    const { claimants } = lab.stageOpts.parent as Stage;
    const early = listed(claimants);
    await drain();
    expect(early).toEqual(listed(claimantsAmong(registered)));
    expect(early.filter((line) => line.endsWith(": "))).toEqual([]);
    for (const one of claimants) {
      const others = claimants.filter((other) => other !== one);
      const strangers = others.map((other) => ({ ...other, byPulumi: false }));
      expect(collisions([one], strangers)).toEqual([]);
    }
  });
});
