import type { Supply, SupplyPart } from "./supply.ts";

/** The images of a supply as parts: of Istio, of every role, and of the kind nodes. */
export function imageParts({
  istio,
  images,
  nodeImage,
}: Pick<Supply, "istio" | "images" | "nodeImage">): readonly SupplyPart[] {
  return [
    { name: "istio", version: istio.version, from: istio.hub },
    ...Object.entries(images).map(([role, image]) => splitImage(role, image)),
    splitImage("kind node", nodeImage),
  ];
}

/** An image reference as a part: "docker.io/x/y:v1@sha256:…" is version v1 from docker.io/x/y. */
export function splitImage(name: string, image: string): SupplyPart {
  const [reference = image] = image.split("@");
  const colon = reference.lastIndexOf(":");
  return { name, version: reference.slice(colon + 1), from: reference.slice(0, colon) };
}
