import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { execa } from "execa";
import { parseDocument, stringify } from "yaml";
import { gatewayApi, istioVersion, metallbVersion, tools } from "../../../components/versions.ts";
import { commands } from "../../../hack/registry-only/commands.ts";
import { partFolder } from "../../../hack/registry-only/part-folder.ts";
import { parts } from "../../../hack/registry-only/parts.ts";
import { partNamed } from "../../../hack/registry-only/recipe-hash.ts";
import { stockEnvoyValues } from "../../../hack/registry-only/supply.ts";
import { pulumiPlugins } from "../../../hack/toolchain/pulumi-plugins.ts";
import { standardInstall } from "../../support/standard-install.ts";

/** Fills the places that have files: what registry-only built, under the names and in the layouts of the real places. */
export async function fillPlaces(files: string): Promise<void> {
  await Promise.all([
    fillTools(join(files, "github.com"), join(files, "get.pulumi.com"), join(files, "dl.k8s.io")),
    fillPlugins(files),
    fillCharts(files),
    fillGatewayApi(join(files, gatewayApi.url.replace("https://", ""))),
  ]);
}

function built(part: string, path: string): string {
  return join(partFolder(partNamed(part, parts), parts), path);
}

function command(name: string): string {
  return built(commands[name] ?? name, name);
}

async function fillTools(github: string, pulumi: string, kubernetes: string): Promise<void> {
  const arch = process.arch === "x64" ? "amd64" : "arm64";
  const release = (project: string, tag: string): string =>
    join(github, project, "releases", "download", tag);

  const kind = join(release("kubernetes-sigs/kind", `v${tools.kind}`), `kind-linux-${arch}`);
  await place(command("kind"), kind);
  await writeFile(`${kind}.sha256sum`, `${await sha256(kind)}  ${basename(kind)}\n`);

  const kubectl = join(kubernetes, `release/v${tools.kubectl}/bin/linux/${arch}/kubectl`);
  await place(command("kubectl"), kubectl);
  await writeFile(`${kubectl}.sha256`, await sha256(kubectl));

  const istioctl = join(
    release("istio/istio", tools.istioctl),
    `istioctl-${tools.istioctl}-linux-${arch}.tar.gz`,
  );
  await pack(istioctl, "", { istioctl: command("istioctl") });
  await writeFile(`${istioctl}.sha256`, `${await sha256(istioctl)}  ${basename(istioctl)}\n`);

  const cli = join(pulumi, `releases/sdk/pulumi-v${tools.pulumi}-linux-${process.arch}.tar.gz`);
  const names = ["pulumi", "pulumi-language-nodejs"];
  await pack(cli, "pulumi", Object.fromEntries(names.map((name) => [name, command(name)])));
  const sums = join(
    release("pulumi/pulumi", `v${tools.pulumi}`),
    `pulumi-${tools.pulumi}-checksums.txt`,
  );
  await mkdir(dirname(sums), { recursive: true });
  await writeFile(sums, `${await sha256(cli)}  ${basename(cli)}\n`);
}

/** At GitHub and at Pulumi's own place. */
async function fillPlugins(files: string): Promise<void> {
  const arch = process.arch === "x64" ? "amd64" : "arm64";
  for (const { name, version } of pulumiPlugins()) {
    const program = `pulumi-resource-${name}`;
    const file = `${program}-v${version}-linux-${arch}.tar.gz`;
    const own = join(files, "get.pulumi.com", "releases", "plugins", file);
    const beside =
      name === "kubernetes" ? {} : { [`${program}.cjs`]: built("plugins", `${program}.cjs`) };
    await pack(own, "", { [program]: command(program), ...beside });
    const release = join(files, `github.com/pulumi/pulumi-${name}/releases/download/v${version}`);
    await mkdir(release, { recursive: true });
    await copyFile(own, join(release, file));
  }
}

async function fillGatewayApi(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, standardInstall(built("gateway-api", "standard")));
}

/** Helm repositories: an index with digests, and the charts as archives. */
async function fillCharts(files: string): Promise<void> {
  const istio = join(files, "blob.istio.io/istio-release/charts");
  for (const name of ["base", "istiod", "gateway"]) {
    await packChart(istio, built("istio", `charts/${name}`), name, istioVersion);
  }
  await writeIndex(istio, "https://blob.istio.io/istio-release/charts");
  const metallb = join(files, "metallb.github.io/metallb");
  await packChart(metallb, built("metallb", "charts/metallb"), "metallb", metallbVersion);
  await writeIndex(metallb, "https://metallb.github.io/metallb");
}

async function packChart(to: string, from: string, name: string, version: string): Promise<void> {
  const work = join(to, "work", name);
  await mkdir(dirname(work), { recursive: true });
  await cp(from, work, { recursive: true });
  if (name === "istiod") await writeFile(join(work, "values.yaml"), await forStockEnvoy(work));
  await execa("tar", ["-czf", join(to, `${name}-${version}.tgz`), "-C", dirname(work), name]);
  await rm(work, { recursive: true });
}

/** The proxy of registry-only is stock Envoy, which lacks Istio's own filters: as the chart's defaults, nobody sees it. */
async function forStockEnvoy(chart: string): Promise<string> {
  const values = parseDocument(await readFile(join(chart, "values.yaml"), "utf8"));
  const at = "_internal_defaults_do_not_set";
  if (!values.hasIn([at, "env"]))
    throw new Error(`${chart}/values.yaml has its defaults elsewhere`);
  for (const [part, settings] of Object.entries(stockEnvoyValues)) {
    for (const [name, value] of Object.entries(settings)) values.setIn([at, part, name], value);
  }
  return values.toString();
}

async function writeIndex(folder: string, url: string): Promise<void> {
  const entries: Record<string, object[]> = {};
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".tgz"))) {
    const [, name = "", version = ""] = /^(.+?)-(\d.*)\.tgz$/.exec(file) ?? [];
    const digest = await sha256(join(folder, file));
    entries[name] = [{ apiVersion: "v2", name, version, digest, urls: [`${url}/${file}`] }];
  }
  await writeFile(join(folder, "index.yaml"), stringify({ apiVersion: "v1", entries }));
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** An archive with these files, in a folder of that name where one is given. */
async function pack(
  to: string,
  inFolder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const work = `${to}.work`;
  const content = join(work, inFolder);
  await mkdir(content, { recursive: true });
  for (const [name, from] of Object.entries(files)) {
    await copyFile(from, join(content, name));
    await chmod(join(content, name), (await stat(from)).mode & 0o777);
  }
  const names = inFolder === "" ? Object.keys(files) : [inFolder];
  // Packed quickly: it travels over loopback.
  await execa("tar", ["--use-compress-program=gzip -1", "-cf", to, "-C", work, ...names]);
  await rm(work, { recursive: true });
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
