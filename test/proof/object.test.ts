import { describe, expect, it } from "vitest";
import type { ObjectCheck } from "../../components/scenarios/checks/cluster.ts";
import { judgeObject } from "../../hack/proof/checks/object.ts";
import { looked } from "./look-once.ts";

describe("object", () => {
  const check = { kind: "object", resource: "statefulset" } as const;
  const document = { kind: "StatefulSet", metadata: { name: "httpbin" }, status: { replicas: 2 } };
  const replicas = (equals: number): ObjectCheck => ({
    ...check,
    expect: [{ path: "status.replicas", equals }],
  });

  it.each([
    ["what is there", document, check, true, "StatefulSet/httpbin"],
    ["what is as expected", document, replicas(2), true, "status.replicas = 2"],
    ["what is not as expected", document, replicas(3), false, "status.replicas = 2"],
    ["what is missing", undefined, check, false, "nothing found"],
    ["what is missing as it must be", undefined, { ...check, absent: true }, true, "nothing found"],
    ["what must not be there", document, { ...check, absent: true }, false, "StatefulSet/httpbin"],
    ["an empty list", { items: [] }, check, false, "nothing found"],
    [
      "an empty list as it must be",
      { items: [] },
      { ...check, absent: true },
      true,
      "nothing found",
    ],
    [
      "a list that must be empty",
      { items: [document] },
      { ...check, absent: true },
      false,
      "StatefulSet/httpbin",
    ],
    [
      "an empty list that is expected",
      { items: [] },
      { ...check, expect: [{ path: "items", absent: true }] },
      true,
      "items = []",
    ],
  ] as const)("judges %s", (_, found, given, passed, observed) => {
    expect(judgeObject(found, given)).toMatchObject({ passed, observed });
  });

  it("asks kubectl, and never shows what a Secret holds", async () => {
    const secret = {
      kind: "Secret",
      metadata: { name: "pair", annotations: { copy: "c2VjcmV0" } },
      data: { "tls.key": "c2VjcmV0" },
    };
    const expected = [{ path: "items[*].data", equals: {} }, { path: "items[*].metadata" }];
    const { look, commands } = looked(
      {
        kind: "object",
        resource: "secrets",
        namespace: "istio-system",
        selector: "a=b",
        expect: expected,
      },
      () => JSON.stringify({ kind: "List", items: [secret] }),
    );
    const seen = await look;
    expect(seen.passed).toBe(false);
    expect(JSON.stringify(seen)).not.toContain("c2VjcmV0");
    expect(commands[0]?.args.slice(4)).toEqual(
      "get secrets --namespace istio-system --selector a=b -o json".split(" "),
    );
  });

  it("takes no other fault than a missing object for absence", async () => {
    const absent = { kind: "object", resource: "pod", name: "x", absent: true } as const;
    const notFound = { exitCode: 1, stderr: 'Error from server (NotFound): pods "x" not found' };
    expect(await looked(absent, () => notFound).look).toEqual({
      passed: true,
      observed: "nothing found",
    });
    const unknown = { exitCode: 1, stderr: `error: the server doesn't have a resource type "pod"` };
    await expect(looked(absent, () => unknown).look).rejects.toThrow(
      "doesn't have a resource type",
    );
    const down = { exitCode: 1, stderr: "connection refused" };
    await expect(looked(absent, () => down).look).rejects.toThrow("connection refused");
  });
});
