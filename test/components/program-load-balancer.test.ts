import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LabSettings } from "../../components/lab-settings.ts";
import { officialSupply } from "../../components/supply.ts";
import { labConfig, unasked } from "../support/lab.ts";
import { find, listed, record, valueOf, type Registration } from "../support/mocks.ts";
import { runProgram, type Program } from "../support/program.ts";

// What is under test is index.ts: all that it reads and writes of this machine is given.
let settings: LabSettings;
vi.mock("../../components/lab-settings.ts", () => ({
  readLabSettings: () => Promise.resolve(settings),
}));
vi.mock("../../components/stage/stage-memory.ts", () => ({ rememberStage: () => undefined }));
vi.mock("../../components/by-hand/remember.ts", () => ({ rememberObjects: () => undefined }));

const made = JSON.stringify({ containerId: "c0ffee", kubeconfig: "" });
const balanced = { gatewayServiceType: "LoadBalancer", metallb: "true", step: "app" };

let registered: Registration[];

beforeEach(async () => {
  vi.resetModules();
  registered = await record({
    stdout: {
      "cluster-kind": made,
      "ca-file-write": "/lab/ca.crt",
      "metallb-subnets": "172.18.0.0/16",
      "gateway-address": "172.18.100.0",
    },
  });
});

async function run(raw: Record<string, string>): Promise<Program> {
  settings = {
    ...unasked,
    config: labConfig(raw),
    supply: officialSupply,
    generation: 1,
    restart: "",
    stage: { incarnations: {}, live: undefined, strangers: [] },
  };
  return runProgram();
}

const addressOf = ({ loadBalancerAddress }: Program): Promise<unknown> =>
  valueOf(pulumi.output(loadBalancerAddress));

describe("index.ts with a load balancer on kind", () => {
  it("exports its address, and the proof is told", async () => {
    const program = await run(balanced);
    expect(await addressOf(program)).toBe("172.18.100.0");
    const { stdin } = find(registered, "proof-verify").inputs;
    expect(JSON.parse(stdin as string)).toMatchObject({ loadBalancerAddress: "172.18.100.0" });
  });

  it("installs MetalLB beside the mesh: neither waits for the other", async () => {
    await run(balanced);
    const { waitsFor, provider, deletedWith } = find(registered, "metallb-release");
    expect({ waitsFor, provider, deletedWith }).toEqual({
      waitsFor: ["metallb-namespace"],
      provider: "cluster-kubernetes",
      deletedWith: "cluster-kind",
    });
    const waiting = registered.filter(({ parent, waitsFor: names }) => {
      return parent !== "metallb" && names.some((name) => name.startsWith("metallb"));
    });
    expect(listed(waiting)).toEqual([]);
  });

  it("asks for the address when the gateway has its Service", async () => {
    await run(balanced);
    expect(find(registered, "gateway-address").waitsFor).toContain("ingress-gateway-release");
  });

  it("has neither without it", async () => {
    const program = await run({ step: "app" });
    expect(await addressOf(program)).toBe(undefined);
    expect(listed(registered).filter((name) => /metallb|gateway-address/.test(name))).toEqual([]);
  });
});
