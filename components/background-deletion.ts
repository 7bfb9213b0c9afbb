import type * as pulumi from "@pulumi/pulumi";
import { isObject } from "./stage/object-key.ts";

interface ObjectProps {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> };
}

/**
 * Lets the objects below a component be deleted in the background. By default the provider deletes in the foreground
 * and waits for an event; an object that goes between the provider's look and its watch (a Secret goes in
 * milliseconds) is then waited for until a time-out of ten minutes, as seen with provider 4.18.1. Deleted in the
 * background it is gone at that look.
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ (deletionPropagationPolicy)
 */
export const backgroundDeletion: pulumi.ResourceTransformation = ({ type, props, opts }) => {
  // Helm deletes a release's objects itself, and a patch has nothing to delete.
  if (!isObject(type)) return undefined;
  const { metadata, ...rest } = props as ObjectProps;
  return {
    opts,
    props: {
      ...rest,
      metadata: {
        ...metadata,
        annotations: {
          ...metadata?.annotations,
          "pulumi.com/deletionPropagationPolicy": "background",
        },
      },
    },
  };
};
