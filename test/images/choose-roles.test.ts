import { describe, expect, it } from "vitest";
import { officialSupply } from "../../components/supply.ts";
import { images } from "../../components/versions.ts";
import { chooseRoles, missingLine } from "../../hack/images/choose-roles.ts";

const lacking = { ...officialSupply, missingImages: { grafana: "no registry has it" } };

describe("chooseRoles", () => {
  it("is every role, those apart that can't be had", async () => {
    const roles = await chooseRoles([], lacking);
    expect(roles.all).toEqual(Object.keys(images));
    expect(roles.missing).toEqual(["grafana"]);
    expect(roles.had).toEqual(Object.keys(images).filter((role) => role !== "grafana"));
  });

  it("is what some scenarios and the add-ons of their steps run, each once", async () => {
    const roles = await chooseRoles(["helloworld-next", "helloworld-ingress"], lacking);
    expect(roles.had).toEqual(["prometheus", "hello1", "hello2"]);
    expect(roles.missing).toEqual(["grafana"]);
  });

  it("refuses an unknown scenario with the closest one and all there are", async () => {
    await expect(chooseRoles(["statefulset-ingres"], lacking)).rejects.toThrow(
      /^"statefulset-ingres" is no scenario; closest: "statefulset-ingress"\naccepted: statefulset-ingress, /,
    );
  });
});

describe("missingLine", () => {
  it("is one line on all that can't be had, and none where all can", () => {
    const missingImages = { grafana: "no registry has it", dex: "nobody builds it" };
    const missing = ["grafana", "dex"] as const;
    expect(missingLine({ missing }, { missingImages })).toBe(
      "not to be had: grafana (no registry has it); dex (nobody builds it)",
    );
    expect(missingLine({ missing: [] }, { missingImages })).toBeUndefined();
  });
});
