import { describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../../components/kubernetes-manifest.ts";
import { isObject, objectName } from "../../../components/stage/object-key.ts";
import { deploy, everyStep } from "../../support/every-step.ts";
import { manifestFiles, objectsOf } from "../../support/manifest-files.ts";
import type { Registration } from "../../support/mocks.ts";

/** True where `actual` has all that `expected` has; lists are as long as each other. */
function contains(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  if (typeof actual !== "object" || actual === null) return false;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([key, value]) =>
    contains((actual as Record<string, unknown>)[key], value),
  );
}

let made: Promise<readonly Registration[]> | undefined;

/** Every object that any step makes, each way it is made once. */
async function everyObject(): Promise<readonly Registration[]> {
  const all = new Map<string, Registration>();
  for (const one of everyStep) {
    // A step that can't be built has tests of its own; the manifests of the others are looked at all the same.
    const { registered } = await deploy(one).catch(() => ({ registered: [] }));
    for (const registration of registered) {
      all.set(JSON.stringify([registration.type, registration.inputs]), registration);
    }
  }
  return [...all.values()].filter(({ type }) => isObject(type));
}

describe("no YAML that nobody uses", { timeout: 120_000 }, () => {
  it.each(manifestFiles)(
    "%s: some step makes each of its objects as it stands there",
    async (file) => {
      const all = await (made ??= everyObject());
      const used = (object: KubernetesObject): boolean =>
        all.some(
          ({ name, inputs }) => name === objectName(object.metadata) && contains(inputs, object),
        );
      const dead = objectsOf(file).filter((object) => !used(object));
      expect(dead.map(({ kind, metadata }) => `${kind} ${objectName(metadata)}`)).toEqual([]);
    },
  );
});
