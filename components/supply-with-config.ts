import { dirname } from "node:path";
import { chartFolder } from "./chart-folder.ts";
import type { LabConfig } from "./config.ts";
import type { ChartSource, Supply, SupplyPart } from "./supply.ts";
import { imageParts } from "./supply-parts.ts";

/** The supply as config wants it: another Istio version, images from a mirror. */
export function withConfig(
  supply: Supply,
  config: Pick<LabConfig, "istioVersion" | "imageRegistry" | "nodeImage">,
): Supply {
  const version = config.istioVersion ?? supply.istio.version;
  const mirror = (image: string): string =>
    config.imageRegistry ? inRegistry(image, config.imageRegistry) : image;
  const { istio, images } = supply;
  const changed = version !== istio.version;
  const configured: Supply = {
    ...supply,
    nodeImage: config.nodeImage ?? mirror(supply.nodeImage),
    images: mapValues(images, mirror),
    istio: {
      ...istio,
      version,
      // A hub is an image without its name.
      hub: mirror(`${istio.hub}/pilot`).replace(/\/pilot$/, ""),
      tag: changed ? version : istio.tag,
      charts: mapValues(istio.charts, (chart) => (changed ? atVersion(chart, version) : chart)),
    },
  };
  return { ...configured, parts: changedParts(supply, configured) };
}

/** The parts of the supply, with those that config changed as they are now. */
function changedParts(supply: Supply, configured: Supply): readonly SupplyPart[] {
  const before = imageParts(supply);
  const changed = imageParts(configured).filter(
    ({ version, from }, at) => version !== before[at]?.version || from !== before[at].from,
  );
  return supply.parts.map((part) => changed.find(({ name }) => name === part.name) ?? part);
}

/** Replaces the registry host of an image: `docker.io/library/nginx:1` becomes `mirror.example.org/library/nginx:1`. */
export function inRegistry(image: string, registry: string): string {
  const path = registryHost(image) === undefined ? image : image.replace(/^[^/]*\//, "");
  return `${registry}/${path}`;
}

/** The registry that an image names, by Docker's rule: a first part with a dot or a port, or localhost. */
export function registryHost(image: string): string | undefined {
  const [host = "", ...path] = image.split("/");
  return path.length > 0 && (/[.:]/.test(host) || host === "localhost") ? host : undefined;
}

/** A chart in another version; one that is built here has one only. */
export function atVersion(chart: ChartSource, version: string): ChartSource {
  if (!("version" in chart)) return chart;
  const other = { ...chart, version };
  return "folder" in chart
    ? { ...other, folder: chartFolder(dirname(chart.folder), other) }
    : other;
}

function mapValues<Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  change: (value: Value) => Value,
): Record<Key, Value> {
  return Object.fromEntries(
    Object.entries<Value>(record).map(([key, value]) => [key, change(value)]),
  ) as Record<Key, Value>;
}
