import { expect, it } from "vitest";
import { whyNoInternet, type SimulationFacts } from "../../hack/lab/simulated-internet.ts";

const able: SimulationFacts = { os: "linux", root: true, missingParts: [] };

it.each<[string, Partial<SimulationFacts>, string | undefined]>([
  ["root on Linux with all parts", {}, undefined],
  ["macOS", { os: "darwin" }, "takes Linux"],
  ["another user", { root: false }, "takes root"],
  ["a machine that never built", { missingParts: ["kind", "istio"] }, "not built are kind, istio"],
])("whether an internet can be simulated: %s", (_, facts, reason) => {
  const why = whyNoInternet({ ...able, ...facts });
  if (reason === undefined) expect(why).toBeUndefined();
  else expect(why).toContain(reason);
});
