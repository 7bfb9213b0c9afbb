import { istioVersion } from "../../components/versions.ts";
import type { ImageSpec, Part, PartFile } from "./part.ts";
import { debianRelease } from "./releases.ts";

const module = "istio.io/istio";
const src = "samples/bookinfo/src";
const version = "1.20.3";

const sources: Part = {
  name: "bookinfo-sources",
  version: istioVersion,
  from: `${src} of Go module ${module}@v0.0.0-20260827124520-eed52ebb66ad`,
  recipe: {
    kind: "sources",
    wrapper: "istio",
    files: [
      ...["productpage/productpage.py", "productpage/templates", "productpage/static"],
      ...["details/details.rb", "ratings/ratings.js"],
      "reviews/reviews-application/src/main/java/application",
    ].map((path) => ({
      module,
      path: `${src}/${path}`,
      to: path.replace("reviews-application/src/main/java/", ""),
    })),
  },
};

const base: Part = {
  name: "bookinfo-base",
  version: debianRelease,
  from: `Debian packages of ${debianRelease}`,
  recipe: {
    kind: "debian",
    release: debianRelease,
    packages: ["ca-certificates", "curl", "python3", "ruby", "openjdk-17-jre-headless"],
  },
};

const python: Part = {
  name: "bookinfo-python",
  version,
  from: "PyPI packages of hack/registry-only/requirements/productpage*.txt",
  recipe: {
    kind: "python",
    wheels: "productpage.txt",
    sources: "productpage-source.txt",
    python: "3.11",
  },
};

const node: Part = {
  name: "bookinfo-node",
  version: "24.21.0",
  from: "npm packages of hack/registry-only/npm/ratings",
  recipe: { kind: "npm", folder: "ratings" },
};

const reviews: Part = {
  name: "bookinfo-reviews",
  version,
  from: "built from Istio's source by Maven; stand-in for Open Liberty: Jersey on the JDK's HTTP server",
  recipe: {
    kind: "maven",
    folder: "reviews",
    files: [
      {
        part: "bookinfo-sources",
        path: "reviews/application",
        to: "src/main/java/application",
      },
    ],
  },
};

const fromSource = (path: string): PartFile => ({
  part: "bookinfo-sources",
  path,
  to: path.slice(path.indexOf("/") + 1),
});

/** One of the five services, in an image of its own or in several. */
function image(service: string, from: string, images: readonly Omit<ImageSpec, "base">[]): Part {
  return {
    name: `bookinfo-${service}-images`,
    version,
    from: `built from Istio's source${from}`,
    recipe: {
      kind: "images",
      images: images.map((spec) => ({ ...spec, base: "bookinfo-base" })),
    },
  };
}

/** As Istio's own builds of the three set them. */
const reviewsVersions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: { ENABLE_RATINGS: "false", STAR_COLOR: "black" },
  v2: { ENABLE_RATINGS: "true", STAR_COLOR: "black" },
  v3: { ENABLE_RATINGS: "true", STAR_COLOR: "red" },
};

/** The services of Istio's Bookinfo sample, from its own sources, on one base. */
export const bookinfoParts: readonly Part[] = [
  sources,
  base,
  python,
  node,
  reviews,
  image("productpage", ", with one gunicorn worker in place of eight", [
    {
      name: "bookinfo-productpage",
      folder: "bookinfo-productpage",
      files: [
        ...["productpage.py", "templates", "static"].map((name) =>
          fromSource(`productpage/${name}`),
        ),
        { part: "bookinfo-python", path: "site" },
      ],
    },
  ]),
  image("details", "", [
    {
      name: "bookinfo-details",
      folder: "bookinfo-details",
      files: [fromSource("details/details.rb")],
    },
  ]),
  image("ratings", ", without the database drivers of its v2", [
    {
      name: "bookinfo-ratings",
      folder: "bookinfo-ratings",
      files: [
        fromSource("ratings/ratings.js"),
        ...["node", "node_modules"].map((path) => ({ part: "bookinfo-node", path })),
      ],
    },
  ]),
  image(
    "reviews",
    "; stand-in for Open Liberty: Jersey on the JDK's HTTP server, with the same time-outs",
    Object.entries(reviewsVersions).map(([service, variables]) => ({
      name: `bookinfo-reviews-${service}`,
      folder: "bookinfo-reviews",
      files: ["reviews.jar", "lib"].map((path) => ({ part: "bookinfo-reviews", path })),
      args: { SERVICE_VERSION: service, ...variables },
    })),
  ),
];
