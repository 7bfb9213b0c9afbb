import { registryHost } from "../../components/supply-with-config.ts";

const kinds: readonly {
  readonly said: RegExp;
  readonly tell: (image: string, registry: string) => string;
}[] = [
  {
    said: /toomanyrequests|too many requests|pull rate limit|\b429\b/i,
    tell: (image, registry) =>
      `${image}: ${registry} answers 429: it limits how much one address may pull, and that is used up. ` +
      `Log in (docker login${registry === "docker.io" ? "" : ` ${registry}`}), which raises the limit, ` +
      "take a mirror (pulumi config set imageRegistry HOST), or wait: Docker Hub counts six hours",
  },
  {
    said: /unauthorized|authentication required|no basic auth credentials|access denied|\bdenied\b|\b40[13]\b/i,
    tell: (image, registry) =>
      `${image}: ${registry} refuses it without a login, or has no such image. ` +
      `Log in (docker login${registry === "docker.io" ? "" : ` ${registry}`}) and run it again`,
  },
  {
    said: /no matching manifest/i,
    tell: (image, registry) => `${image}: ${registry} has none for this machine's processor`,
  },
  {
    said: /manifest unknown|not found|\b404\b/i,
    tell: (image, registry) =>
      `${image}: ${registry} has no such image. A mirror (config imageRegistry) must have it under that very name`,
  },
  {
    said: /no space left on device/i,
    tell: (image) =>
      `${image}: the container engine's disk is full: make room (docker system prune removes what no container uses)`,
  },
  {
    said: /x509|certificate/i,
    tell: (image, registry) =>
      `${image}: the container engine does not trust ${registry}'s certificate: give it the authority's ` +
      `(/etc/docker/certs.d/${registry}/ca.crt, or the system's trust store) and restart it`,
  },
];

/**
 * What a refused pull means and what to do, in one line; undefined where asking again may help.
 * @param said the last line that `docker pull` printed
 */
export function pullFault(image: string, said: string): string | undefined {
  const kind = kinds.find((one) => one.said.test(said.replaceAll(image, "")));
  return kind?.tell(image, registryHost(image) ?? "docker.io");
}
