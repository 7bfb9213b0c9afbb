import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** By name: the end-to-end files are numbered, the longest first. */
class ByName extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId)));
  }
}

const endToEnd = { testTimeout: 300_000, hookTimeout: 600_000 };

/**
 * Four levels: `unit` needs nothing, `engine` the real Pulumi CLI and provider, `e2e` a container engine too, and
 * `official` root on Linux, for an internet of its own.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: ByName },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/engine/**", "test/e2e/**", "test/official/**"],
          testTimeout: 20_000,
          // Most of a unit file's time is loading Pulumi's SDK: once a worker, not once a file.
          isolate: false,
          maxWorkers: "100%",
          // One level after the other: the next would only take its processors.
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          maxWorkers: "100%",
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          exclude: ["test/e2e/9-*.test.ts"],
          ...endToEnd,
          // Each file has a lab of its own, with its own cluster and host ports; much of the time they wait.
          maxWorkers: 2,
          sequence: { groupOrder: 2, concurrent: false, shuffle: false },
        },
      },
      {
        test: {
          name: "official",
          include: ["test/official/**/*.test.ts"],
          ...endToEnd,
          // Images come over the network there, and npm's packages.
          testTimeout: 600_000,
          sequence: { groupOrder: 3, concurrent: false, shuffle: false },
        },
      },
      {
        test: {
          name: "e2e-after",
          include: ["test/e2e/9-*.test.ts"],
          globalSetup: "test/e2e/support/note-engine.ts",
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
