import type { TestProject } from "vitest/node";
import { inventory, type EngineInventory } from "./engine.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What the container engine held before any test began. */
    engineBefore: EngineInventory;
  }
}

/** Global set-up of the last end-to-end test. */
export default async function noteEngine(project: TestProject): Promise<void> {
  project.provide("engineBefore", await inventory());
}
