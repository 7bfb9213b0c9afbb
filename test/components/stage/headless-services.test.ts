import { describe, expect, it } from "vitest";
import { headlessServices, turnsHeadless } from "../../../components/stage/headless-services.ts";
import { machineOnPath } from "../../support/machine-on-path.ts";

const machine = machineOnPath();

describe("headlessServices", () => {
  it("names the Services without an address of their own", async () => {
    const items = [
      { metadata: { name: "httpbin", namespace: "default" }, spec: { clusterIP: "None" } },
      { metadata: { name: "web", namespace: "default" }, spec: { clusterIP: "10.96.0.9" } },
    ];
    machine.command("kubectl", `echo '${JSON.stringify({ items })}'`);
    expect(await headlessServices({ kubeconfigPath: "/lab/kubeconfig" })).toEqual(
      new Set(["Service default/httpbin"]),
    );
  });

  it("names none when the cluster can't be asked", async () => {
    machine.command("kubectl", "exit 1");
    expect(await headlessServices({ kubeconfigPath: "/lab/kubeconfig" })).toEqual(new Set());
  });
});

describe("turnsHeadless", () => {
  const type = "kubernetes:core/v1:Service";
  const key = "Service default/httpbin";
  const live = new Set([key]);
  const headless = { spec: { clusterIP: "None" } };
  const plain = { spec: {} };

  it.each([
    ["a headless one that is to have an address", plain, { live, headless: new Set([key]) }, true],
    [
      "one with an address that is to be headless",
      headless,
      { live, headless: new Set<string>() },
      true,
    ],
    ["one that stays headless", headless, { live, headless: new Set([key]) }, false],
    ["one that keeps its address", plain, { live, headless: new Set<string>() }, false],
    [
      "one that is not there",
      headless,
      { live: new Set<string>(), headless: new Set<string>() },
      false,
    ],
    [
      "one of a cluster that did not answer",
      headless,
      { live: undefined, headless: new Set<string>() },
      false,
    ],
    ["any one outside a preview", headless, { live }, false],
  ])("%s", (_, props, now, expected) => {
    expect(turnsHeadless(type, key, props, now)).toBe(expected);
  });

  it("is asked of Services only", () => {
    const other = "kubernetes:apps/v1:Deployment";
    expect(turnsHeadless(other, key, headless, { live, headless: new Set() })).toBe(false);
  });
});
