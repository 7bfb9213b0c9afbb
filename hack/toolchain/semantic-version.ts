/** Major, minor and patch of a version. */
export type Version = readonly [major: number, minor: number, patch: number];

/**
 * Reads the first version in a text, such as "v3.250.0" or "kind v0.33.0 go1.26 linux/amd64".
 * @returns undefined where the text holds none
 */
export function parseVersion(text: string): Version | undefined {
  const match = /(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** Negative when `a` is older than `b`, zero when they are equal, positive when it is newer. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
