import { describe, expect, it } from "vitest";
import { atMost } from "../../hack/proof/at-most.ts";

describe("atMost", () => {
  it("starts the next task when one ends, also when it fails", async () => {
    const inTurn = atMost(2);
    const log: string[] = [];
    const first = Promise.withResolvers<string>();
    const second = Promise.withResolvers<string>();
    const runs = [first, second].map(({ promise }, index) =>
      inTurn(() => {
        log.push(`start ${index}`);
        return promise;
      }),
    );
    const third = inTurn(() => {
      log.push("start 2");
      return Promise.resolve("third");
    });
    await Promise.resolve();
    expect(log).toEqual(["start 0", "start 1"]);
    second.reject(new Error("broken"));
    await expect(runs[1]).rejects.toThrow("broken");
    expect(await third).toBe("third");
    expect(log).toEqual(["start 0", "start 1", "start 2"]);
    first.resolve("first");
    expect(await runs[0]).toBe("first");
    expect(await inTurn(() => Promise.resolve("free again"))).toBe("free again");
  });
});
