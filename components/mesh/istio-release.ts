import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ChartSource } from "../supply.ts";
import type { HelmValues } from "./helm-values.ts";

/** Arguments of {@link istioRelease}. */
export interface IstioReleaseArgs {
  /** Helm release name; the gateway chart names its objects after it. */
  readonly release: string;
  readonly source: ChartSource;
  readonly namespace: pulumi.Input<string>;
  readonly values: HelmValues;
  /** Return as soon as the objects are applied: something else waits for what counts. @default false */
  readonly skipAwait?: boolean;
}

/**
 * One of Istio's charts as a Helm release. A Release and not a Chart: Helm owns the webhooks whose `caBundle` istiod
 * rewrites, so that a second `up` sees no drift.
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export function istioRelease(
  name: string,
  args: IstioReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(
    name,
    {
      ...chartOf(args.source),
      name: args.release,
      namespace: args.namespace,
      values: args.values,
      skipAwait: args.skipAwait ?? false,
      // A release that fails is rolled back, so that the next `up` finishes. One that `kill -9` cut short is not:
      // `npm run up` lets Helm forget it.
      atomic: !(args.skipAwait ?? false),
      cleanupOnFail: true,
      // As long as pods of an existing cluster may take to get their images.
      timeout: 900,
    },
    opts,
  );
}

/** Where a chart is, as a Release takes it. */
export function chartOf(
  source: ChartSource,
): Pick<kubernetes.helm.v3.ReleaseArgs, "version" | "repositoryOpts"> & { chart: string } {
  if ("folder" in source) return { chart: source.folder };
  const { name, version, repository } = source;
  return { chart: name, version, repositoryOpts: { repo: repository } };
}
