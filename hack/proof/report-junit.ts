import junit from "junit-report-builder";
import type { ProofReport } from "./report-json.ts";

// The package is CommonJS and its module is the builder itself; its types say that the builder is the default
// export of that module.
const reports = junit as unknown as typeof junit.default;

/** The report as JUnit XML: one suite named scenario/step, one case a row. */
export function junitReport({ scenario, step, results }: ProofReport): string {
  const builder = reports.newBuilder();
  const suite = builder.testSuite().name(`${scenario}/${step}`);
  for (const { name, status, expected, observed, reason, seconds } of results) {
    const test = suite.testCase().className(`${scenario}.${step}`).name(name).time(seconds);
    if (status === "skipped") test.skipped().standardOutput(reason);
    if (status === "failed")
      test.failure(reason, "proof").stacktrace(`expected: ${expected}\nobserved: ${observed}`);
  }
  return builder.build();
}
