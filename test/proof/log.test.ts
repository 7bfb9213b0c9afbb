import { describe, expect, it } from "vitest";
import { judgeLog } from "../../hack/proof/checks/log.ts";
import { looked } from "./look-once.ts";

describe("log", () => {
  const check = { kind: "log", app: "a", container: "c", contains: "id-1" } as const;
  it.each([
    ["id-1 a\nb\nid-1 c\n", { atLeast: 2 }, true, '2 lines with "id-1"'],
    ["id-1 a\n", { atLeast: 2 }, false, '1 lines with "id-1"'],
    ["id-1 a\nid-1 b\n", { atLeast: 1, atMost: 1 }, false, '2 lines with "id-1"'],
    ["", { atLeast: 0, atMost: 0 }, true, '0 lines with "id-1"'],
  ])("row %#", (log, count, passed, observed) => {
    expect(judgeLog(log, { ...check, count })).toMatchObject({ passed, observed });
  });

  it("reads all pods' lines since then; no pod is not an empty log", async () => {
    const none = { ...check, count: { atLeast: 0, atMost: 0 } };
    const { look, commands } = looked(none, () => "other\n");
    expect((await look).passed).toBe(true);
    expect(commands[0]?.args.slice(4).join(" ")).toBe(
      "logs --namespace default --selector app=a --container c --tail -1 --max-log-requests 50 --since-time 2026-01-02T03:04:05.000Z",
    );
    const missing = { stderr: "No resources found in default namespace." };
    await expect(looked(none, () => missing).look).rejects.toThrow("No resources found");
  });
});
