import { defineConfig } from "vitest/config";

/** Three levels: `unit` needs nothing, `engine` the real Pulumi CLI and provider, `e2e` a container engine too. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/engine/**", "test/e2e/**"],
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
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          // One machine, one pair of host ports: files run one after another, in the order of their names.
          fileParallelism: false,
          sequence: { groupOrder: 2, concurrent: false, shuffle: false },
        },
      },
    ],
  },
});
