import type { Properties } from "./property.ts";

/** One input that cannot be accepted. */
export interface InputFault {
  /** Name of the input. */
  readonly property: string;
  /** What was given, what is accepted. */
  readonly reason: string;
}

/** Which inputs changed. Nothing in either list: the resource stays as it is. */
export interface Changes {
  /** Changed inputs that need a new resource. */
  readonly replaces: readonly string[];
  /** Changed inputs that the resource can take over in place. */
  readonly updates: readonly string[];
}

/** What comes with every operation. */
export interface Operation {
  /** The resource's own name, the last part of its URN. */
  readonly name: string;
  /** True in a preview: nothing may be done, values that are not known stay unknown. */
  readonly preview: boolean;
  /** Shows one line beside the resource while the operation runs. */
  log(line: string): void;
  /** Aborts when the user cancels the deployment. */
  readonly signal: AbortSignal;
}

/** One resource type. Inputs and state arrive with their secrets wrapped and must go back so. */
export interface Resource {
  /** Every fault in the inputs, at once; unknown values are taken on trust. */
  check(inputs: Properties): readonly InputFault[];
  /** Compares the recorded state with the wanted inputs. */
  diff(state: Properties, inputs: Properties): Changes;
  /** Makes the resource; a rejection records nothing. The id may be empty in a preview. */
  create(inputs: Properties, op: Operation): Promise<{ id: string; state: Properties }>;
  /** Takes over changes that need no new resource; returns the new state. */
  update(state: Properties, inputs: Properties, op: Operation): Promise<Properties>;
  /** What the state is by now; without it, what was recorded. */
  read?(state: Properties): Properties;
  /** Ends the resource; without it there is nothing to end. */
  delete?(state: Properties, op: Operation): Promise<void>;
}

/** A resource plugin. */
export interface Provider {
  /** Version of the SDK that the plugin stands in for: the engine asks for exactly that one. */
  readonly version: string;
  /** Its resource types by type token, such as `command:local:Command`. */
  readonly resources: Readonly<Record<string, Resource>>;
}
