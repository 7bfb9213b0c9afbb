import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { expect, test } from "vitest";
import { readSupply } from "../../components/supply.ts";
import { gatewayApi } from "../../components/versions.ts";
import { supplyFile } from "../../hack/toolchain/paths.ts";
import { standardInstall } from "../support/standard-install.ts";

const supply = readSupply(supplyFile);
const text = (): string =>
  supply.kind === "official"
    ? readFileSync(supply.gatewayApi, "utf8")
    : standardInstall(supply.gatewayApi);

test("the Gateway API's definitions are those that upstream releases, by the pinned checksum", () => {
  expect(createHash("sha256").update(text()).digest("hex")).toBe(gatewayApi.sha256);
});

test("they are of the pinned version and of the standard channel, every one", () => {
  const objects = parseAllDocuments(text()).flatMap((document) => {
    const object = document.toJS() as Definition | null;
    return object === null ? [] : [object];
  });
  expect(objects.length).toBeGreaterThan(10);
  for (const { kind, metadata } of objects) {
    const { "gateway.networking.k8s.io/bundle-version": version } = metadata.annotations;
    expect([kind, version, metadata.annotations["gateway.networking.k8s.io/channel"]]).toEqual([
      kind,
      `v${gatewayApi.version}`,
      "standard",
    ]);
  }
});

interface Definition {
  readonly kind: string;
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
}
