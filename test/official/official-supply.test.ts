import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tools } from "../../components/versions.ts";
import { whyNoInternet } from "../../hack/lab/simulated-internet.ts";
import { fillPlaces } from "./support/files.ts";
import { fillRegistry } from "./support/images.ts";
import { newUser } from "./support/new-user.ts";
import { address, mirrorUser, proxyPort, type Fault } from "./support/places.ts";
import { newPlaces, simulate, type Simulation } from "./support/simulation.ts";

// A new user's way with the internet, on a machine within this one whose internet is simulated: official names and
// layouts, and behind them what registry-only builds.
const reason = whyNoInternet();

/** Where GitHub sends those who ask for kind. */
const release = `release-assets.githubusercontent.com/kubernetes-sigs/kind/releases/download/v${tools.kind}`;

let machine: Simulation;

describe.skipIf(reason !== undefined)(
  reason === undefined ? "a simulated internet" : `a simulated internet: ${reason}`,
  () => {
    beforeAll(async () => {
      const { folder } = newPlaces();
      machine = await simulate(folder, async () => {
        await Promise.all([
          newUser(join(folder, "home")),
          fillPlaces(join(folder, "files")),
          fillRegistry(folder, ["httpbin", "client", "fortio"]),
        ]);
      });
    });

    afterAll(() => machine.end());

    describe("a download that fails says so in one line, and nothing is half-made:", () => {
      const kind = `${release}/kind-linux-${process.arch === "x64" ? "amd64" : "arm64"}`;
      it.each<[string, string, Fault, RegExp]>([
        ["changed on the way", kind, { kind: "changed" }, /kind-linux-\w+: checksum differs/],
        ["cut short", kind, { kind: "cut", after: 1000 }, /kind-linux-\w+: cut after 0\.0 MB/],
        [
          "missing",
          `${kind}.sha256sum`,
          { kind: "status", status: 404 },
          /sha256sum: the server answered 404/,
        ],
      ])("%s", async (_, at, fault, message) => {
        await machine.behave({ faults: [{ at, fault }] });
        const { exitCode, output } = await machine.run("npm run setup");
        expect(exitCode, output).toBe(1);
        expect(output).toMatch(message);
        expect(output).not.toMatch(/^\s+at /m);
        expect(official().filter((name) => name.startsWith("kind-"))).toEqual([]);
        expect(existsSync(join(machine.folder, "home/istio-lab/.lab/supply.json"))).toBe(false);
      });
    });

    it("a place that is down for a while is asked again", async () => {
      const at = `${release}/`;
      await machine.behave({ faults: [{ at, fault: { kind: "down" } }] });
      const [{ exitCode, output }] = await Promise.all([
        machine.run(`npm run setup`),
        untilAsked(at, 4).then(() => machine.behave({})),
      ]);
      expect(exitCode, output).toBe(0);
      expect(output).toContain("ready: supply official");
    });

    it("everything comes through a proxy, where there is no other way", async () => {
      await machine.run("rm -rf .lab ~/.cache ~/.pulumi");
      await machine.behave({ reachedBy: "proxy" });
      const proxy = `http://${address}:${proxyPort}`;
      const { exitCode, output } = await machine.run("npm run setup", { HTTPS_PROXY: proxy });
      expect(exitCode, output).toBe(0);
      expect(machine.requests()).toContain("CONNECT get.pulumi.com");
      await machine.behave({});
    });

    it("npm run up finds the official supply by itself, and its proof passes", async () => {
      await machine.run("rm -rf .lab");
      const { exitCode, output } = await machine.run("npm run up");
      expect(exitCode, output).toBe(0);
      expect(output).toContain("supply: official, because all official places answer");
      expect(output).toMatch(/[1-9]\d* passed, 0 failed/);
      expect(pulled("registry-1.docker.io/v2/istio/proxyv2")).toBe(true);
    });

    it("the second time nothing changes, with nobody to reach", async () => {
      await machine.behave({ reachedBy: "nobody" });
      const { exitCode, output } = await inLab("pulumi up --yes --expect-no-changes");
      await machine.behave({});
      expect(exitCode, output).toBe(0);
    });

    describe("another scenario's image", () => {
      const at = "registry-1.docker.io/v2/fortio/fortio";

      it("is refused for a while: which one, why, and what to do", async () => {
        await machine.behave({
          faults: [{ at: `${at}/`, fault: { kind: "status", status: 429 } }],
        });
        const move = "pulumi config set scenario circuit-breaking && pulumi config set step limits";
        const { exitCode, output } = await inLab(`${move} && pulumi up --yes --skip-preview`);
        expect(exitCode, output).not.toBe(0);
        expect(output).toMatch(
          /docker\.io\/fortio\/fortio:\S+: docker\.io answers 429: .*docker login.*imageRegistry/,
        );
      });

      it("is pulled then, and the proof passes", async () => {
        await machine.behave({});
        const { exitCode, output } = await machine.run("npm run up");
        expect(exitCode, output).toBe(0);
        expect(output).toMatch(/[1-9]\d* passed, 0 failed/);
        expect(pulled(at)).toBe(true);
      });
    });

    it("npm run down leaves nothing", async () => {
      const { exitCode, output } = await machine.run("npm run down");
      expect(exitCode, output).toBe(0);
      const left = await machine.run(
        "docker ps -aq; docker volume ls -q; docker network ls -q --filter type=custom; ls -d .lab/dev",
      );
      expect(left.output).toBe("ls: cannot access '.lab/dev': No such file or directory");
    });

    describe("a mirror", () => {
      const { name, password } = mirrorUser;

      it("that wants a password: which registry, and what to do", async () => {
        await machine.behave({ mirrorAsks: true });
        await inLab("pulumi config set imageRegistry mirror.example.org/lab");
        const { exitCode, output } = await machine.run("npm run images -- mirroring");
        expect(exitCode, output).toBe(1);
        expect(output).toMatch(
          /mirror\.example\.org\/lab\/\S+: .*docker login mirror\.example\.org/,
        );
      });

      it("gives every image once it was told, and no other place is asked", async () => {
        const before = machine.requests().length;
        await machine.run(
          `echo ${password} | docker login -u ${name} --password-stdin mirror.example.org`,
        );
        const { exitCode, output } = await machine.run("npm run images -- mirroring");
        expect(exitCode, output).toBe(0);
        const hosts = machine
          .requests()
          .slice(before)
          .map((line) => line.split(/[ /]/)[1]);
        expect([...new Set(hosts)]).toEqual(["mirror.example.org"]);
      });
    });
  },
);

/** In a shell of the lab. */
function inLab(command: string): ReturnType<Simulation["run"]> {
  return machine.run(`eval "$(npm run -s env)" && ${command}`);
}

function pulled(repository: string): boolean {
  return machine.requests().some((line) => line.startsWith(`GET ${repository}/manifests/`));
}

/** What set-up keeps of the official places. */
function official(): readonly string[] {
  return readdirSync(join(machine.folder, "home/.cache/istio-lab/official"));
}

/** Waits until a place that is down was asked this often. */
async function untilAsked(at: string, times: number): Promise<void> {
  const before = asked(at);
  while (asked(at) < before + times) await setTimeout(100);
}

function asked(at: string): number {
  return machine.requests().filter((line) => line.includes(` ${at}`)).length;
}
