import * as pulumi from "@pulumi/pulumi";
import type { Stranger } from "./collisions.ts";
import { turnsHeadless } from "./headless-services.ts";
import { claimingKinds, type Claimant } from "./host-claims.ts";
import { disagree, incarnationOf, type Incarnations } from "./incarnations.ts";
import { stageLabel } from "./kinds.ts";
import { identities, stageType } from "./makers.ts";
import { isObject, objectKey, objectPlace, type ObjectPlace } from "./object-key.ts";
import { rollWith } from "./roll-pods.ts";

/** What is known of the stage before anything is registered. */
export interface StageState {
  /** How often each object has been made so far. */
  readonly incarnations: Incarnations;
  /** Keys of the objects that the cluster has now; undefined when it could not be asked. */
  readonly live: ReadonlySet<string> | undefined;
  /** In a preview: keys of the Services that are headless now. */
  readonly headless?: ReadonlySet<string>;
  /** Objects of the cluster that claim hosts and are not on the stage. */
  readonly strangers: readonly Stranger[];
}

/** Arguments of {@link Stage}. */
export interface StageArgs extends StageState {
  /** Whether pods in namespace `default` get a sidecar; when that changes they are made anew. */
  readonly sidecars: boolean;
}

/**
 * Holds everything a scenario makes: what depends on the stage waits for the whole step. A step is a whole desired
 * state, so each object below it is told apart by its kind, namespace and name alone, whichever component of whichever
 * scenario makes it: the same object in two scenarios is one resource, and a move between them updates it.
 */
export class Stage extends pulumi.ComponentResource {
  /** How often each object of this step has been made, this time included; complete once the scenario is built. */
  readonly incarnations: Incarnations;
  /** All objects of this step; complete once the scenario is built. */
  readonly objects: readonly ObjectPlace[];
  /** The objects of this step that claim hosts; complete once the scenario is built. */
  readonly claimants: readonly Claimant[];

  constructor(name: string, args: StageArgs) {
    const made: Record<string, number> = {};
    const objects: ObjectPlace[] = [];
    const claimants: Claimant[] = [];
    const transformations = [onStage(args, made), note(objects), noteClaims(claimants)];
    super(stageType, name, {}, { transformations });
    this.incarnations = made;
    this.objects = objects;
    this.claimants = claimants;
    this.registerOutputs({});
  }

  /** Keys of the objects of this step, in a fixed order; complete once the scenario is built. */
  get keys(): string[] {
    return Object.keys(this.incarnations).sort();
  }
}

/**
 * A Service that turns headless, or is no longer, is made anew. To preview that, the provider has the API server try the
 * new one on top of the old one, which is refused ("may not change once set"); with a value that is not known yet it
 * does not try.
 */
const notYetKnown = { "istio-lab/made-anew": pulumi.output(pulumi.unknown) };

interface Labelled {
  readonly metadata?: { readonly labels?: Readonly<Record<string, unknown>> };
}

function onStage(args: StageArgs, made: Record<string, number>): pulumi.ResourceTransformation {
  const stack = pulumi.getStack();
  const project = pulumi.getProject();
  return ({ type, name, props, opts }) => {
    if (!isObject(type)) return undefined;
    const key = objectKey(type, name);
    const incarnation = incarnationOf(key, args.incarnations, args.live);
    made[key] = incarnation;
    const { metadata, ...rest } = props as Labelled;
    const labels = {
      ...metadata?.labels,
      [stageLabel]: stack,
      ...(turnsHeadless(type, key, props, args) ? notYetKnown : {}),
    };
    return {
      props: { ...rollWith(args.sidecars, name, rest), metadata: { ...metadata, labels } },
      opts: {
        ...opts,
        aliases: identities({ stack, project, type, name }),
        replacementTrigger: incarnation,
        ...(disagree(key, args.incarnations, args.live) ? { deleteBeforeReplace: true } : {}),
      },
    };
  };
}

function note(objects: ObjectPlace[]): pulumi.ResourceTransformation {
  return ({ type, name }) => {
    if (isObject(type)) objects.push(objectPlace(type, name));
    return undefined;
  };
}

function noteClaims(claimants: Claimant[]): pulumi.ResourceTransformation {
  return ({ type, name: title, props }) => {
    const [, group = "", kind = ""] = type.split(":");
    if (group.startsWith("networking.istio.io/") && claimingKinds.includes(kind)) {
      const [namespace = "", name = ""] = title.split("/");
      claimants.push({ kind, namespace, name, spec: (props as Pick<Claimant, "spec">).spec });
    }
    return undefined;
  };
}
