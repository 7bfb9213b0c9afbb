import { execa } from "execa";
import { istioVersion, tools } from "../../components/versions.ts";
import { fetchFault } from "./fetch-fault.ts";

/** A place the official supply downloads from, and a URL that answers when it can be reached. */
export interface Place {
  readonly name: string;
  readonly url: string;
}

/** Every place the official supply needs. */
export const officialPlaces: readonly Place[] = [
  {
    name: "get.pulumi.com",
    url: `https://get.pulumi.com/releases/sdk/pulumi-v${tools.pulumi}-linux-x64.tar.gz`,
  },
  {
    name: "dl.k8s.io",
    url: `https://dl.k8s.io/release/v${tools.kubectl}/bin/linux/amd64/kubectl.sha256`,
  },
  {
    name: "github.com releases",
    url: `https://github.com/kubernetes-sigs/kind/releases/download/v${tools.kind}/kind-linux-amd64.sha256sum`,
  },
  {
    name: "Istio's charts",
    url: "https://istio-release.storage.googleapis.com/charts/index.yaml",
  },
  {
    name: "registry.istio.io",
    url: `https://registry.istio.io/v2/release/pilot/manifests/${istioVersion}`,
  },
  { name: "docker.io", url: "https://registry-1.docker.io/v2/" },
];

/**
 * Asks a place with one HEAD request.
 * @returns undefined when it answers, else why not: an error code or the HTTP status
 */
export async function whyUnreachable(url: string, timeoutMs: number): Promise<string | undefined> {
  try {
    const { status } = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Any word from the place itself will do (a container registry asks for a token first); a proxy
    // that keeps people out says 403.
    return status === 403 || status >= 500 ? `answered ${status}` : undefined;
  } catch (error) {
    return fetchFault(error);
  }
}

/**
 * Whether the npm registry answers, asked through npm so that the user's own registry, proxy and
 * certificates count.
 */
export async function npmRegistryAnswers(timeoutMs: number): Promise<boolean> {
  const result = await execa(
    "npm",
    ["view", `node@${process.versions.node}`, "version", "--fetch-retries=0", "--prefer-online"],
    { reject: false, timeout: timeoutMs },
  );
  return result.exitCode === 0 && result.stdout.trim() !== "";
}
