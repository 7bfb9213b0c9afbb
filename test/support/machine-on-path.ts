import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { fakeMachine, type FakeMachine } from "./fake-machine.ts";

/** For each test of a file a fake machine of its own, whose commands this process finds before the real ones. */
export function machineOnPath(): Pick<FakeMachine, "folder" | "command"> {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = fakeMachine();
    vi.stubEnv("PATH", `${join(machine.folder, "bin")}:/usr/bin:/bin`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    machine.remove();
  });
  return {
    get folder() {
      return machine.folder;
    },
    command: (name, script) => {
      machine.command(name, script);
    },
  };
}
