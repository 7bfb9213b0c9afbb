/** A tree of field names, as `metadata.managedFields[].fieldsV1` holds it: `{"f:spec": {"f:replicas": {}}}`. */
export interface FieldTree {
  readonly [field: string]: FieldTree;
}

/** Who set which fields of an object, and when. */
export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
  readonly apiVersion?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: FieldTree;
}

/** What is looked at of an object's metadata. */
export interface ObjectMetadata {
  readonly uid?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly ManagedFields[];
}

/** Programs that write into the lab's objects as part of their work: Kubernetes', istiod, MetalLB. */
const controllers: ReadonlySet<string> = new Set([
  ...["kube-controller-manager", "kube-apiserver", "kube-scheduler", "kubelet"],
  ...["cloud-controller-manager", "pilot-discovery", "controller", "speaker"],
]);

/** True for fields that Pulumi applied; each of its resources has a manager name of its own. */
export function isPulumis({ manager = "", operation, subresource = "" }: ManagedFields): boolean {
  return operation === "Apply" && subresource === "" && manager.startsWith("pulumi-kubernetes");
}

/** True for fields that say what is wanted of an object, and no controller set: status says what is. */
export function isWanted({ manager = "", subresource = "" }: ManagedFields): boolean {
  return subresource !== "status" && !controllers.has(manager);
}

/** All fields of both trees. */
export function union(one: FieldTree, other: FieldTree): FieldTree {
  const both: Record<string, FieldTree> = { ...one };
  for (const [field, below] of Object.entries(other)) {
    both[field] = union(both[field] ?? {}, below);
  }
  return both;
}

/** A tree without these fields, wherever they are, in a fixed order. */
export function sortedWithout(tree: FieldTree, fields: ReadonlySet<string>): FieldTree {
  return Object.fromEntries(
    Object.keys(tree)
      .filter((field) => !fields.has(field))
      .sort()
      .map((field) => [field, sortedWithout(tree[field] ?? {}, fields)]),
  );
}
