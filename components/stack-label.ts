import * as pulumi from "@pulumi/pulumi";

/**
 * Label of every namespace that the lab makes, and of the one that it only labels; its value is the name of the stack.
 * In somebody else's cluster it tells the lab's own from what was there before, see `namespaceFaults`.
 */
export const stackLabel = "istio-lab/stack";

/** {@link stackLabel} with the name of this stack. */
export function stackLabels(): Record<string, string> {
  return { [stackLabel]: pulumi.getStack() };
}
