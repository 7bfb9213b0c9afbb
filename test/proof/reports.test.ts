import { describe, expect, it } from "vitest";
import { drawLines } from "../../hack/proof/live-lines.ts";
import { proofReport } from "../../hack/proof/report-json.ts";
import { junitReport } from "../../hack/proof/report-junit.ts";
import { proofTable, summaryLine } from "../../hack/proof/report-table.ts";
import type { Result } from "../../hack/proof/run-proof.ts";
import { labOutputs } from "./fake-lab.ts";

const passed: Result = {
  name: "it answers",
  status: "passed",
  expected: "200",
  observed: "200",
  reason: "",
  tries: 3,
  seconds: 0.25,
};
const failed: Result = {
  ...passed,
  name: "it is <closed>",
  status: "failed",
  expected: "exit 60",
  observed: "200",
  reason: "curl exit 0 is not 60",
  tries: 12,
  seconds: 60.04,
};
const skipped: Result = {
  ...passed,
  name: "graph",
  status: "skipped",
  expected: "edges",
  observed: "",
  reason: "no web UI",
  tries: 0,
  seconds: 0,
};
const report = proofReport(labOutputs(), [passed, failed, skipped]);

describe("the JSON report", () => {
  it("is this", () => {
    expect(report).toEqual({
      scenario: "statefulset-ingress",
      step: "ingress",
      supply: "official",
      versions: { kind: "0.33.0, downloaded" },
      results: [passed, failed, skipped],
      summary: { passed: 1, failed: 1, skipped: 1 },
    });
  });
});

describe("the JUnit report", () => {
  it("is this", () => {
    expect(junitReport(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="0" skipped="1">
  <testsuite name="statefulset-ingress/ingress" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="statefulset-ingress.ingress" name="it answers" time="0.25"/>
    <testcase classname="statefulset-ingress.ingress" name="it is &lt;closed>" time="60.04">
      <failure message="curl exit 0 is not 60" type="proof"><![CDATA[expected: exit 60
observed: 200]]></failure>
    </testcase>
    <testcase classname="statefulset-ingress.ingress" name="graph" time="0">
      <skipped/>
      <system-out><![CDATA[no web UI]]></system-out>
    </testcase>
  </testsuite>
</testsuites>`);
  });
});

describe("the table", () => {
  it("is this, without colours", () => {
    expect(proofTable(report, { width: 92, colours: false })).toBe(
      `
┌─────────┬────────────────────┬────────────────────┬────────────────────┬───────┬─────────┐
│ status  │ name               │ expected           │ observed           │ tries │ seconds │
├─────────┼────────────────────┼────────────────────┼────────────────────┼───────┼─────────┤
│ passed  │ it answers         │ 200                │ 200                │     3 │     0.3 │
├─────────┼────────────────────┼────────────────────┼────────────────────┼───────┼─────────┤
│ failed  │ it is <closed>     │ exit 60            │ 200                │    12 │    60.0 │
│         │                    │                    │ curl exit 0 is not │       │         │
│         │                    │                    │ 60                 │       │         │
├─────────┼────────────────────┼────────────────────┼────────────────────┼───────┼─────────┤
│ skipped │ graph              │ edges              │ no web UI          │     0 │     0.0 │
└─────────┴────────────────────┴────────────────────┴────────────────────┴───────┴─────────┘
`.trim(),
    );
  });

  it("colours the status on a terminal", () => {
    const table = proofTable(report, { colours: true });
    expect(table).toContain("\u001B[32mpassed");
    expect(table).toContain("\u001B[31mfailed");
    expect(table).toContain("\u001B[33mskipped");
  });

  it("is summed up in a line", () => {
    expect(summaryLine(report)).toBe("1 passed, 1 failed, 1 skipped");
  });
});

describe("the live lines", () => {
  const look = { passed: false, observed: "exit 7: refused" };
  const running = new Map(["a", "b", "c"].map((name) => [name, { look, tries: 2 }] as const));

  it("show how far the proof is, and the rows that run, as many as fit", () => {
    const soFar = { total: 6, finished: [passed, failed], running };
    expect(drawLines(soFar, { columns: 80, rows: 4 })).toEqual([
      "proving: 2 of 6 done, 1 failed",
      "  … a: try 2: exit 7: refused",
      "  … b: try 2: exit 7: refused",
    ]);
  });

  it("are never wider than the terminal", () => {
    const one = {
      total: 1,
      finished: [],
      running: new Map([["a", { look: { ...look, passed: true }, tries: 1 }]]),
    };
    expect(drawLines(one, { columns: 20, rows: 9 })).toEqual([
      "proving: 0 of 1 do…",
      "  ✔ a: try 1: exit…",
    ]);
  });
});
