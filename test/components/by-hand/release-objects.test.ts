import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Look } from "../../../components/by-hand/look.ts";
import { knownReleases } from "../../../components/by-hand/release-objects.ts";
import {
  changedSince,
  readReleaseNote,
  signaturesOf,
  writeReleaseNote,
} from "../../../components/by-hand/release-notes.ts";

const mine = {
  annotations: {
    "meta.helm.sh/release-name": "istiod",
    "meta.helm.sh/release-namespace": "istio-system",
  },
};
const released = new Map<string, object>([
  ["Service istio-system/istiod", { ...mine, uid: "1" }],
  ["Deployment.apps istio-system/istiod", { ...mine, uid: "2" }],
  ["Service istio-system/other", { uid: "3", annotations: { "meta.helm.sh/release-name": "x" } }],
  [
    "Secret istio-system/sh.helm.release.v1.istiod.v1",
    {
      namespace: "istio-system",
      labels: { owner: "helm", name: "istiod", status: "deployed" },
    },
  ],
]);
const look = (objects: ReadonlyMap<string, object>): Look => ({
  ...{ objects: new Map(), namespaces: new Map(), pods: [] },
  released: objects,
});
const place = { release: "istiod", namespace: "istio-system" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("a release's note", () => {
  it("has the release's own objects, and Helm's note of it", () => {
    expect(Object.keys(signaturesOf(released, place)).sort()).toEqual([
      "Deployment.apps istio-system/istiod",
      "Secret istio-system/sh.helm.release.v1.istiod.v1",
      "Service istio-system/istiod",
    ]);
  });

  it("is read as it was written, and by this user only", () => {
    const note = { signatures: signaturesOf(released, place), secrets: [] };
    writeReleaseNote(folder, "istiod", note);
    expect(readReleaseNote(folder, "istiod")).toEqual(note);
    const file = join(folder, "releases", "istiod.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, '{"signat');
    expect(readReleaseNote(folder, "istiod")).toBeUndefined();
  });

  it("shows what was changed and what is gone", () => {
    const note = { signatures: signaturesOf(released, place), secrets: [] };
    expect(changedSince(note, released)).toEqual([]);
    const now = new Map(released).set("Service istio-system/istiod", { ...mine, uid: "9" });
    now.delete("Deployment.apps istio-system/istiod");
    expect(changedSince(note, now)).toEqual([
      "Deployment.apps istio-system/istiod",
      "Service istio-system/istiod",
    ]);
  });
});

describe("knownReleases", () => {
  const gone = new Map(released);
  gone.delete("Deployment.apps istio-system/istiod");

  it("counts a release of which something is gone once more, and only that one", () => {
    writeReleaseNote(folder, "istiod", { signatures: signaturesOf(released, place), secrets: [] });
    expect(knownReleases(folder, { istiod: 2, metallb: 1 }, look(gone))).toEqual({
      stackFolder: folder,
      changed: { istiod: ["Deployment.apps istio-system/istiod"] },
      mended: { istiod: 3, metallb: 1 },
    });
  });

  it.each([
    ["nothing was noted", false, look(gone)],
    ["the cluster was not asked", true, undefined],
    ["all is as noted", true, look(released)],
  ])("counts nothing where %s", (_, noted, asked) => {
    const note = { signatures: signaturesOf(released, place), secrets: [] };
    if (noted) writeReleaseNote(folder, "istiod", note);
    const known = knownReleases(folder, { istiod: 1 }, asked);
    expect([known.changed, known.mended]).toEqual([{}, { istiod: 1 }]);
  });
});
