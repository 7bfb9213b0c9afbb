/** A mirror of the official places: LAB_MIRROR, without a slash at its end; undefined where there is none. */
export function labMirror(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const mirror = env["LAB_MIRROR"]?.replace(/\/+$/, "");
  return mirror === "" ? undefined : mirror;
}

/**
 * The URL of a file at the mirror, where there is one: `https://get.pulumi.com/releases/x` is then at
 * `<LAB_MIRROR>/get.pulumi.com/releases/x`, as a remote repository of Artifactory or Nexus, or a folder tree, has it.
 */
export function mirrored(url: string, mirror: string | undefined = labMirror()): string {
  if (mirror === undefined || url.startsWith(`${mirror}/`)) return url;
  return `${mirror}/${url.replace(/^https?:\/\//, "")}`;
}
