import { expect, inject, it } from "vitest";
import { inventory } from "./support/engine.ts";

// Runs when all labs of these tests are gone.
it.each(["containers", "volumes", "networks"] as const)("no %s are left behind", async (kind) => {
  const before = inject("engineBefore");
  const after = await inventory();
  // What an earlier, interrupted lab left may have gone along.
  expect(after[kind].filter((name) => !before[kind].includes(name))).toEqual([]);
});
