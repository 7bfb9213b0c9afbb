import { defineConfig } from "vitest/config";

const endToEnd = { testTimeout: 300_000, hookTimeout: 600_000 };

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
          // Looks at everything the container engine holds, so it has the machine to itself.
          include: ["test/e2e/1-*.test.ts"],
          ...endToEnd,
          sequence: { groupOrder: 2, concurrent: false, shuffle: false },
        },
      },
      {
        test: {
          name: "e2e-beside",
          include: ["test/e2e/**/*.test.ts"],
          exclude: ["test/e2e/1-*.test.ts"],
          ...endToEnd,
          // Each file has a lab of its own, with its own cluster and host ports; much of the time they wait.
          maxWorkers: 2,
          sequence: { groupOrder: 3, concurrent: false, shuffle: false },
        },
      },
    ],
  },
});
