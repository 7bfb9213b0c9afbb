import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../hack/toolchain/paths.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";

const text = readFileSync(join(root, "README.md"), "utf8");

/** Lines of the shell blocks, in order. */
const commands = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
  block.split("\n").filter(Boolean),
);

/** Rows of the table of steps: config, how to see it, expected. */
const rows = [...text.matchAll(/^\| `step ([\w-]+)` \|[^|]*\| `(.*?)` \| `(.*?)` \|$/gm)].map(
  ([, step = "", command = "", expected = ""]) => ({ step, command, expected }),
);

/** What the test suite itself is run by, or what has a test of its own. */
const ranElsewhere = ["npm test", "npm run check", "npm run test:unit"];

let lab: Checkout;

beforeAll(async () => {
  lab = await freshCheckout({});
});

afterAll(async () => {
  await lab.run("npm", ["run", "down"]);
  await lab.remove();
});

describe("README", () => {
  it("has the commands and rows that this test runs", () => {
    expect(commands.slice(0, 3)).toEqual([
      "npm run up",
      "npm run down",
      'eval "$(npm run -s env)"',
    ]);
    expect(rows.map(({ step }) => step)).toEqual(["tls-assets", "app", "ingress", "observe"]);
  });

  it("brings the lab up with its first command", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "up"]);
    expect(exitCode, output).toBe(0);
  });

  it.each(rows)("step $step shows what the table says", async ({ step, command, expected }) => {
    const moved = await lab.inLab(`pulumi config set step ${step} && pulumi up --yes`);
    expect(moved.exitCode, moved.output).toBe(0);
    const seen = await lab.inLab(command);
    expect(seen.output, command).toContain(expected);
  });

  it.each(
    commands.filter(
      (command) => !["npm run up", "npm run down", ...ranElsewhere].includes(command),
    ),
  )("%s", async (command) => {
    // Without a terminal nobody can say yes.
    const { exitCode, output } = await lab.inLab(command, { PULUMI_SKIP_CONFIRMATIONS: "true" });
    expect(exitCode, output).toBe(0);
  });

  it("takes the lab down with its second command", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode, output).toBe(0);
  });
});
