import { gatewayApi, istioVersion, metallbVersion, tools } from "../../components/versions.ts";
import { program } from "./go-program.ts";
import type { ModuleFile, Part } from "./part.ts";
import { kubernetesVersion } from "./releases.ts";

const istioModule = "istio.io/istio";
const providerModule = "github.com/pulumi/pulumi-kubernetes/provider/v4";
const gatewayApiModule = "sigs.k8s.io/gateway-api";
const pulumiVersion = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The charts of the module carry a placeholder that Istio's release fills in. */
function chart(folder: string, name: string): ModuleFile {
  return {
    module: istioModule,
    path: `manifests/charts/${folder}`,
    to: `charts/${name}`,
    fill: { file: "Chart.yaml", fields: { version: istioVersion, appVersion: istioVersion } },
  };
}

const kubernetesBuild = {
  gitVersion: `v${kubernetesVersion}`,
  gitMajor: "1",
  gitMinor: "34",
  gitTreeState: "clean",
  gitCommit: "8cc511e399b929453cd98ae65b419c3cc227ec79",
  buildDate: "2025-11-11T00:00:00Z",
};

/** Tools of the lab and programs of its images, each built from a Go module. */
export const goParts: readonly Part[] = [
  {
    name: "pulumi",
    version: tools.pulumi,
    from: "built from Go module github.com/pulumi/pulumi/pkg/v3@v3.250.0",
    recipe: {
      kind: "go",
      wrapper: "pulumi",
      packages: ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
      set: { [pulumiVersion]: `v${tools.pulumi}` },
    },
  },
  {
    name: "pulumi-language-nodejs",
    version: "3.60.0",
    from: "built from Go module github.com/pulumi/pulumi/sdk/v3@v3.60.0",
    recipe: {
      kind: "go",
      wrapper: "pulumi-language-nodejs",
      packages: ["github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"],
      set: { [pulumiVersion]: "v3.60.0" },
    },
  },
  {
    name: "pulumi-resource-kubernetes",
    version: "4.18.1",
    from: `built from Go module ${providerModule}@v4.0.0-20240930223531-b7dae6b4ea56`,
    recipe: {
      kind: "go",
      wrapper: "pulumi-kubernetes",
      packages: ["."],
      output: "pulumi-resource-kubernetes",
      set: { "main.version": "4.18.1" },
      embedded: [
        {
          module: providerModule,
          path: "cmd/pulumi-resource-kubernetes/schema.json",
          to: "schema.json",
          fill: { fields: { version: "4.18.1" } },
        },
        {
          module: providerModule,
          path: "cmd/pulumi-resource-kubernetes/terraform-mapping.json",
          to: "terraform-mapping.json",
        },
      ],
    },
  },
  {
    name: "kind",
    version: tools.kind,
    from: `built from Go module sigs.k8s.io/kind@v${tools.kind}`,
    recipe: {
      kind: "go",
      wrapper: "kind",
      packages: ["sigs.k8s.io/kind"],
      files: [{ module: "sigs.k8s.io/kind", path: "images/base/files", to: "node-files" }],
    },
  },
  {
    name: "kubernetes",
    version: kubernetesVersion,
    from: `built from Go module k8s.io/kubernetes@v${kubernetesVersion}`,
    recipe: {
      kind: "go",
      wrapper: "kubernetes",
      packages: [
        "kubectl",
        "kubeadm",
        "kubelet",
        "kube-apiserver",
        "kube-controller-manager",
        "kube-scheduler",
        "kube-proxy",
      ].map((program) => `k8s.io/kubernetes/cmd/${program}`),
      set: Object.fromEntries(
        ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((holder) =>
          Object.entries(kubernetesBuild).map(([name, value]) => [`${holder}.${name}`, value]),
        ),
      ),
      files: [
        { module: "k8s.io/kubernetes", path: "api/openapi-spec/swagger.json", to: "swagger.json" },
      ],
    },
  },
  {
    name: "istio",
    version: istioVersion,
    // Labelled as the official one, for what compares versions: istioctl, charts, image tags.
    from: `built from Go module ${istioModule}@v0.0.0-20260827124520-eed52ebb66ad (state of 2026-08-27, the day of 1.31.0: without the fixes of ${istioVersion}, whose label it has)`,
    recipe: {
      kind: "go",
      wrapper: "istio",
      packages: ["istioctl/cmd/istioctl", "pilot/cmd/pilot-agent", "pilot/cmd/pilot-discovery"].map(
        (program) => `${istioModule}/${program}`,
      ),
      set: {
        "istio.io/istio/pkg/version.buildVersion": istioVersion,
        "istio.io/istio/pkg/version.buildTag": istioVersion,
        "istio.io/istio/pkg/version.buildStatus": "Clean",
        "istio.io/istio/pkg/version.buildGitRevision": "eed52ebb66ad",
      },
      files: [
        chart("base", "base"),
        chart("istio-control/istio-discovery", "istiod"),
        chart("gateway", "gateway"),
        {
          module: istioModule,
          path: "tools/packaging/common/envoy_bootstrap.json",
          to: "envoy_bootstrap.json",
        },
      ],
    },
  },
  {
    name: "gateway-api",
    version: gatewayApi.version,
    from: `config/crd/standard of Go module ${gatewayApiModule}@v${gatewayApi.version}`,
    recipe: {
      kind: "sources",
      wrapper: "gateway-api",
      files: [
        { module: gatewayApiModule, path: "config/crd/standard", to: "standard" },
        // With it the file that upstream releases can be made of the folder.
        {
          module: gatewayApiModule,
          path: "hack/boilerplate/boilerplate.sh.txt",
          to: "boilerplate.txt",
        },
      ],
    },
  },
  program("etcd", "3.6.5", "go.etcd.io/etcd/server/v3", "etcd"),
  program("coredns", "1.12.4", "github.com/coredns/coredns", "coredns"),
  {
    ...program("go-httpbin", "2.26.0", "github.com/mccutchen/go-httpbin/v2", "httpbin"),
    recipe: {
      kind: "go",
      wrapper: "httpbin",
      packages: ["github.com/mccutchen/go-httpbin/v2/cmd/go-httpbin"],
    },
  },
  {
    name: "prometheus",
    version: "3.5.0",
    from: "built from Go module github.com/prometheus/prometheus@v0.305.0",
    recipe: {
      kind: "go",
      wrapper: "prometheus",
      packages: ["github.com/prometheus/prometheus/cmd/prometheus"],
    },
  },
  {
    name: "metallb",
    version: metallbVersion,
    from: `built from Go module go.universe.tf/metallb@v${metallbVersion}`,
    recipe: {
      kind: "go",
      wrapper: "metallb",
      packages: ["go.universe.tf/metallb/controller", "go.universe.tf/metallb/speaker"],
      files: [{ module: "go.universe.tf/metallb", path: "charts/metallb", to: "charts/metallb" }],
    },
  },
  program("kiali", "1.89.0", "github.com/kiali/kiali", "kiali"),
  {
    name: "pause",
    version: "1",
    from: "stand-in: hack/registry-only/go/pause",
    recipe: { kind: "go", wrapper: "pause", packages: ["."], output: "pause" },
  },
];
