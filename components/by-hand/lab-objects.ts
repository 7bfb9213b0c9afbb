import * as pulumi from "@pulumi/pulumi";
import { backgroundDeletion } from "../background-deletion.ts";
import { injectionLabel } from "../mesh/namespace-injection.ts";
import { stackLabel } from "../stack-label.ts";
import { disagree, incarnationOf, type Incarnations } from "../stage/incarnations.ts";
import {
  isObject,
  objectKey,
  objectName,
  objectPlace,
  type ObjectPlace,
} from "../stage/object-key.ts";
import type { Look } from "./look.ts";
import type { ObjectMetadata } from "./managed-fields.ts";
import type { Notes } from "./notes.ts";
import type { WorkloadSpec } from "./sidecars.ts";
import { labelsSignature, signatureOf } from "./signature.ts";
import { WorkloadPods } from "./workload-pods.ts";

/** Labels that the lab sets on a namespace that is not its own. */
export const labelsSet: readonly string[] = [injectionLabel, stackLabel];

/** What is known of the lab's objects before anything is registered. */
export interface KnownObjects {
  readonly notes: Notes;
  /** What the cluster has now; undefined when it could not be asked. */
  readonly look: Look | undefined;
  readonly incarnations: Incarnations;
  /** See StageState. */
  readonly live: ReadonlySet<string> | undefined;
}

/** An object of the lab, as the program registers it. */
export interface LabObject extends ObjectPlace {
  readonly key: string;
  readonly resource: pulumi.Resource;
  /** True for a namespace that the lab only labels. */
  readonly patched: boolean;
}

interface ObjectProps {
  readonly metadata?: {
    readonly name?: unknown;
    readonly namespace?: unknown;
    readonly labels?: Readonly<Record<string, unknown>>;
    readonly annotations?: Readonly<Record<string, unknown>>;
  };
  readonly spec?: WorkloadSpec;
}

const notYetKnown = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<number>;

const patchType = "kubernetes:core/v1:NamespacePatch";

/**
 * All objects that the lab makes in a cluster. They are the lab's: what anybody changed by hand since the last `up` is
 * put back by the next one. Pulumi itself compares the program with its state and does not look at the cluster, so an
 * object that was changed gets another annotation, and is applied again.
 */
export class LabObjects {
  readonly #known: KnownObjects;
  readonly #objects: LabObject[] = [];
  readonly #incarnations: Record<string, number> = {};

  /** Its workloads' pods. */
  readonly pods: WorkloadPods;

  constructor(known: KnownObjects) {
    this.#known = known;
    this.pods = new WorkloadPods(known.notes, known.look);
  }

  /** All objects; complete once the program ran. */
  get all(): readonly LabObject[] {
    return this.#objects;
  }

  /** How often each object has been made, this time included; complete once the program ran. */
  get incarnations(): Incarnations {
    return this.#incarnations;
  }

  /** Those of them that somebody changed by hand. */
  get changed(): readonly LabObject[] {
    return this.#objects.filter(({ key }) => this.#isChanged(key));
  }

  /** Keys of those that were the lab's and are gone, or somebody else's now. */
  get gone(): readonly string[] {
    const { incarnations, live, notes } = this.#known;
    return this.#objects
      .map(({ key }) => key)
      .filter((key) => key in notes.signatures && disagree(key, incarnations, live));
  }

