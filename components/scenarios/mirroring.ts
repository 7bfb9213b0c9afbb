import type * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import { MeshClient } from "../workloads/mesh-client.ts";
import { podCall, sleep } from "./calls.ts";
import type { Expectation } from "./expectation.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

/** A new version that gets a copy of the real traffic, and answers none of it. */
export const mirroring: Scenario = {
  id: "mirroring",
  images: ["client", "httpbin"],
  title: "Mirroring: real traffic for a version that nobody hears",
  about: "A route sends each request to v1, which answers, and a copy of it to v2.",
  steps: [
    { id: "all-v1", about: "v1 gets every request, v2 none" },
    { id: "mirror-v2", about: "v1 still answers every request, and v2 gets a copy of each" },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

function build(lab: Lab, step: string): ScenarioOutputs {
  new MeshClient("sleep", { supply: lab.supply }, lab.meshOpts);
  const { dependsOn, ...place } = lab.meshOpts;
  const apply = (file: string, after: readonly pulumi.Resource[] = []): pulumi.Resource[] =>
    applyObjects(readManifest(`mirroring/${file}.yaml`, lab.supply), {
      ...place,
      dependsOn: dependsOn.concat(after),
    });
  apply("httpbin");
  // A route to a subset that is not named yet answers 503.
  apply(step, apply("destination-rule"));
  return { hosts: [] };
}

const httpbin = "http://httpbin:8080";

function proof(_lab: LabOutputs, step: string): readonly Expectation[] {
  const copies = step === "mirror-v2" ? 1 : 0;
  const arrivals = [
    { app: "httpbin", version: "v1", container: "httpbin", times: 1 },
    { app: "httpbin", version: "v2", container: "httpbin", times: copies },
  ];
  return [
    {
      name: "v1 answers every request",
      expected: "10 of 10 from httpbin-v1",
      check: podCall(sleep, `${httpbin}/hostname`, {
        times: 10,
        expect: { status: [200], body: { contains: ["httpbin-v1-"] } },
      }),
    },
    {
      name: `each request arrives once at v1, and ${copies === 1 ? "once" : "not"} at v2`,
      expected: `200; 1 line in v1's log, ${copies} in v2's`,
      check: { kind: "delivery", caller: sleep, url: `${httpbin}/headers`, arrivals },
    },
  ];
}

function tryIt(): readonly string[] {
  const call = `kubectl exec deploy/sleep -c sleep -- curl -sS "${httpbin}/headers?id=$id"`;
  // The whole log of the last minute: the kubelet's probes write a line a second.
  const log = "kubectl logs deploy/httpbin-$v -c httpbin --since 1m";
  const count = `for v in v1 v2; do echo "$v: $(${log} | grep -c "id=$id")"; done`;
  return [`id=try-$(date +%s); ${call}; sleep 1; ${count}`];
}

function lookFor(step: string): readonly string[] {
  return step === "mirror-v2"
    ? ["one answer comes back", "v1: 1 and v2: 1: the request is in the logs of both versions"]
    : ["v1: 1 and v2: 0: the request is in the log of v1, and not in v2's"];
}
