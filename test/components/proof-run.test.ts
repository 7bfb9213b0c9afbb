import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf, ProofRun } from "../../components/proof-run.ts";
import { kinds } from "../../components/stage/kinds.ts";
import { labOutputs } from "../support/lab.ts";
import { drain, find, record, whole, type Registration } from "../support/mocks.ts";

const prove =
  "sh components/stage/remove-leftovers.sh && node hack/proof/main.ts --outputs - --lines --no-disrupt --hold 2";

let registered: Registration[];
let folder: string;

beforeEach(async () => {
  registered = await record();
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
  mkdirSync(join(folder, "a", "deep"), { recursive: true });
  writeFileSync(join(folder, "a", "one.yaml"), "1");
  writeFileSync(join(folder, "a", "deep", "two.yaml"), "2");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("ProofRun", () => {
  it("is a command that gets the outputs on its input and a hash of what it is about", async () => {
    const sources = [join(folder, "a")];
    const known = { ...labOutputs("app"), objects: ["Service default/a", "Secret mesh/b"] };
    const outputs = pulumi.output(known);
    new ProofRun("proof", { outputs, sources, deployed: { cluster: "0123" } });
    await drain();
    expect(whole(registered)).toEqual([
      { type: "istio-lab:proof:ProofRun", name: "proof", inputs: {} },
      {
        type: "command:local:Command",
        name: "proof-verify",
        inputs: {
          create: prove,
          update: prove,
          stdin: JSON.stringify(known),
          environment: {
            SOURCES: hashOf(sources),
            DEPLOYED: "5246f8427da81598",
            KUBECONFIG_FILE: "/lab/.lab/dev/kubeconfig",
            CONTEXT: "kind-istio",
            KEEP: "Service default/a\nSecret mesh/b",
            KINDS: kinds.join(","),
          },
        },
      },
    ]);
    expect(find(registered, "proof-verify")).toMatchObject({ parent: "proof", secrets: [] });
  });

  it.each([
    ["another step", { step: "ingress" }],
    ["another scenario", { scenario: "other" }],
    ["another output", { httpsPort: 443 }],
    ["another object", { objects: ["Service default/a"] }],
  ])("runs again for %s: its input differs", async (_, change) => {
    const proof = async (outputs: ReturnType<typeof labOutputs>): Promise<unknown> => {
      new ProofRun("proof", { outputs, sources: [], deployed: {} });
      await drain();
      return find(registered.splice(0), "proof-verify").inputs;
    };
    const before = await proof(labOutputs("app"));
    expect(await proof(labOutputs("app"))).toEqual(before);
    expect(await proof({ ...labOutputs("app"), ...change })).not.toEqual(before);
  });

  it("runs again in another cluster, with outputs that are the same", async () => {
    const proof = async (cluster: string): Promise<unknown> => {
      const deployed = { cluster: pulumi.output(cluster) };
      new ProofRun("proof", { outputs: labOutputs("app"), sources: [], deployed });
      await drain();
      return find(registered.splice(0), "proof-verify").inputs;
    };
    expect(await proof("0123")).toEqual(await proof("0123"));
    expect(await proof("0123")).not.toEqual(await proof("4567"));
  });
});

describe("hashOf", () => {
  it("is sixteen hexadecimal digits, the same again", () => {
    expect(hashOf([folder])).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf([folder])).toBe(hashOf([folder]));
  });

  it.each<[string, (one: string, two: string) => void]>([
    [
      "a file's text",
      (_, two) => {
        writeFileSync(two, "3");
      },
    ],
    [
      "a new file",
      (one) => {
        writeFileSync(`${one}.new`, "");
      },
    ],
    [
      "a file that goes",
      (one) => {
        rmSync(one);
      },
    ],
    [
      "a file's name",
      (one) => {
        renameSync(one, `${one}.renamed`);
      },
    ],
  ])("changes with %s", (_, change) => {
    const before = hashOf([folder]);
    change(join(folder, "a", "one.yaml"), join(folder, "a", "deep", "two.yaml"));
    expect(hashOf([folder])).not.toBe(before);
  });

  it.each([
    ["a folder that is not there", "nope", /ENOENT/],
    ["a file: it takes folders", "a/one.yaml", /ENOTDIR/],
  ])("fails for %s, rather than prove nothing", (_, path, error) => {
    expect(() => hashOf([join(folder, path)])).toThrow(error);
  });
});
