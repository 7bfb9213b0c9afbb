import type { Deployment } from "@pulumi/pulumi/automation/index.js";

/** A resource in a stack's state. */
export interface StoredResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The custom resources of a state. */
export function resourcesOf(state: Deployment): readonly StoredResource[] {
  return ((state.deployment as { resources?: readonly StoredResource[] }).resources ?? []).filter(
    ({ id }) => id !== undefined,
  );
}

/**
 * The same state as the official plugins write it. `tls` is a Terraform provider behind a bridge: it keeps the id among
 * the outputs, notes of its own beside them, names the inputs it filled in, and tells times as Go does.
 */
export function asOfficial(state: Deployment): Deployment {
  const deployment = state.deployment as { readonly resources?: readonly StoredResource[] };
  const resources = (deployment.resources ?? []).map((resource) =>
    resource.type.startsWith("tls:") ? asBridged(resource) : resource,
  );
  return { ...state, deployment: { ...deployment, resources } };
}

function asBridged(resource: StoredResource): StoredResource {
  const { maxPathLength, ...outputs } = resource.outputs ?? {};
  const times = ["validityStartTime", "validityEndTime"].flatMap((name): [string, string][] => {
    const time = outputs[name];
    return typeof time === "string" ? [[name, time.replace("Z", ".123456789Z")]] : [];
  });
  return {
    ...resource,
    inputs: { __defaults: [], ...resource.inputs },
    outputs: {
      ...outputs,
      ...Object.fromEntries(times),
      // -1 is how the stand-ins say that there is no limit.
      ...(maxPathLength === undefined || maxPathLength === -1 ? {} : { maxPathLength }),
      id: resource.id,
      __meta: '{"schema_version":"1"}',
      __pulumi_raw_state_delta: { obj: { ps: {} } },
    },
  };
}
