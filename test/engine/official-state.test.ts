import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as command from "@pulumi/command";
import { LocalWorkspace, type Deployment, type Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CertificateAuthority } from "../../certs/certificate-authority.ts";
import { IntermediateAuthority } from "../../certs/intermediate-authority.ts";
import { LeafCertificate } from "../../certs/leaf-certificate.ts";
import { labSearchPath, throwAwayPulumi } from "../../hack/render/pulumi-home.ts";
import { asOfficial, resourcesOf, type StoredResource } from "./official-state.ts";

// Certificates of every kind that the lab makes, and a command: what plugins stand in for.
let epoch = 1;
function program(): Promise<void> {
  const root = new CertificateAuthority("ca", {
    commonName: "Lab CA",
    organization: "Lab",
    ...p256,
  });
  const intermediate = new IntermediateAuthority("intermediate", {
    commonName: "Intermediate",
    organization: "Lab",
    authority: root,
    ...p256,
  });
  for (const [name, authority] of Object.entries({ root, intermediate })) {
    new LeafCertificate(`leaf-${name}`, {
      host: "a.example.com",
      organization: "Lab",
      authority,
      epoch,
      ...p256,
    });
  }
  new command.local.Command("command", {
    create: "echo made",
    update: "echo updated",
    environment: { A: "b" },
    triggers: [1],
    logging: "stderr",
  });
  return Promise.resolve();
}
const p256 = { keyAlgorithm: "ECDSA-P256" } as const;

let folder: string;
let stack: Stack;
let official: Deployment;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "istio-lab-state-")));
  mkdirSync(join(folder, "project"));
  const variables = await throwAwayPulumi(folder, await labSearchPath(process.env["PATH"] ?? ""));
  // The Automation API looks for the CLI on this process's own path before it reads any variables.
  process.env["PATH"] = variables["PATH"];
  stack = await LocalWorkspace.createStack(
    { stackName: "state", projectName: "istio-lab-state", program },
    { envVars: { ...variables }, workDir: join(folder, "project") },
  );
  await stack.up({ color: "never" });
  official = asOfficial(await stack.exportStack());
  await stack.importStack(official);
});

afterAll(() => {
  // Keys are in it.
  rmSync(folder, { recursive: true, force: true });
});

const made = async (): Promise<readonly StoredResource[]> => resourcesOf(await stack.exportStack());
const identities = (resources: readonly StoredResource[]): object =>
  Object.fromEntries(
    resources.map(({ urn, id, outputs }) => [
      urn,
      [id, outputs?.["certPem"], outputs?.["publicKeyPem"], outputs?.["stdout"]],
    ]),
  );

test("the fixture is what the official plugins write, and not what the stand-ins do", () => {
  const resources = resourcesOf(official);
  const certificates = resources.filter(({ type }) => type.includes("Cert:"));
  expect(certificates.length).toBeGreaterThan(3);
  for (const { outputs = {}, id } of certificates) {
    expect(outputs["id"]).toBe(id);
    expect(outputs["__meta"]).toBeDefined();
    expect(outputs["__pulumi_raw_state_delta"]).toBeDefined();
    expect(outputs).not.toHaveProperty("maxPathLength");
    expect(outputs["validityEndTime"]).toMatch(/\.\d{9}Z$/);
  }
});

test("a state of the official plugins is taken over: nothing is to do", async () => {
  const { changeSummary } = await stack.preview({ color: "never", expectNoChanges: true });
  expect(Object.keys(changeSummary)).toEqual(["same"]);
});

test("an up changes nothing either: every key and certificate is the one that was there", async () => {
  const { summary } = await stack.up({ color: "never", expectNoChanges: true });
  expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
  expect(identities(await made())).toEqual(identities(resourcesOf(official)));
});

test("a refresh finds nothing that changed", async () => {
  await stack.refresh({ color: "never", expectNoChanges: true });
  expect(identities(await made())).toEqual(identities(resourcesOf(official)));
});

test("a rotation makes new leaves, and leaves the authorities alone", async () => {
  epoch = 2;
  await stack.up({ color: "never" });
  const before = Object.entries(identities(resourcesOf(official)));
  const after: Record<string, unknown> = { ...identities(await made()) };
  const kept = before.filter(([urn]) => urn in after);
  expect(kept.map(([urn]) => urn).filter((urn) => /leaf-.*-1$/.test(urn))).toEqual([]);
  expect(kept.length).toBeGreaterThan(4);
  for (const [urn, identity] of kept) expect(after[urn]).toEqual(identity);
});
