import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkReportFiles, writeReports } from "../../hack/tour/report-files.ts";
import { sampleTour } from "./sample-step.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-reports-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("report files", () => {
  it("are those that are asked for, where the user stands, in folders that are made", () => {
    vi.stubEnv("INIT_CWD", folder);
    const files = { json: "new/tour.json", report: join(folder, "tour.html") };
    checkReportFiles(files);
    writeReports(files, sampleTour());
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    expect(JSON.parse(read("new/tour.json"))).toEqual(JSON.parse(JSON.stringify(sampleTour())));
    expect(read("tour.html")).toMatch(/^<!doctype html>/);
  });

  it("keep what is in them until the tour is over", () => {
    const json = join(folder, "tour.json");
    writeFileSync(json, "before");
    checkReportFiles({ json });
    expect(readFileSync(json, "utf8")).toBe("before");
  });

  it("that can't be written are refused with option and file", () => {
    mkdirSync(join(folder, "tour.xml"));
    expect(() => {
      checkReportFiles({ junit: join(folder, "tour.xml") });
    }).toThrow(/^--junit .*tour\.xml can't be written: EISDIR/);
  });
});
