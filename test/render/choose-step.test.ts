import { describe, expect, it } from "vitest";
import { scenarios } from "../../components/scenarios/registry.ts";
import { officialSupply } from "../../components/supply.ts";
import { chooseStep } from "../../hack/render/choose-step.ts";
import { UserError } from "../../hack/toolchain/phase.ts";
import { everyStep } from "../support/every-step.ts";

const context = { scenarios, supply: officialSupply };
const app = { scenario: "statefulset-ingress", step: "app" };

describe("chooseStep", () => {
  it("has the program's defaults for what is not given", () => {
    expect(chooseStep(app, context)).toMatchObject({ ...app, replicas: 2, domain: "example.com" });
  });

  it("takes pods and domain", () => {
    const chosen = chooseStep({ ...app, replicas: "3", domain: "lab.test" }, context);
    expect(chosen).toMatchObject({ ...app, replicas: 3, domain: "lab.test" });
  });

  it.each(everyStep)("takes $title by its name alone", ({ scenario, step }) => {
    const asked = { scenario: scenario.id, step: step.id };
    expect(chooseStep(asked, context)).toMatchObject(asked);
  });

  it("gives a step's gateway the load balancer that it needs, and others none", () => {
    const type = (step: string): string =>
      chooseStep({ scenario: "helloworld-ingress", step }, context).gatewayServiceType;
    expect([type("no-route"), type("vs-qualified")]).toEqual(["LoadBalancer", "NodePort"]);
  });

  it("lists the steps of the scenario when there is no such one", () => {
    expect(faultOf({ ...app, step: "ap" })).toBe(
      `1 fault; nothing was written.

  --step: given "ap", which is not a step of scenario "statefulset-ingress"; closest: "app"
    accepted: tls-assets, app, ingress, observe`,
    );
  });

  it("names every fault at once", () => {
    expect(faultOf({ scenario: "nope", step: "app", replicas: "many", domain: "A b" })).toBe(
      `3 faults; nothing was written.

  --replicas: given "many"
    accepted: a whole number from 1 to 20

  --domain: given "A b"
    accepted: a DNS name of at most 50 characters in lower case whose last label is no number, such as example.com

  --scenario: given "nope", which is not a scenario; closest: "none"
    accepted: ${scenarios.map(({ id }) => id).join(", ")}`,
    );
  });
});

function faultOf(options: Parameters<typeof chooseStep>[0]): string {
  try {
    chooseStep(options, context);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("no fault was found");
}
