/** What a text must and must not contain. */
export interface TextMatch {
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
}

/**
 * A value inside a JSON document; every matcher given must hold. With none but `path`, something must be there.
 *
 * `path` is dotted: `status.replicas`, `spec.ports[0].port`, `metadata.labels["app.kubernetes.io/name"]`,
 * `[*]` for every item of an array (or every value of an object), `conditions[type=Ready].status` for the items
 * with that value. The last two yield a flat array, so does all that follows them. "" is the whole document.
 */
export interface JsonMatch {
  readonly path: string;
  /** The same value, deeply. */
  readonly equals?: unknown;
  /** An array with at least one item, all of them this value. */
  readonly each?: unknown;
  /** A number (or its text) within inclusive bounds; an array has at least one item, and all of them are. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** An array holds exactly these values, in any order, each as often as here. */
  readonly sameItems?: readonly unknown[];
  /** An array holds at least these values. */
  readonly includes?: readonly unknown[];
  /** An array has so many items at least. */
  readonly itemsAtLeast?: number;
  /** The text of a string, number or boolean contains this; of an array, that of one of its items. */
  readonly contains?: string;
  /** A text that is JSON, in which all of these hold. */
  readonly json?: readonly JsonMatch[];
  /** The path leads nowhere, to null or to an empty array. */
  readonly absent?: boolean;
}
