/** The Pulumi name of a Kubernetes object of the stage: `namespace/name`, or the name where it has no namespace. */
export function objectName(metadata: {
  readonly name: string;
  readonly namespace?: string | undefined;
}): string {
  return metadata.namespace === undefined
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;
}

/** Pulumi's type of an object, such as `kubernetes:core/v1:Service`. */
export function objectType(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/**
 * One object of the stage as `kubectl get` would tell it apart from all others: `Gateway.networking.istio.io
 * default/httpbin`, `Service default/httpbin`.
 * @param type Pulumi's type, such as `kubernetes:networking.istio.io/v1:Gateway`
 * @param name see {@link objectName}
 */
export function objectKey(type: string, name: string): string {
  const [, groupVersion = "", kind = ""] = type.split(":");
  const [group = ""] = groupVersion.split("/");
  return `${group === "core" ? kind : `${kind}.${group}`} ${name}`;
}

/** What an object is told apart by, as Kubernetes has it. */
export interface ObjectPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What {@link objectType} and {@link objectName} were made from. */
export function objectPlace(type: string, title: string): ObjectPlace {
  const [, groupVersion = "", kind = ""] = type.split(":");
  const apiVersion = groupVersion.replace(/^core\//, "");
  const [name = "", namespace] = title.split("/").reverse();
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** True for a Kubernetes object that has a life of its own: no Helm release, no patch of somebody else's object. */
export function isObject(type: string): boolean {
  return (
    type.startsWith("kubernetes:") &&
    !type.startsWith("kubernetes:helm.sh/") &&
    !/Patch$/.test(type)
  );
}
