/** The simulated places, by the names the real ones have. */

/** The address that every name leads to. */
export const address = "10.200.0.1";

/** Places that send a client on to another host for the file itself. */
export const sentOn: Readonly<Record<string, string>> = {
  "github.com": "release-assets.githubusercontent.com",
  "dl.k8s.io": "cdn.dl.k8s.io",
};

/** Image registries. Docker Hub hands its images out under another name than images are called by. */
export const registries: Readonly<Record<string, string>> = {
  "registry-1.docker.io": "docker.io",
  "quay.io": "quay.io",
  "ghcr.io": "ghcr.io",
  "us-docker.pkg.dev": "us-docker.pkg.dev",
  "mirror.example.org": "mirror.example.org",
};

/** Where Docker Hub gives out tokens, which it wants of everybody. */
export const tokenHost = "auth.docker.io";

/** Where Docker Hub sends clients for the layers. */
export const layerHost = "production.cloudflare.docker.com";

/** What the mirror lets in, when it asks. */
export const mirrorUser = { name: "learner", password: "mirror-password" } as const;

/** Places that have files: a folder each, named like the place. */
export const fileHosts = [
  "get.pulumi.com",
  "github.com",
  "dl.k8s.io",
  "blob.istio.io",
  "metallb.github.io",
  "raw.githubusercontent.com",
] as const;

/** Places that are there and have nothing that the lab needs: Pulumi's tools ask them first and go on. */
export const emptyHosts = ["api.pulumi.com", "index.docker.io"] as const;

/** GitHub's list of a release's files, which Pulumi looks a plugin up in. */
export const releaseApi = "api.github.com";

/** Every name that leads to the server. */
export const allHosts: readonly string[] = [
  ...new Set([
    ...fileHosts,
    ...Object.values(sentOn),
    ...Object.keys(registries),
    ...[tokenHost, layerHost, releaseApi],
    ...emptyHosts,
  ]),
];

/** What goes wrong at a place: in place of its answer, in the middle of it, or before it. */
export type Fault =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "cut"; readonly after: number }
  | { readonly kind: "changed" }
  | { readonly kind: "down" };

/** How the simulated internet behaves. */
export interface Behaviour {
  /** Each with the "host/path" it holds for, or the start of one that ends with "/". @default none */
  readonly faults?: readonly { readonly at: string; readonly fault: Fault }[];
  /** Who reaches the places: everybody, the proxy's clients only, or nobody. @default "everybody" */
  readonly reachedBy?: "everybody" | "proxy" | "nobody";
  /** The mirror asks for a name and a password. @default false */
  readonly mirrorAsks?: boolean;
}

/** Where the TLS server listens for the proxy. */
export const behindProxyPort = 8443;

/** Where the registry itself listens. */
export const registryPort = 5000;

/** Where the proxy listens. */
export const proxyPort = 3128;
