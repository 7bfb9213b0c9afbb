interface Workload {
  readonly spec?: {
    readonly template?: {
      readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> };
    };
  };
}

/**
 * A workload of namespace `default` whose pods are made anew when the namespace gets or loses its injection label:
 * Kubernetes itself leaves them as they are. Anything else is returned as it is.
 * @param name Pulumi name, `namespace/name`
 */
export function rollWith(sidecars: boolean, name: string, object: object): object {
  const { spec, ...rest } = object as Workload;
  if (spec?.template === undefined || !name.startsWith("default/")) return object;
  const { metadata, ...template } = spec.template;
  const annotations = { ...metadata?.annotations, "istio-lab/sidecars": String(sidecars) };
  return {
    ...rest,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } },
  };
}
