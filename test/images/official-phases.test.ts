import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { officialSupply } from "../../components/supply.ts";
import { images } from "../../components/versions.ts";
import { officialImagePhases, pullAndLoadPhases } from "../../hack/images/official-phases.ts";
import { pullImage } from "../../hack/images/pull-image.ts";
import { whileDown } from "../../hack/toolchain/patience.ts";
import type { Phase } from "../../hack/toolchain/phase.ts";

const path = process.env["PATH"];
const pilot = "docker.io/istio/pilot:1.31.1";
const proxy = "docker.io/istio/proxyv2:1.31.1";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-pull-"));
  process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  engine("overlay2");
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

/**
 * A `docker` that notes its calls: `have` and `node` list the images of the engine and of the node, `refuse` has lines
 * "image words" of pulls that fail; `flaky` counts how often one fails first.
 */
function engine(store: string): void {
  for (const file of ["have", "node", "refuse", "flaky", "calls"]) {
    writeFileSync(join(folder, file), "");
  }
  writeFileSync(
    join(folder, "docker"),
    `#!/bin/sh
cd '${folder}'
echo "$*" >> calls
case "$*" in
"image inspect "*) shift 4; for name; do grep -qxF "$name" have || exit 1; done ;;
"pull "*)
  if grep -qF "$2 " refuse; then grep -F "$2 " refuse | cut -d' ' -f2- >&2; exit 1; fi
  if [ -s flaky ]; then sed -i 1d flaky; echo "unexpected EOF" >&2; exit 1; fi
  echo "0123456789ab: Pulling fs layer"; echo "ba9876543210: Pulling fs layer"
  echo "0123456789ab: Pull complete"; echo "ba9876543210: Pull complete"
  echo "$2" >> have ;;
"ps "*) ;;
"info "*) echo '[["driver-type","${store}"]] linux/x86_64' ;;
"save "*) shift; [ "$1" = --platform ] && shift 2; printf '%s\\n' "$@" ;;
*" list --quiet") cat node ;;
*" import "*) cat >> node ;;
esac
`,
  );
  chmodSync(join(folder, "docker"), 0o755);
}

function linesOf(file: string): string[] {
  return readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean);
}

/** Runs the phases one after the other: none is done before, and each is after. */
async function run(phases: readonly Phase[]): Promise<string[]> {
  const lines: string[] = [];
  for (const phase of phases) {
    expect(await phase.done()).toBe(false);
    await phase.run((line) => lines.push(line));
    expect(await phase.done()).toBe(true);
  }
  return lines;
}

describe("officialImagePhases", () => {
  it("pulls the node's, Istio's and the roles' images, each once", async () => {
    await run(await officialImagePhases(officialSupply, ["httpbin"]));
    expect(linesOf("have").sort()).toEqual(
      [officialSupply.nodeImage, pilot, proxy, images.httpbin].sort(),
    );
    expect(await officialImagePhases(officialSupply, ["httpbin"])).toEqual([]);
  });

  it("pulls and loads what a node lacks of the roles' images", async () => {
    writeFileSync(join(folder, "node"), `${images.httpbin}\n`);
    const phases = await officialImagePhases(officialSupply, ["httpbin", "fortio"], "n");
    expect(phases.map(({ title }) => title)).toEqual([
      `pull ${images.fortio}`,
      "load 1 image into n",
    ]);
    await run(phases);
    expect(linesOf("have")).toEqual([images.fortio]);
    expect(linesOf("node")).toEqual([images.httpbin, images.fortio]);
  });

  it("has nothing to do where the node has all, or none is wanted", async () => {
    writeFileSync(join(folder, "node"), `${images.httpbin}\n`);
    expect(await officialImagePhases(officialSupply, ["httpbin"], "n")).toEqual([]);
    expect(await officialImagePhases(officialSupply, [], "n")).toEqual([]);
  });
});

describe("pulls", () => {
  it("say how far they are", async () => {
    const [pull] = pullAndLoadPhases("n", [pilot]);
    expect(await run(pull ? [pull] : [])).toEqual([
      `${pilot}: ask for it`,
      ...[1, 2].map((total) => `${pilot}: 0 of ${total} layers`),
      ...[1, 2].map((done) => `${pilot}: ${done} of 2 layers`),
    ]);
  });

  it("are not made of what is there", async () => {
    writeFileSync(join(folder, "have"), `${pilot}\n`);
    await run(pullAndLoadPhases("n", [pilot, proxy]));
    expect(linesOf("calls").filter((call) => call.startsWith("pull"))).toEqual([`pull ${proxy}`]);
  });

  it("that registries refuse are told together, and the others are kept", async () => {
    writeFileSync(
      join(folder, "refuse"),
      `${pilot} toomanyrequests: You have reached your pull rate limit\n${images.kiali} denied\n`,
    );
    const [pull] = pullAndLoadPhases("n", [pilot, proxy, images.kiali]);
    const attempt = pull?.run(() => undefined);
    await expect(attempt).rejects.toThrow(
      /^(docker\.io\/istio\/pilot\S* docker\.io answers 429|quay\.io\S* quay\.io refuses).*\n\S+ /,
    );
    expect(linesOf("have")).toEqual([proxy]);
  });

  it("go on when the registry is back", async () => {
    writeFileSync(join(folder, "flaky"), "1\n2\n");
    const lines: string[] = [];
    await pullImage(pilot, (line) => lines.push(line), 1);
    expect(linesOf("have")).toEqual([pilot]);
    expect(
      lines.filter((line) =>
        line.includes("unexpected EOF. Run it again when the registry is back. Again in"),
      ),
    ).toHaveLength(2);
  });

  it("are given up in one line when it stays away", async () => {
    writeFileSync(join(folder, "flaky"), "1\n".repeat(whileDown));
    await expect(pullImage(pilot, () => undefined, 1)).rejects.toThrow(
      `${pilot}: unexpected EOF. Run it again when the registry is back.`,
    );
  });
});

it.each([
  ["overlay2", `save ${pilot}`],
  ["io.containerd.snapshotter.v1", `save --platform linux/x86_64 ${pilot}`],
])("with the image store %s: %s", async (store, call) => {
  engine(store);
  await run(pullAndLoadPhases("n", [pilot]));
  expect(linesOf("calls")).toContain(call);
});
