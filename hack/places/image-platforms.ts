import { z } from "zod";
import { registryHost } from "../../components/supply-with-config.ts";

const accepted = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const indexSchema = z.object({
  manifests: z
    .array(
      z.object({ platform: z.object({ os: z.string(), architecture: z.string() }).optional() }),
    )
    .optional(),
});

const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** An image as a registry's API names it. */
export interface ImageAddress {
  readonly host: string;
  readonly repository: string;
  /** A digest where there is one, else a tag. */
  readonly reference: string;
}

/** Where an image is, by Docker's rules: without a host it is Docker Hub's, without a user there it is a library's. */
export function imageAddress(image: string): ImageAddress {
  const [, name = image, tag = "latest", digest] =
    /^(.+?)(?::([^:/@]+))?(?:@(sha256:[0-9a-f]+))?$/.exec(image) ?? [];
  const given = registryHost(name);
  const path = given === undefined ? name : name.slice(given.length + 1);
  const hub = given === undefined || given === "docker.io";
  return {
    host: hub ? "registry-1.docker.io" : given,
    repository: hub && !path.includes("/") ? `library/${path}` : path,
    reference: digest ?? tag,
  };
}

/**
 * The platforms that a registry has an image for, such as "linux/arm64"; none where it has one that names none. Only the
 * image's manifest is read.
 * @see https://distribution.github.io/distribution/spec/api/#pulling-an-image-manifest
 * @throws Error saying what the registry answered when it has no such image
 */
export async function imagePlatforms(image: string): Promise<readonly string[]> {
  const { host, repository, reference } = imageAddress(image);
  const url = `https://${host}/v2/${repository}/manifests/${reference}`;
  const first = await ask(url);
  const challenge = first.headers.get("www-authenticate");
  const answer =
    first.status === 401 && challenge !== null ? await ask(url, await tokenFor(challenge)) : first;
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { manifests = [] } = indexSchema.parse(await answer.json());
  const named = manifests.flatMap(({ platform }) =>
    platform === undefined || platform.os === "unknown"
      ? []
      : `${platform.os}/${platform.architecture}`,
  );
  return [...new Set(named)];
}

/** A registry that anybody may pull from gives a token to whoever asks. */
async function tokenFor(challenge: string): Promise<string> {
  const fields = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  const url = new URL(fields.get("realm") ?? "");
  for (const key of ["service", "scope"]) {
    const value = fields.get(key);
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const answer = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`${url.host} answered ${answer.status} for a token`);
  const { token, access_token: accessToken } = tokenSchema.parse(await answer.json());
  return token ?? accessToken ?? "";
}

function ask(url: string, token?: string): Promise<Response> {
  return fetch(url, {
    headers: {
      accept: accepted,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(15_000),
  });
}
