/** What is known about the container engine and this machine; gathered by facts.ts. */
export interface EngineFacts {
  /** `docker version` reached an engine. */
  readonly answers: boolean;
  /** What `docker version` said instead, or undefined where there is no docker command. */
  readonly fault: string | undefined;
  /** DOCKER_HOST: an engine that the user chose. */
  readonly dockerHost: string | undefined;
  /** There is a dockerd on this machine. */
  readonly installed: boolean;
  /** The engine that answers is a process of this machine, so it has this machine's capabilities. */
  readonly local: boolean;
  /** Runtime that containers get, such as "runc". */
  readonly defaultRuntime: string | undefined;
  readonly root: boolean;
  /** ID in /etc/os-release, such as "debian". */
  readonly distribution: string;
  /** systemd runs the services here. */
  readonly systemd: boolean;
  /** LAB_NO_INSTALL forbids it: this machine is to be left as it is. */
  readonly handsOff: boolean;
  /** CAP_SYS_RESOURCE is not in the bounding set: plain runc can't start a kind node. */
  readonly lacksSysResource: boolean;
}

/** What set-up does about the engine. */
export type EngineDecision =
  | { readonly do: "nothing" }
  | { readonly do: "start" }
  | { readonly do: "install and start" }
  | { readonly do: "fail"; readonly message: string };

/** Distributions whose package `docker.io` is known to work. */
const installable: readonly string[] = ["debian", "ubuntu"];

/** The service manager can't be given a runtime on its command line; its configuration belongs to the user. */
const runtimeHint = "this machine lacks CAP_SYS_RESOURCE, which a kind node asks for: ";

/** Decides what to do about the engine: use it, start it, install it, or say what the user has to do. */
export function decide(facts: EngineFacts): EngineDecision {
  if (facts.answers) return useRunning(facts);
  if (/permission denied/i.test(facts.fault ?? "")) {
    return fail(
      "no permission to use the container engine: run this as root, or join its group " +
        "(sudo usermod -aG docker $USER) and log in again",
    );
  }
  if (facts.dockerHost !== undefined) {
    return fail(
      `no container engine answers at DOCKER_HOST=${facts.dockerHost}: start it, or unset DOCKER_HOST to use the local one`,
    );
  }
  if (!facts.installed) return install(facts);
  if (!facts.root || facts.handsOff || facts.distribution === "") {
    return fail(
      "the container engine is installed but not running: start it (sudo systemctl start docker, or Docker Desktop) and run this again",
    );
  }
  return start(facts, "start");
}

/** Whether LAB_NO_INSTALL, given its value, keeps the lab from installing and starting things: anything but 0 and false. */
export function forbidsInstalling(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value.toLowerCase());
}

/** Whether CAP_SYS_RESOURCE (24) is missing from the bounding set, given /proc/self/status. */
export function lacksSysResource(status: string): boolean {
  const set = /^CapBnd:\s*([0-9a-f]+)$/im.exec(status)?.[1];
  if (set === undefined) return false;
  return ((BigInt(`0x${set}`) >> 24n) & 1n) === 0n;
}

/** A value of /etc/os-release without its quotes, or "". */
export function releaseField(release: string, name: string): string {
  const line = release.split("\n").find((text) => text.startsWith(`${name}=`));
  return line?.slice(name.length + 1).replaceAll(/^["']|["']$/g, "") ?? "";
}

function useRunning(facts: EngineFacts): EngineDecision {
  // A runtime of another name was put there by someone who knows, most likely by this room.
  const plain = facts.defaultRuntime === "runc" || facts.defaultRuntime === "io.containerd.runc.v2";
  if (!facts.lacksSysResource || !facts.local || !plain) return { do: "nothing" };
  return fail(
    `${runtimeHint}the engine that runs here was started without the runtime that leaves it out; stop it (kill dockerd) and run this again, which starts it right`,
  );
}

function install(facts: EngineFacts): EngineDecision {
  const { root, handsOff, distribution } = facts;
  if (root && !handsOff && installable.includes(distribution)) {
    return start(facts, "install and start");
  }
  const why = installable.includes(distribution)
    ? handsOff
      ? "LAB_NO_INSTALL forbids installing one; "
      : "run this as root to have one installed, or "
    : "";
  return fail(
    `no container engine found: ${why}install Docker (https://docs.docker.com/engine/install/) and run this again`,
  );
}

function start(facts: EngineFacts, what: "start" | "install and start"): EngineDecision {
  if (facts.systemd && facts.lacksSysResource) {
    return fail(
      `${runtimeHint}under systemd, register hack/engine/runc-without-sys-resource.sh as default-runtime in /etc/docker/daemon.json, start docker and run this again`,
    );
  }
  return { do: what };
}

function fail(message: string): EngineDecision {
  return { do: "fail", message };
}
