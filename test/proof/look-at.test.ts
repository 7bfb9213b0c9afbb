import { describe, expect, it } from "vitest";
import { lookAt } from "../../hack/proof/look-at.ts";
import { pod } from "./fake-lab.ts";
import { looked, row, since } from "./look-once.ts";

describe("lookAt", () => {
  it("looks for the caller's pod anew after a look that failed", async () => {
    const check = {
      kind: "http",
      caller: { from: "pod", app: "sleep" },
      url: "http://a",
      expect: {},
    } as const;
    const { look, commands, lab } = looked(check, ({ args }) =>
      args.includes("exec")
        ? { exitCode: 1, stderr: "gone" }
        : JSON.stringify({ items: [pod("sleep-1")] }),
    );
    await expect(look).rejects.toThrow("gone");
    await expect(lookAt(lab, row(check), since)).rejects.toThrow("gone");
    expect(commands.filter(({ args }) => args.includes("pods"))).toHaveLength(2);
  });
});
