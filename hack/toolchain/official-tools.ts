import { toolPlaces, tools } from "../../components/versions.ts";
import { mirrored } from "./mirror.ts";
import { goArch } from "./platform.ts";
import type { Platform } from "./platform.ts";
import { compareVersions, parseVersion } from "./semantic-version.ts";
import type { Version } from "./semantic-version.ts";

/** Where the official tools are published. */
export type OfficialBases = Readonly<Record<keyof typeof toolPlaces, string>>;

/** One command line tool: where it is published, and which one already on the machine will do. */
export interface OfficialTool {
  /** The command. */
  readonly name: string;
  /** The pinned version, without a "v". */
  readonly version: string;
  readonly url: string;
  /** Published beside it: a bare SHA-256, or lines of "<sha-256>  <file>". */
  readonly checksumUrl: string;
  /** How the file becomes a folder with the command in it. */
  readonly unpack: "binary" | "tar" | "tar-in-folder";
  /** Arguments that make the tool print its version. */
  readonly versionArgs: readonly string[];
  /** Whether a version found on the machine will do in place of the pinned one. */
  accepts(found: Version): boolean;
}

/**
 * The tools the lab needs, as published for a platform.
 * @param bases the real places, a mirror's, or a test's own server
 */
export function officialTools(
  platform: Platform,
  bases: OfficialBases = mirroredPlaces(),
): readonly OfficialTool[] {
  const arch = goArch(platform);
  const { os } = platform;
  const istioOs = os === "darwin" ? "osx" : os;
  const release = (project: string, tag: string): string =>
    `${bases.github}/${project}/releases/download/${tag}`;
  const kind = `${release("kubernetes-sigs/kind", `v${tools.kind}`)}/kind-${os}-${arch}`;
  const kubectl = `${bases.kubernetes}/release/v${tools.kubectl}/bin/${os}/${arch}/kubectl`;
  const istioctl =
    `${release("istio/istio", tools.istioctl)}/` +
    `istioctl-${tools.istioctl}-${istioOs}-${arch}.tar.gz`;
  return [
    {
      name: "pulumi",
      version: tools.pulumi,
      url: `${bases.pulumi}/releases/sdk/pulumi-v${tools.pulumi}-${os}-${platform.arch}.tar.gz`,
      checksumUrl:
        `${release("pulumi/pulumi", `v${tools.pulumi}`)}/` + `pulumi-${tools.pulumi}-checksums.txt`,
      unpack: "tar-in-folder",
      versionArgs: ["version"],
      accepts: sameMajorAtLeast(tools.pulumi),
    },
    {
      name: "kind",
      version: tools.kind,
      url: kind,
      checksumUrl: `${kind}.sha256sum`,
      unpack: "binary",
      versionArgs: ["version"],
      // Node images belong to a kind release.
      accepts: sameMinorAs(tools.kind),
    },
    {
      name: "kubectl",
      version: tools.kubectl,
      url: kubectl,
      checksumUrl: `${kubectl}.sha256`,
      unpack: "binary",
      versionArgs: ["version", "--client"],
      accepts: withinOneMinorOf(tools.kubectl),
    },
    {
      name: "istioctl",
      version: tools.istioctl,
      url: istioctl,
      checksumUrl: `${istioctl}.sha256`,
      unpack: "tar",
      versionArgs: ["version", "--remote=false"],
      accepts: sameMinorAs(tools.istioctl),
    },
  ];
}

function mirroredPlaces(): OfficialBases {
  return {
    pulumi: mirrored(toolPlaces.pulumi),
    kubernetes: mirrored(toolPlaces.kubernetes),
    github: mirrored(toolPlaces.github),
  };
}

function pinned(version: string): Version {
  const parsed = parseVersion(version);
  if (!parsed) throw new Error(`components/versions.ts: "${version}" is no version`);
  return parsed;
}

function sameMajorAtLeast(version: string): (found: Version) => boolean {
  const pin = pinned(version);
  return (found) => found[0] === pin[0] && compareVersions(found, pin) >= 0;
}

function sameMinorAs(version: string): (found: Version) => boolean {
  const pin = pinned(version);
  return (found) => found[0] === pin[0] && found[1] === pin[1];
}

// kubectl supports servers one minor version older or newer than itself.
function withinOneMinorOf(version: string): (found: Version) => boolean {
  const pin = pinned(version);
  return (found) => found[0] === pin[0] && Math.abs(found[1] - pin[1]) <= 1;
}
