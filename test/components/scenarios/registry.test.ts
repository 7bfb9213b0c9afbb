import { describe, expect, it } from "vitest";
import { findScenario, scenarios } from "../../../components/scenarios/registry.ts";
import { statefulsetIngress } from "../../../components/scenarios/statefulset-ingress.ts";

describe("registry", () => {
  it("finds a scenario by its id", () => {
    expect(findScenario("statefulset-ingress")).toBe(statefulsetIngress);
  });

  it.each(["", "nope", "Statefulset-Ingress", "toString"])('has no scenario "%s"', (id) => {
    expect(() => findScenario(id)).toThrow(new Error(`no scenario "${id}"`));
  });

  it("has no id twice", () => {
    const ids = scenarios.map(({ id }) => id);
    expect([...new Set(ids)]).toEqual(ids);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    "%s: ids are kebab-case, steps differ, and every line says something",
    (id, { title, about, steps }) => {
      const stepIds = steps.map((step) => step.id);
      for (const one of [id, ...stepIds]) expect(one).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect([...new Set(stepIds)]).toEqual(stepIds);
      for (const text of [title, about, ...steps.map((step) => step.about)]) {
        expect(text).toMatch(/^\S.{10,}\S$/);
      }
    },
  );
});
