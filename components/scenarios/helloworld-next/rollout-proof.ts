import { httpCall } from "../calls.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";

const second = "Version: 2.0.0";

/** Both versions run, and the second gets its share. */
export function rolloutProof(lab: LabOutputs, host: string): Expectation[] {
  return [
    {
      name: "both versions run",
      expected: "one available pod of helloworld-v1, one of helloworld-v2",
      check: {
        kind: "object",
        resource: "deployments",
        namespace: "default",
        selector: "app=helloworld",
        expect: [
          { path: "items[*].metadata.name", sameItems: ["helloworld-v1", "helloworld-v2"] },
          { path: "items[*].status.availableReplicas", sameItems: [1, 1] },
        ],
      },
    },
    share(lab, host),
  ];
}

function share(lab: LabOutputs, host: string): Expectation {
  const { weightV2: weight } = lab;
  if (weight === 0 || weight === 100) {
    const [version, other] = weight === 0 ? ["1.0.0", "2.0.0"] : ["2.0.0", "1.0.0"];
    return {
      name: `every request gets version ${version}`,
      expected: `50 of 50: Version: ${version}`,
      check: httpCall(lab, host, "/", {
        times: 50,
        expect: {
          status: [200],
          body: { contains: [`Version: ${version}`], lacks: [`Version: ${other}`] },
        },
      }),
    };
  }
  const { atLeast, atMost } = splitBounds(200, weight);
  return {
    name: `version 2.0.0 gets ${weight} percent of the requests`,
    expected: `${atLeast} to ${atMost} of 200`,
    check: httpCall(lab, host, "/", {
      times: 200,
      expect: { status: [200], body: { contains: ["Hello, world!"] } },
      shares: [{ text: second, atLeast, atMost }],
    }),
  };
}

/** Four standard deviations to each side: a good split falls outside once in 16000 samples. */
export function splitBounds(
  times: number,
  percent: number,
): { readonly atLeast: number; readonly atMost: number } {
  const chance = percent / 100;
  const mean = times * chance;
  const margin = 4 * Math.sqrt(mean * (1 - chance));
  return {
    atLeast: Math.max(0, Math.floor(mean - margin)),
    atMost: Math.min(times, Math.ceil(mean + margin)),
  };
}
