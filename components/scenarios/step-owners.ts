/** Ids of the scenarios that have a step of that name: whoever gives it for another one may mean these. */
export function stepOwners(
  step: string,
  scenarios: readonly {
    readonly id: string;
    readonly steps: readonly { readonly id: string }[];
  }[],
): string[] {
  return scenarios.filter(({ steps }) => steps.some(({ id }) => id === step)).map(({ id }) => id);
}
