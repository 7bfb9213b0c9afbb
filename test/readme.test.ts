import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pausedFault } from "../components/cluster/answer-faults.ts";
import { contextFaults } from "../components/cluster/existing-preflight.ts";
import { scenarios } from "../components/scenarios/registry.ts";
import { decide } from "../hack/engine/decide.ts";

const readme = readFileSync("README.md", "utf8");

describe("README.md", () => {
  it("has a row for each scenario, with what it shows and its steps, in the registry's order", () => {
    const rows = [...readme.matchAll(/^\| `([\w-]+)` \| (.*?) +\| (`.*`) +\|$/gm)].map(
      ([, id, about, steps]) => `${id}: ${about} ${steps}`,
    );
    expect(rows).toEqual(
      scenarios.map(
        ({ id, about, steps }) =>
          `${id}: ${about} ${steps.map((step) => `\`${step.id}\``).join(", ")}`,
      ),
    );
  });

  it("shows the small scenario as it is written", () => {
    const source = readFileSync("components/scenarios/mirroring.ts", "utf8");
    const [, shown = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const withoutComments = shown.replace(/ \/\/ .*$/gm, "");
    expect(source).toContain(withoutComments);
  });

  it("quotes messages that are said", () => {
    const stopped = decide({
      answers: false,
      fault: "Cannot connect to the Docker daemon",
      dockerHost: undefined,
      installed: true,
      local: false,
      defaultRuntime: undefined,
      root: false,
      distribution: "debian",
      systemd: true,
      handsOff: false,
      lacksSysResource: false,
    });
    const [noContext] = contextFaults("mine", "config", "");
    const said = `${stopped.do === "fail" ? stopped.message : ""} ${noContext?.problem} ${pausedFault(["istio-control-plane"]).problem}`;
    const quotes = [
      "cluster: node istio-control-plane is paused",
      "the container engine is installed but not running",
      'kubeContext: "…" is not in the kubeconfig',
    ];
    for (const quote of quotes) {
      expect(readme).toMatch(new RegExp(`^\\| .*\`${quote}\``, "m"));
      expect(said).toContain(quote.replace("…", "mine"));
    }
  });
});
