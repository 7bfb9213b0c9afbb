import { expect, it } from "vitest";
import { UserError } from "../../hack/toolchain/phase.ts";
import { currentPlatform, goArch } from "../../hack/toolchain/platform.ts";

it.each([
  ["linux", "x64", "amd64"],
  ["linux", "arm64", "arm64"],
  ["darwin", "x64", "amd64"],
  ["darwin", "arm64", "arm64"],
])("takes %s/%s", (os, arch, go) => {
  const platform = currentPlatform(os, arch);
  expect(platform).toEqual({ os, arch });
  expect(goArch(platform)).toBe(go);
});

it.each([
  ["win32", "x64"],
  ["linux", "riscv64"],
])("refuses %s/%s and says what to do", (os, arch) => {
  expect(() => currentPlatform(os, arch)).toThrow(UserError);
  expect(() => currentPlatform(os, arch)).toThrow(`this machine is ${os}/${arch}`);
});
