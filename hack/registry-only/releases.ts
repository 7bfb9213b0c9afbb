/** Kubernetes of this supply: 1.34 is the last minor whose kubelet starts on cgroup v1 without being told to. */
export const kubernetesVersion = "1.34.2";

/** Debian release of the base systems. */
export const debianRelease = "bookworm";

/** Hub of the lab's own images: a name of no registry, so that none hides an official image. */
export const hub = "istio-lab.local";
