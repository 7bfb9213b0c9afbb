/**
 * Finds a file's SHA-256 in a published checksum file: a bare hash, or lines of "<hash>  <file>"
 * (`*` before the file, as some tools write, is allowed).
 * @returns the hash in lower case, or undefined when the text has none for that file
 */
export function findChecksum(text: string, file: string): string | undefined {
  for (const line of text.split("\n")) {
    const [hash, name] = line.trim().split(/\s+\*?/);
    if (hash === undefined || !/^[0-9a-f]{64}$/i.test(hash)) continue;
    if (name === undefined || name.replace(/^\.?.*\//, "") === file) return hash.toLowerCase();
  }
  return undefined;
}
