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
import type { FakeContainer, FakeState } from "./fake-engine.ts";

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
  /** Changes what the fake engine has. */
  set(change: Partial<FakeState>): void;
  state(): FakeState;
  remove(): void;
}

const nothing: FakeState = { answers: true, kindFails: false, containers: [], changes: [] };

/** A machine with a fake `docker` and `kind`, see fake-engine.ts. */
export function fakeMachine(): FakeMachine {
  const folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
  const bin = join(folder, "bin");
  const file = join(folder, "engine.json");
  mkdirSync(bin);
  writeFileSync(file, JSON.stringify(nothing));

  const state = (): FakeState => JSON.parse(readFileSync(file, "utf8")) as FakeState;
  const command = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const engine = resolve("test/support/fake-engine.ts");
  for (const name of ["docker", "kind"]) {
    command(name, `exec "${process.execPath}" --no-warnings "${engine}" ${name} "$@"`);
  }
  return {
    folder,
    command,
    state,
    set: (change) => {
      writeFileSync(file, JSON.stringify({ ...state(), ...change }));
    },
    run: (script, env) => {
      const { promise, resolve: done } = Promise.withResolvers<Ended>();
      const options = { env: { PATH: `${bin}:/usr/bin:/bin`, FAKE_STATE: file, ...env } };
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

/** The control plane container of a kind cluster. @param owner what is mounted at the lab's mark, if anything */
export function controlPlane(cluster: string, id: string, owner?: string): FakeContainer {
  return {
    id: id.padEnd(64, "0"),
    name: `${cluster}-control-plane`,
    labels: { "io.x-k8s.kind.cluster": cluster, "io.x-k8s.kind.role": "control-plane" },
    mounts: owner === undefined ? {} : { "/etc/istio-lab": owner },
    running: true,
  };
}

/** The files of a folder that are there, of those asked for. */
export function present(folder: string, files: readonly string[]): string[] {
  return files.filter((file) => existsSync(join(folder, file)));
}
