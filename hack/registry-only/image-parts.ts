import { istioVersion, metallbVersion } from "../../components/versions.ts";
import type { ImageSpec, Part } from "./part.ts";
import { debianRelease, kubernetesVersion } from "./releases.ts";
import { roleImage } from "./role-image.ts";

const registry = "registry.k8s.io";

function controlPlane(
  program: string,
  part = "kubernetes",
  as = kubernetesTag(program),
): ImageSpec {
  return {
    name: program,
    folder: "control-plane",
    files: [{ part, path: program }],
    args: { PROGRAM: program },
    inNode: [as],
  };
}

function kubernetesTag(program: string): string {
  return `${registry}/${program}:v${kubernetesVersion}`;
}

/** Base systems, the images of the lab, and the node that has them all inside. */
export const imageParts: readonly Part[] = [
  {
    name: "base",
    version: debianRelease,
    from: `Debian packages of ${debianRelease}`,
    recipe: {
      kind: "debian",
      release: debianRelease,
      packages: [
        ...["iptables", "conntrack", "iproute2", "procps", "ca-certificates"],
        ...["curl", "openssl", "tcpdump", "bind9-dnsutils"],
      ],
    },
  },
  {
    name: "node-base",
    version: debianRelease,
    from: `Debian packages of ${debianRelease}`,
    recipe: {
      kind: "debian",
      release: debianRelease,
      packages: [
        ...["systemd", "dbus", "containerd", "runc", "containernetworking-plugins"],
        ...["conntrack", "iptables", "nftables", "ebtables", "iproute2", "ethtool", "socat"],
        ...["kmod", "mount", "util-linux", "hostname", "procps", "pigz", "jq", "curl"],
        ...["ca-certificates", "libseccomp2"],
      ],
    },
  },
  {
    name: "kubernetes-images",
    version: kubernetesVersion,
    from: "images of kubernetes, etcd, coredns and pause, built on this machine",
    recipe: {
      kind: "images",
      images: [
        controlPlane("kube-apiserver"),
        controlPlane("kube-controller-manager"),
        controlPlane("kube-scheduler"),
        controlPlane("etcd", "etcd", `${registry}/etcd:3.6.5-0`),
        {
          name: "kube-proxy",
          folder: "kube-proxy",
          base: "base",
          files: [{ part: "kubernetes", path: "kube-proxy" }],
          inNode: [kubernetesTag("kube-proxy")],
        },
        {
          // kubeadm asks for this tag; 1.12.4 is what the module proxy has of that minor.
          name: "coredns",
          folder: "coredns",
          files: [{ part: "coredns", path: "coredns" }],
          inNode: [`${registry}/coredns/coredns:v1.12.1`],
        },
        {
          // kubeadm asks for the first, kind's containerd for the second.
          name: "pause",
          folder: "pause",
          files: [{ part: "pause", path: "pause" }],
          inNode: [`${registry}/pause:3.10.1`, `${registry}/pause:3.10`],
        },
      ],
    },
  },
  {
    name: "istio-images",
    version: istioVersion,
    from: "images of istiod and its proxy with stock Envoy, built on this machine",
    recipe: {
      kind: "images",
      images: [
        { name: "pilot", folder: "pilot", files: [{ part: "istio", path: "pilot-discovery" }] },
        {
          name: "proxyv2",
          folder: "proxyv2",
          base: "base",
          files: [
            { part: "istio", path: "pilot-agent" },
            { part: "istio", path: "envoy_bootstrap.json" },
            { part: "envoy", path: "envoy" },
          ],
        },
      ],
    },
  },
  roleImage("httpbin", "2.26.0", "go-httpbin", "go-httpbin"),
  roleImage("prometheus", "3.5.0", "prometheus", "prometheus"),
  roleImage("kiali", "1.89.0", "kiali", "kiali"),
  roleImage("metallb-controller", metallbVersion, "metallb", "controller"),
  roleImage("metallb-speaker", metallbVersion, "metallb", "speaker"),
  {
    name: "client-image",
    version: debianRelease,
    from: "stand-in for curlimages/curl: Debian's curl",
    recipe: {
      kind: "images",
      images: [{ name: "client", folder: "client", base: "base", files: [] }],
    },
  },
  {
    name: "node-image",
    version: kubernetesVersion,
    from: "built from Debian packages, kind's files and Kubernetes, with all images inside",
    recipe: {
      kind: "node",
      image: {
        name: "node",
        folder: "node",
        base: "node-base",
        files: [
          { part: "kind", path: "node-files", to: "kind-files" },
          ...["kubeadm", "kubelet", "kubectl"].map((path) => ({ part: "kubernetes", path })),
        ],
        args: { KUBERNETES_VERSION: kubernetesVersion },
      },
      bake: [
        ...["kubernetes-images", "istio-images", "httpbin-image"],
        ...["prometheus-image", "kiali-image", "client-image"],
        ...["metallb-controller-image", "metallb-speaker-image"],
      ],
    },
  },
];
