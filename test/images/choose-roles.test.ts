import { describe, expect, it } from "vitest";
import { officialSupply } from "../../components/supply.ts";
import { findScenario } from "../../components/scenarios/registry.ts";
import { images } from "../../components/versions.ts";
import { chooseRoles } from "../../hack/images/choose-roles.ts";

const lacking = { ...officialSupply, missingImages: { grafana: "no registry has it" } };

describe("chooseRoles", () => {
  it("is every role, those apart that can't be had", async () => {
    const roles = await chooseRoles([], lacking);
    expect(roles.all).toEqual(Object.keys(images));
    expect(roles.missing).toEqual(["grafana"]);
    expect(roles.had).toEqual(Object.keys(images).filter((role) => role !== "grafana"));
  });

  it("is what some scenarios name, each once", async () => {
    const { images: wanted = [] } = findScenario("statefulset-ingress");
    const roles = await chooseRoles(["statefulset-ingress", "httpbin-ingress"], lacking);
    expect([...roles.had].sort()).toEqual([...wanted].sort());
    expect(roles.missing).toEqual([]);
  });

  it("refuses an unknown scenario with the closest one and all there are", async () => {
    await expect(chooseRoles(["statefulset-ingres"], lacking)).rejects.toThrow(
      /^"statefulset-ingres" is no scenario; closest: "statefulset-ingress"\naccepted: statefulset-ingress, /,
    );
  });
});