  /** How often each object has been put back, this time included. */
  get putBack(): Readonly<Record<string, number>> {
    const counts = this.#objects.map(({ key }) => [key, this.#putBackOf(key)] as const);
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  /** How often anything was made, put back or rolled: with another number a proof is no longer one. */
  get counts(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    return { made: this.incarnations, putBack: this.putBack, rolled: this.pods.rolled };
  }

  /** For everything in the cluster. */
  readonly transformation: pulumi.ResourceTransformation = (args) => {
    const { type, name, props, opts, resource } = args;
    const patched = type === patchType;
    if (!patched && !isObject(type)) return undefined;
    const place = placeOf(type, name, props);
    if (place === undefined) return backgroundDeletion(args);
    const key = keyOf(type, place);
    this.#objects.push({ ...place, key, resource, patched });
    const { metadata } = props as ObjectProps;
    if (metadata?.labels?.[injectionLabel] === "enabled") this.pods.injecting.add(place.name);
    const made = this.pods.transformed(key, place.namespace, props);
    const marked = {
      props: marks(
        made,
        this.#isGone(key) && pulumi.runtime.isDryRun() ? notYetKnown : this.#putBackOf(key),
      ),
      opts,
    };
    if (patched) return marked;
    const { incarnations, live } = this.#known;
    const incarnation = incarnationOf(key, incarnations, live);
    this.#incarnations[key] = incarnation;
    // A namespace made anew would take along what is in it: a missing one is made before Pulumi begins.
    if (place.kind === "Namespace") return backgroundDeletion({ ...args, ...marked });
    // What is on the stage has its own, the same number.
    return backgroundDeletion({
      ...args,
      props: marked.props,
      opts: {
        ...opts,
        replacementTrigger: incarnation,
        ...(disagree(key, incarnations, live) ? { deleteBeforeReplace: true } : {}),
      },
    });
  };

  #putBackOf(key: string): number {
    return (this.#known.notes.putBack[key] ?? 0) + (this.#isChanged(key) ? 1 : 0);
  }

  /** True for what is not there, or somebody else's, so that Pulumi can't apply it on top in a preview. */
  #isGone(key: string): boolean {
    const { incarnations, live, look } = this.#known;
    if (key in incarnations && disagree(key, incarnations, live)) return true;
    return look !== undefined && this.#isChanged(key) && signatureIn(look, key) === undefined;
  }

  #isChanged(key: string): boolean {
    const { notes, look } = this.#known;
    const noted = notes.signatures[key];
    if (look === undefined || noted === undefined) return false;
    const now = signatureIn(look, key);
    // One that is gone is made anew, see `incarnationOf`.
    return now === undefined ? key.startsWith("Namespace ") : now !== noted;
  }
}

/** An object's signature as the cluster has it; undefined where it is not there. */
function signatureIn(look: Look, key: string): string | undefined {
  const [kind, name = ""] = key.split(" ");
  if (kind === "NamespacePatch") {
    const metadata = look.namespaces.get(name);
    return metadata && labelsSignature(metadata, labelsSet);
  }
  const metadata = look.objects.get(key);
  return metadata && signatureOf(metadata);
}

/** An object's signature as Pulumi left it. */
export function signatureLeft({ patched }: LabObject, metadata: ObjectMetadata): string {
  return patched ? labelsSignature(metadata, labelsSet) : signatureOf(metadata);
}

function keyOf(type: string, { name, namespace }: ObjectPlace): string {
  return objectKey(type, objectName({ name, namespace }));
}

/** Its Pulumi name says it where its namespace is an output; nothing where neither does. */
function placeOf(type: string, title: string, { metadata }: ObjectProps): ObjectPlace | undefined {
  const { name, namespace } = metadata ?? {};
  if (typeof name !== "string") return undefined;
  if (namespace === undefined) return objectPlace(type, name);
  if (typeof namespace === "string") return objectPlace(type, `${namespace}/${name}`);
  return title.endsWith(`/${name}`) ? objectPlace(type, title) : undefined;
}

/**
 * `patchForce`: whoever else manages a field, the lab's objects are as the lab says.
 * @param putBack how often it was; not known yet, the provider does not ask for what is not there to preview it
 */
function marks(props: ObjectProps, putBack: number | pulumi.Output<number>): ObjectProps {
  const { metadata, ...rest } = props;
  const annotations = {
    ...metadata?.annotations,
    "pulumi.com/patchForce": "true",
    ...(putBack === 0 ? {} : { "istio-lab/put-back": pulumi.output(putBack).apply(String) }),
  };
  return { ...rest, metadata: { ...metadata, annotations } };
}
