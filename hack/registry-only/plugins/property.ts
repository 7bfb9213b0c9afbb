/** A value on Pulumi's wire, as a `google.protobuf.Value` becomes in JavaScript. */
export type Property = null | boolean | number | string | Property[] | { [key: string]: Property };

/** The inputs or the state of one resource. */
export type Properties = Record<string, Property>;

// The wire format's own marks: an object with `signature` set to `secretSignature` wraps a secret,
// and each of `unknowns` stands for a value of some type that a preview cannot know yet.
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for an output whose value is known only after the resource was made. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const unknowns: ReadonlySet<Property> = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Wraps a value as a secret; one that is a secret already is returned as it is. */
export function secret(value: Property): Property {
  return isSecret(value) ? value : { [signature]: secretSignature, value };
}

/** Whether the value itself is wrapped as a secret; secrets further inside do not count. */
export function isSecret(value: Property | undefined): value is { value: Property } {
  return isObject(value) && value[signature] === secretSignature;
}

/** The same value with every secret inside it unwrapped: to work with, never to send back. */
export function reveal(value: Property): Property {
  if (Array.isArray(value)) return value.map(reveal);
  if (isSecret(value)) return reveal(value.value);
  return isObject(value) ? revealAll(value) : value;
}

/** `reveal` for a whole set of properties; properties that are null are left out, as if never set. */
export function revealAll(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, reveal(value)]),
  );
}

/** Whether the value is, or holds, something a preview cannot know yet. */
export function hasUnknown(value: Property | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isObject(value)) return Object.values(value).some(hasUnknown);
  return value !== undefined && unknowns.has(value);
}

function isObject(value: Property | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
