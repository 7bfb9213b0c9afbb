import * as pulumi from "@pulumi/pulumi";

/**
 * Holds every registration back until the function it returns is called. Without it a program that throws half-way still
 * registers what it made before: Pulumi's Node SDK goes on with what is under way, and only then reports the error.
 * A program that never calls the function changes nothing.
 * @throws Error outside a Pulumi program
 */
export function holdRegistrations(): () => void {
  const { promise: gate, resolve } = Promise.withResolvers<undefined>();
  pulumi.runtime.registerStackTransformation(({ props, opts }) => {
    // A promise of no resource: it leaves no trace in the state. Pulumi unwraps one of any depth, its types do not.
    const dependsOn = gate.then(() => opts.dependsOn ?? []) as typeof opts.dependsOn;
    return { props, opts: { ...opts, dependsOn } };
  });
  return () => {
    resolve(undefined);
  };
}
