import { describe, expect, it } from "vitest";
import { contextFaults } from "../../../components/cluster/existing-preflight.ts";

describe("contextFaults", () => {
  const kubeconfig = JSON.stringify({
    contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: "https://c" } }],
  });

  it.each([
    ["a context that is there", "prod", kubeconfig, undefined],
    ["no context to look for", undefined, kubeconfig, undefined],
    [
      "no such context",
      "dev",
      kubeconfig,
      /"dev" is not in the kubeconfig \(it has: prod\); the file is f$/,
    ],
    ["no such file", "prod", undefined, /^kubeconfig: can't read "f"$/],
  ])("%s", (_, name, text, problem) => {
    const faults = contextFaults(name, "f", text);
    expect(faults).toHaveLength(problem === undefined ? 0 : 1);
    if (problem) expect(faults[0]?.problem).toMatch(problem);
  });
});
