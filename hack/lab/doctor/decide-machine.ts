import { parseVersion } from "../../toolchain/semantic-version.ts";
import { blocker, ok, warn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const GiB = 2 ** 30;
const GB = 1e9;

/**
 * Whether Node is new enough on both sides: 20 for npm, and for the lab the one that it brings.
 * @param system the Node that npm runs on, such as "v20.20.2"
 * @param running the Node that the lab runs on
 * @param packaged the Node that npm installed for the lab; "none" on a platform it has none for
 */
export function nodeVerdict(system: string, running: string, packaged: string): Verdict {
  const found = `${system} for npm, ${running} for the lab`;
  if ((parseVersion(system)?.[0] ?? 0) < 20) {
    return blocker(
      found,
      "npm needs Node 20 or newer: install it from your distribution or nodejs.org",
    );
  }
  if (packaged === running) return ok(found);
  return warn(found, `the lab is tried with its own Node, which is ${packaged} here: run npm ci`);
}

/** An npm older than 9 may work: a warning. @param version such as "10.8.2" */
export function npmVerdict(version: string): Verdict {
  if ((parseVersion(version)?.[0] ?? 0) < 9) {
    return warn(version, "npm 9 or newer is what the lab is tried with: npm install --global npm");
  }
  return ok(version);
}

/** Whether there is a curl that has TLS. @param banner first line of `curl --version`, or undefined when there is no curl */
export function curlVerdict(banner: string | undefined): Verdict {
  if (banner === undefined) {
    return blocker("no curl", "install it: apt-get install curl, or your system's way");
  }
  const short = banner.split(" ").slice(0, 2).join(" ");
  // In brackets stand the libraries that it could use and does not.
  const used = banner.replaceAll(/\([^)]*\)/g, "");
  const tls =
    /\b(OpenSSL|LibreSSL|BoringSSL|GnuTLS|wolfSSL|mbedTLS|rustls|SecureTransport|quictls)\S*/i.exec(
      used,
    );
  if (!tls)
    return blocker(
      `${short} without TLS`,
      "install a curl that has TLS, such as your system's own",
    );
  if (/SecureTransport/i.test(tls[0])) {
    return warn(
      `${short} with ${tls[0]}`,
      "it takes CA files otherwise than the lab's examples: brew install curl",
    );
  }
  return ok(`${short} with ${tls[0]}`);
}

/** Whether there is an openssl for the examples. @param banner of `openssl version`, or undefined when there is no openssl */
export function opensslVerdict(banner: string | undefined): Verdict {
  if (banner === undefined) {
    return warn(
      "no openssl",
      "the examples that read certificates need it: apt-get install openssl",
    );
  }
  return ok(banner.split(" ").slice(0, 2).join(" "));
}

/**
 * Every node and pod takes inotify instances and watches.
 * @param limits undefined where there are none (macOS: they are the virtual machine's)
 * @see https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files
 */
export function inotifyVerdict(
  limits: { readonly instances: number; readonly watches: number } | undefined,
): Verdict {
  if (!limits) return ok("not on this system");
  const found = `${limits.instances} instances, ${limits.watches} watches`;
  const hint =
    "sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288 (as root; " +
    "a file in /etc/sysctl.d keeps it)";
  if (limits.instances < 128 || limits.watches < 16_384) return blocker(found, hint);
  if (limits.instances < 512 || limits.watches < 524_288) {
    return warn(found, `enough for one node, short for several: ${hint}`);
  }
  return ok(found);
}

/**
 * Whether memory is enough: 4 GiB for the lab, 6 GiB for its add-ons too.
 * @param available bytes
 * @param clusterRuns what the lab needs is then in use already
 */
export function memoryVerdict(available: number, clusterRuns: boolean): Verdict {
  const found = `${(available / GiB).toFixed(1)} GiB available`;
  if (clusterRuns) return ok(`${found}, and the lab is running`);
  const hint = "end other programs, or give the container engine's virtual machine more memory";
  if (available < 4 * GiB) return blocker(found, `the lab needs 4 GiB: ${hint}`);
  if (available < 6 * GiB) return warn(found, `6 GiB leave room for the add-ons: ${hint}`);
  return ok(found);
}

/** Free bytes of the file systems the lab writes to, by path. */
export type FreeSpace = Readonly<Record<string, number>>;

/**
 * Whether the disk has room for what the supply gets, builds and loads.
 * @param building whether tools and images are still to be made
 */
export function diskVerdict(
  free: FreeSpace,
  supply: "official" | "registry-only",
  building: boolean,
): Verdict {
  const need = supply === "registry-only" ? (building ? 15 : 3) : 6;
  const found = Object.entries(free)
    .map(([path, bytes]) => `${(bytes / GB).toFixed(1)} GB in ${path}`)
    .join(", ");
  const small = Object.entries(free).filter(([, bytes]) => bytes < need * GB);
  if (small.length === 0) return ok(found);
  return blocker(
    found,
    `${need} GB must be free in ${small.map(([path]) => path).join(" and ")}: make room ` +
      "(docker system prune removes what no container uses), or move the lab's cache with LAB_CACHE",
  );
}
