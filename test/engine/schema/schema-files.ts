import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { charts, istioVersion, tools } from "../../../components/versions.ts";
import { partFolder } from "../../../hack/registry-only/part-folder.ts";
import { parts } from "../../../hack/registry-only/parts.ts";
import { partNamed } from "../../../hack/registry-only/recipe-hash.ts";
import { fetchFault } from "../../../hack/toolchain/fetch-fault.ts";
import { cacheDir } from "../../../hack/toolchain/paths.ts";
import { savedSupply } from "../../../hack/toolchain/supply-file.ts";

/** Where the schemas are that objects are validated against. */
export interface SchemaFiles {
  /** Istio's CRDs: YAML, one document each. */
  readonly istioCrds: string;
  /** Kubernetes' OpenAPI 2 document: JSON. */
  readonly kubernetesOpenApi: string;
}

/** The schemas of the pinned versions, or why they can't be had. */
export type FoundSchemas = { readonly files: SchemaFiles } | { readonly missing: string };

/** From what the registry-only supply was built of; else from the official places, kept in the cache. */
export async function findSchemas(): Promise<FoundSchemas> {
  if (savedSupply()?.kind === "registry-only") {
    const files = builtSchemas();
    const absent = [files.istioCrds, files.kubernetesOpenApi].filter((file) => !existsSync(file));
    return absent.length === 0 ? { files } : { missing: `not built yet: ${absent.join(", ")}` };
  }
  try {
    return { files: await officialSchemas() };
  } catch (error) {
    return { missing: `the schemas can't be fetched: ${(error as Error).message}` };
  }
}

/** In the folders of the parts that the supply is built of. */
function builtSchemas(): SchemaFiles {
  const folder = (name: string): string => partFolder(partNamed(name, parts), parts);
  return {
    istioCrds: join(folder("istio"), "charts/base/files/crd-all.gen.yaml"),
    kubernetesOpenApi: join(folder("kubernetes"), "swagger.json"),
  };
}

async function officialSchemas(): Promise<SchemaFiles> {
  const files = {
    istioCrds: join(cacheDir, "schemas", `istio-${istioVersion}-crds.yaml`),
    kubernetesOpenApi: join(cacheDir, "schemas", `kubernetes-${tools.kubectl}-swagger.json`),
  };
  await mkdir(join(cacheDir, "schemas"), { recursive: true });
  if (!existsSync(files.istioCrds)) await keep(files.istioCrds, await chartCrds());
  if (!existsSync(files.kubernetesOpenApi)) {
    const tree = `https://raw.githubusercontent.com/kubernetes/kubernetes/v${tools.kubectl}`;
    await keep(files.kubernetesOpenApi, await fetched(`${tree}/api/openapi-spec/swagger.json`));
  }
  return files;
}

async function chartCrds(): Promise<Uint8Array> {
  const chart = await fetched(`${charts.base.repository}/base-${istioVersion}.tgz`);
  const { stdout } = await execa("tar", ["-xzO", "base/files/crd-all.gen.yaml"], {
    input: chart,
    encoding: "buffer",
  });
  return stdout;
}

async function fetched(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch(
    (error: unknown) => {
      throw new Error(`${url}: ${fetchFault(error)}`);
    },
  );
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Whole or not at all. */
async function keep(file: string, content: Uint8Array): Promise<void> {
  const part = join(dirname(file), `${process.pid}.part`);
  await writeFile(part, content);
  await rename(part, file);
}
