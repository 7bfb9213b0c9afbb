import { images, type ImageRole } from "../../components/versions.ts";
import { imageName } from "./image-names.ts";
import type { Part } from "./part.ts";
import { partNamed } from "./recipe-hash.ts";

/** The part that makes a role's image, and the image's name in it; or why there is none. */
export type RoleImage =
  { readonly part: string; readonly image: string } | { readonly missing: string };

/** Why this supply has no Grafana. */
export const noGrafana =
  "Grafana is published as images and releases only, not in a package registry";

/** Why this supply has no OAuth proxy. */
export const noOauthProxy = "oauth2-proxy and dex are not among the images that this supply builds";

/** Where the image of each role comes from. */
export const roleImages: Readonly<Record<ImageRole, RoleImage>> = {
  httpbin: { part: "httpbin-image", image: "httpbin" },
  client: { part: "client-image", image: "client" },
  prometheus: { part: "prometheus-image", image: "prometheus" },
  kiali: { part: "kiali-image", image: "kiali" },
  grafana: { missing: noGrafana },
  metallbController: { part: "metallb-controller-image", image: "metallb-controller" },
  metallbSpeaker: { part: "metallb-speaker-image", image: "metallb-speaker" },
  hello1: { part: "hello-images", image: "hello-app-1" },
  hello2: { part: "hello-images", image: "hello-app-2" },
  productpage: { part: "bookinfo-productpage-images", image: "bookinfo-productpage" },
  details: { part: "bookinfo-details-images", image: "bookinfo-details" },
  ratings: { part: "bookinfo-ratings-images", image: "bookinfo-ratings" },
  reviews1: { part: "bookinfo-reviews-images", image: "bookinfo-reviews-v1" },
  reviews2: { part: "bookinfo-reviews-images", image: "bookinfo-reviews-v2" },
  reviews3: { part: "bookinfo-reviews-images", image: "bookinfo-reviews-v3" },
  dex: { missing: noOauthProxy },
  oauthProxy: { missing: noOauthProxy },
  fortio: { part: "fortio-image", image: "fortio" },
};

/** Every role, in the order of `components/versions.ts`. */
export const roles = Object.keys(images) as ImageRole[];

/** The image of each role; the official name where it can't be built. */
export function imagesByRole(all: readonly Part[]): Record<ImageRole, string> {
  const name = (role: ImageRole): string => {
    const made = roleImages[role];
    if ("missing" in made) return images[role];
    return imageName({ name: made.image }, partNamed(made.part, all), all);
  };
  return Object.fromEntries(roles.map((role) => [role, name(role)])) as Record<ImageRole, string>;
}

/** Why a role has no image, for those that have none. */
export function missingImages(): Partial<Record<ImageRole, string>> {
  return Object.fromEntries(
    roles.flatMap((role) => {
      const made = roleImages[role];
      return "missing" in made ? [[role, made.missing]] : [];
    }),
  );
}

/** Roles whose images the node has from the start. */
export function rolesInNode(all: readonly Part[]): readonly ImageRole[] {
  const { recipe } = partNamed("node-image", all);
  const baked = recipe.kind === "node" ? recipe.bake : [];
  return roles.filter((role) => {
    const made = roleImages[role];
    return "part" in made && baked.includes(made.part);
  });
}

/** Parts that make the images of these roles, each once. */
export function partsOfRoles(wanted: readonly ImageRole[]): readonly string[] {
  const names = wanted.flatMap((role) => {
    const made = roleImages[role];
    return "part" in made ? [made.part] : [];
  });
  return [...new Set(names)];
}
