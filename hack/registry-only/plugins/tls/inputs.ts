import type { Properties } from "../property.ts";
import type { InputFault } from "../provider.ts";

/** An input as text; undefined if it was not given. */
export function text(inputs: Properties, name: string): string | undefined {
  const value = inputs[name];
  return typeof value === "string" ? value : undefined;
}

/** An input as a list of texts; empty if it was not given. */
export function texts(inputs: Properties, name: string): string[] {
  const value = inputs[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** An input as a number. */
export function number(inputs: Properties, name: string): number | undefined {
  const value = inputs[name];
  return typeof value === "number" ? value : undefined;
}

/** A fault if the input was given and is none of the accepted values. */
export function oneOf(inputs: Properties, name: string, accepted: readonly string[]): InputFault[] {
  const values = Array.isArray(inputs[name]) ? texts(inputs, name) : [text(inputs, name)];
  return values
    .filter((value) => value !== undefined && !accepted.includes(value))
    .map((value) => ({
      property: name,
      reason: `"${value ?? ""}" is not accepted; it must be one of ${accepted.join(", ")}`,
    }));
}

/** A fault if the input was given and is lower than the least accepted number. */
export function atLeast(inputs: Properties, name: string, least: number): InputFault[] {
  const value = number(inputs, name);
  if (value === undefined || value >= least) return [];
  return [{ property: name, reason: `value must be at least ${least}, got: ${value}` }];
}

/** A fault if not exactly one of two inputs was given. */
export function exactlyOne(
  isGiven: (input: string) => boolean,
  name: string,
  other: string,
): InputFault[] {
  if (isGiven(name) !== isGiven(other)) return [];
  return [{ property: name, reason: `exactly one of ${name} and ${other} must be given` }];
}
