import { describe, expect, it } from "vitest";
import {
  decide,
  forbidsInstalling,
  lacksSysResource,
  releaseField,
} from "../../hack/engine/decide.ts";
import type { EngineFacts } from "../../hack/engine/decide.ts";

/** A bare Debian machine, root, no engine. */
const bare: EngineFacts = {
  answers: false,
  fault: undefined,
  dockerHost: undefined,
  installed: false,
  local: false,
  defaultRuntime: undefined,
  root: true,
  distribution: "debian",
  systemd: false,
  handsOff: false,
  lacksSysResource: false,
};

const stopped: EngineFacts = {
  ...bare,
  installed: true,
  fault: "Cannot connect to the Docker daemon. Is the docker daemon running?",
};

const running: EngineFacts = { ...stopped, answers: true, local: true, defaultRuntime: "runc" };

describe("the engine", () => {
  it.each<[string, EngineFacts, string]>([
    ["none, on Debian as root", bare, "install and start"],
    ["none, on Ubuntu as root", { ...bare, distribution: "ubuntu" }, "install and start"],
    ["stopped, as root", stopped, "start"],
    ["stopped under systemd", { ...stopped, systemd: true }, "start"],
    ["stopped, without CAP_SYS_RESOURCE", { ...stopped, lacksSysResource: true }, "start"],
    ["running", running, "nothing"],
    ["running, hands off, not root", { ...running, handsOff: true, root: false }, "nothing"],
    [
      "running right, without CAP_SYS_RESOURCE",
      { ...running, lacksSysResource: true, defaultRuntime: "istio-lab" },
      "nothing",
    ],
    [
      "running elsewhere, without CAP_SYS_RESOURCE here",
      { ...running, lacksSysResource: true, local: false },
      "nothing",
    ],
  ])("%s", (_case, facts, what) => {
    expect(decide(facts)).toEqual({ do: what });
  });

  it.each<[string, EngineFacts, RegExp]>([
    ["none, not root", { ...bare, root: false }, /^no container engine found: run this as root/],
    [
      "none, hands off",
      { ...bare, handsOff: true },
      /^no container engine found: LAB_NO_INSTALL forbids installing one; install D/,
    ],
    [
      "none, on Fedora",
      { ...bare, distribution: "fedora" },
      /^no container engine found: install D/,
    ],
    ["none, on macOS", { ...bare, distribution: "" }, /^no container engine found: install Docker/],
    [
      "stopped, not root",
      { ...stopped, root: false },
      /^the container engine is installed but not/,
    ],
    ["stopped, hands off", { ...stopped, handsOff: true }, /installed but not running: start it/],
    [
      "no permission",
      { ...stopped, root: false, fault: "permission denied while trying to connect to the socket" },
      /^no permission to use the container engine: .*usermod -aG docker/,
    ],
    [
      "the user's own is away",
      { ...stopped, dockerHost: "tcp://192.0.2.1:2375" },
      /answers at DOCKER_HOST=tcp:\/\/192\.0\.2\.1:2375/,
    ],
    [
      "running with plain runc, without CAP_SYS_RESOURCE",
      { ...running, lacksSysResource: true },
      /CAP_SYS_RESOURCE.*stop it/,
    ],
    [
      "stopped under systemd, without CAP_SYS_RESOURCE",
      { ...stopped, systemd: true, lacksSysResource: true },
      /CAP_SYS_RESOURCE.*daemon\.json/,
    ],
  ])("is a fault of the user's to mend: %s", (_case, facts, message) => {
    const decision = decide(facts);
    expect(decision).toMatchObject({
      do: "fail",
      message: expect.stringMatching(message) as string,
    });
    expect(JSON.stringify(decision)).not.toContain("\\n");
  });
});

describe("LAB_NO_INSTALL", () => {
  it.each([
    [undefined, false],
    ["", false],
    ["0", false],
    ["false", false],
    ["False", false],
    ["1", true],
    ["true", true],
    ["yes", true],
  ])("%j forbids installing: %s", (value, forbids) => {
    expect(forbidsInstalling(value)).toBe(forbids);
  });
});

describe("CapBnd", () => {
  it.each([
    ["CapEff:\t0000000000000000\nCapBnd:\t000001ffffffffff\n", false],
    ["CapBnd:\t000001fffeffffff\n", true],
    // What Docker gives a container that is not privileged.
    ["CapBnd:\t00000000a80425fb\n", true],
    // Only that one.
    ["CapBnd:\t0000000001000000\n", false],
    // No /proc, as on macOS.
    ["", false],
  ])("%j lacks CAP_SYS_RESOURCE: %s", (status, lacks) => {
    expect(lacksSysResource(status)).toBe(lacks);
  });
});

describe("os-release", () => {
  const text = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n';

  it.each([
    ["ID", "debian"],
    ["VERSION_ID", "12"],
    ["PRETTY_NAME", "Debian GNU/Linux 12 (bookworm)"],
    ["NAME", ""],
  ])("%s", (name, value) => {
    expect(releaseField(text, name)).toBe(value);
  });
});
