import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A node of a kind cluster as the fake engine keeps it. */
export interface FakeNode {
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly role: string;
  /** What is mounted at the lab's mark, "" for nothing. */
  readonly owner: string;
  readonly running: boolean;
}

/** All that the fake engine knows. */
export interface FakeState {
  /** @default true */
  readonly answers: boolean;
  /** `kind create cluster` fails after it made its nodes. */
  readonly kindFails: boolean;
  readonly nodes: readonly FakeNode[];
  /** The network `kind`, where there is one: its label `istio-lab`, "" for none. */
  readonly network?: string | undefined;
  /** How making the network fails: another lab makes it first or takes it along, or there is no room for one. */
  readonly networkFails?: "too-late" | "taken-away" | "no-room";
  /** A container that holds the network. @default false */
  readonly holder?: boolean;
  /** The engine has no node image yet. @default false */
  readonly noImage?: boolean;
}

/** How a script ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder with fake commands before the real ones on PATH. */
export interface FakeMachine {
  /** The folder, for a test's own files. */
  readonly folder: string;
  /** Puts a shell script on PATH. */
  command(name: string, script: string): void;
  /** Runs a script of the checkout with `sh`. */
  run(script: string, env: Readonly<Record<string, string>>): Promise<Ended>;
  /** Says what the fake engine has; what is left out is as on a new machine. */
  set(state: Partial<FakeState>): void;
  nodes(): FakeNode[];
  network(): string | undefined;
  /** Whether a container holds the network. */
  holder(): boolean;
  /** Every call that changed something, oldest first. */
  changes(): string[];
  remove(): void;
}

/** A machine with a fake `docker` and `kind`, see fake-engine.sh. */
export function fakeMachine(): FakeMachine {
  const folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
  const bin = join(folder, "bin");
  const engine = join(folder, "engine");
  mkdirSync(bin);

  const command = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  for (const name of ["docker", "kind"]) {
    command(name, `exec sh "${resolve("test/support/fake-engine.sh")}" ${name} "$@"`);
  }
  const set = (state: Partial<FakeState>): void => {
    rmSync(engine, { recursive: true, force: true });
    mkdirSync(engine);
    const {
      answers = true,
      kindFails = false,
      nodes = [],
      network,
      networkFails,
      holder = false,
      noImage = false,
    } = state;
    writeFileSync(join(engine, "containers"), nodes.map(lineOf).join(""));
    writeFileSync(join(engine, "changes"), "");
    if (noImage) writeFileSync(join(engine, "no-image"), "");
    if (holder) writeFileSync(join(engine, "holders"), "holder\n");
    if (!answers) writeFileSync(join(engine, "silent"), "");
    if (kindFails) writeFileSync(join(engine, "kind-fails"), "");
    if (networkFails !== undefined) writeFileSync(join(engine, `network-${networkFails}`), "");
    if (network !== undefined) writeFileSync(join(engine, "network"), network);
  };
  set({});
  const lines = (file: string): string[] =>
    readFileSync(join(engine, file), "utf8").split("\n").slice(0, -1);
  return {
    folder,
    command,
    set,
    nodes: () => lines("containers").map(nodeOf),
    network: () =>
      present(engine, ["network"])
        .map((file) => readFileSync(join(engine, file), "utf8"))
        .at(0),
    holder: () => existsSync(join(engine, "holders")),
    changes: () => lines("changes"),
    run: (script, env) => {
      const { promise, resolve: done } = Promise.withResolvers<Ended>();
      const options = { env: { PATH: `${bin}:/usr/bin:/bin`, FAKE_ENGINE: engine, ...env } };
      const child = execFile("/bin/sh", [script], options, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
      child.stdin?.end();
      return promise;
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** The control plane node of a kind cluster. @param owner what is mounted at the lab's mark */
export function controlPlane(cluster: string, id: string, owner = ""): FakeNode {
  const role = "control-plane";
  return {
    id: id.padEnd(64, "0"),
    name: `${cluster}-${role}`,
    cluster,
    role,
    owner,
    running: true,
  };
}

/** The first worker of a kind cluster. @param owner what is mounted at the lab's mark */
export function worker(cluster: string, id: string, owner = ""): FakeNode {
  return { ...controlPlane(cluster, id, owner), name: `${cluster}-worker`, role: "worker" };
}

/** The files of a folder that are there, of those asked for. */
export function present(folder: string, files: readonly string[]): string[] {
  return files.filter((file) => existsSync(join(folder, file)));
}

function lineOf({ id, name, cluster, role, owner, running }: FakeNode): string {
  return `${[id, name, cluster, role, owner, String(running)].join("\t")}\n`;
}

function nodeOf(line: string): FakeNode {
  const [id = "", name = "", cluster = "", role = "", owner = "", running] = line.split("\t");
  return { id, name, cluster, role, owner, running: running === "true" };
}
