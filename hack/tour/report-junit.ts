import junit from "junit-report-builder";
import { stepName } from "./tour-report.ts";
import type { TourReport } from "./tour-report.ts";

// The package is CommonJS and its module is the builder itself; its types say otherwise.
const reports = junit as unknown as typeof junit.default;

/** The tour as JUnit XML: one suite a scenario's step; a case for the step itself and one a row of its proof. */
export function tourJunit({ steps }: TourReport): string {
  const builder = reports.newBuilder();
  for (const step of steps) {
    const suite = builder.testSuite().name(stepName(step));
    const whole = suite
      .testCase()
      .className(`${step.scenario}.${step.step}`)
      .name("step")
      .time(step.applySeconds);
    if (step.status === "skipped") whole.skipped().standardOutput(step.error);
    if (step.status === "failed") whole.failure(step.error, "step");
    for (const { name, status, expected, observed, reason, seconds } of step.results) {
      const test = suite
        .testCase()
        .className(`${step.scenario}.${step.step}`)
        .name(name)
        .time(seconds);
      if (status === "skipped") test.skipped().standardOutput(reason);
      if (status === "failed") {
        test.failure(reason, "proof").stacktrace(`expected: ${expected}\nobserved: ${observed}`);
      }
    }
  }
  return builder.build();
}
