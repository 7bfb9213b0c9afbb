import { expect, it } from "vitest";
import { checkTable } from "../../../hack/lab/doctor/table.ts";

it("shows every check with its hint, without colours", () => {
  const text = checkTable([
    { id: "memory", status: "ok", found: "22.2 GiB available" },
    { id: "openssl", status: "warn", found: "no openssl", hint: "apt-get install openssl" },
  ]);
  const cells = text
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) => line.split("│").map((cell) => cell.trim()));
  expect(cells).toEqual([
    ["", "check", "status", "found", "hint", ""],
    ["", "memory", "ok", "22.2 GiB available", "", ""],
    ["", "openssl", "warn", "no openssl", "apt-get install openssl", ""],
  ]);
});
