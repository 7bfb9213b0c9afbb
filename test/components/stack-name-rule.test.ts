import { expect, it } from "vitest";
import { stackNameFits } from "../../components/stack-name-rule.ts";

it.each(["dev", "Two", "a_b.c-1", "a".repeat(63)])("takes the stack %s", (stack) => {
  expect(stackNameFits({}, { stack })).toEqual([]);
});

it.each(["_dev", "dev-", ".", "..", "a".repeat(64), "state", "pulumi-home"])(
  "refuses the stack %s, which no label or no folder can have",
  (stack) => {
    expect(stackNameFits({}, { stack })).toMatchObject([
      { problem: expect.stringContaining(`"${stack}"`) as string, fix: "pulumi stack rename NAME" },
    ]);
  },
);
