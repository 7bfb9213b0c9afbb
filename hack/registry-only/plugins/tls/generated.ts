import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../property.ts";
import { hasUnknown, reveal, revealAll, secret, unknown } from "../property.ts";
import type { InputFault, Resource } from "../provider.ts";

/** A resource that is nothing but its state: made once from its inputs, replaced when they change. */
export interface Generated {
  /**
   * Inputs that replace the resource when they change. One that is named nowhere here, a write-only
   * key, is used but never recorded, and its change means nothing.
   */
  readonly inputs: readonly string[];
  /** Inputs that the state takes over in place. */
  readonly updatable?: readonly string[];
  /** What inputs that are not given, and outputs that are known beforehand, are in the state. */
  readonly defaults: Properties;
  /** Outputs that are known only once the resource is made. */
  readonly computed: readonly string[];
  /** Properties of the state that are secret, whatever their inputs were. */
  readonly secrets: readonly string[];
  /** Every fault in the inputs; those that are unknown or not given have been left out. */
  check(known: Properties, isGiven: (input: string) => boolean): readonly InputFault[];
  /** Makes it: every input known, secrets unwrapped, defaults filled in. */
  make(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** Whether the state, its inputs as now wanted, is at the end of its life. */
  isSpent?(state: Properties): boolean;
}

/** What an output is called that a spent resource is replaced for, as the official plugin has it. */
const spentMark = "readyForRenewal";

/** The resource type over its description: checks, compares, previews and marks secrets. */
export function generated(kind: Generated): Resource {
  const kept = [...kind.inputs, ...(kind.updatable ?? [])];

  const recorded = (inputs: Properties): Properties => {
    const given = Object.entries(inputs).filter(
      ([name, value]) => value !== null && kept.includes(name),
    );
    return { ...kind.defaults, ...Object.fromEntries(given) };
  };

  const sealed = (state: Properties): Properties => ({
    ...state,
    ...Object.fromEntries(
      kind.secrets.flatMap((name) => {
        const value = state[name];
        return value === undefined || value === null ? [] : [[name, secret(value)]];
      }),
    ),
  });

  return {
    check(inputs) {
      const known = Object.entries(revealAll(inputs)).filter(([, value]) => !hasUnknown(value));
      return kind.check(Object.fromEntries(known), (input) => (inputs[input] ?? null) !== null);
    },

    diff(state, inputs) {
      const [before, after] = [recorded(state), recorded(inputs)];
      const changed = kept.filter(
        (name) => !isDeepStrictEqual(reveal(before[name] ?? null), reveal(after[name] ?? null)),
      );
      const isSpent = kind.isSpent?.(revealAll({ ...state, ...after })) ?? false;
      const updatable = (name: string): boolean => kind.updatable?.includes(name) ?? false;
      return {
        replaces: [...changed.filter((name) => !updatable(name)), ...(isSpent ? [spentMark] : [])],
        updates: changed.filter(updatable),
      };
    },

    async create(inputs, { preview }) {
      const state = recorded(inputs);
      if (preview) {
        const outputs: Properties = Object.fromEntries(
          kind.computed.map((name) => [name, unknown]),
        );
        return { id: "", state: sealed({ ...state, ...outputs }) };
      }
      const { id, outputs } = await kind.make({ ...kind.defaults, ...revealAll(inputs) });
      return { id, state: sealed({ ...state, ...outputs }) };
    },

    update: (state, inputs) => Promise.resolve(sealed({ ...state, ...recorded(inputs) })),

    read(state) {
      const isSpent = kind.isSpent?.(revealAll(state)) ?? false;
      return sealed(isSpent ? { ...state, [spentMark]: true } : state);
    },
  };
}
