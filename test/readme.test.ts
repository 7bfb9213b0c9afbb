import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scenarios } from "../components/scenarios/registry.ts";

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
});
