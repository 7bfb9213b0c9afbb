import { UserError } from "./phase.ts";

/** An operating system and processor the lab's tools are published for. */
export interface Platform {
  readonly os: "linux" | "darwin";
  readonly arch: "x64" | "arm64";
}

/**
 * This machine, in Node's words.
 * @throws UserError where the tools are not published for it
 */
export function currentPlatform(
  os: string = process.platform,
  arch: string = process.arch,
): Platform {
  if ((os === "linux" || os === "darwin") && (arch === "x64" || arch === "arm64")) {
    return { os, arch };
  }
  throw new UserError(
    `this machine is ${os}/${arch}: the lab runs on linux and darwin (macOS), x64 and arm64. ` +
      "On Windows, use a Linux distribution under WSL 2.",
  );
}

/** The processor as Go projects name it in their release files. */
export function goArch(platform: Platform): "amd64" | "arm64" {
  return platform.arch === "x64" ? "amd64" : "arm64";
}
