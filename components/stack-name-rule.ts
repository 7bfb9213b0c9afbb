import type { Fault } from "./faults.ts";

// The lab keeps a folder a stack in `.lab`, beside these of its own.
const taken = ["bin", "passphrase", "pulumi-home", "state", "supply.json", "test-report.json"];

// A label's value: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const labelValue = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** The stack's name labels the lab's namespaces and names its folder: Pulumi takes more names than these two do. */
export function stackNameFits(_: unknown, { stack }: { readonly stack: string }): Fault[] {
  if (labelValue.test(stack) && !taken.includes(stack)) return [];
  return [
    {
      problem: `stack: its name is "${stack}", which can't be a label of the lab's namespaces and a folder of its own`,
      accepted: `at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends; none of ${taken.join(", ")}`,
      fix: "pulumi stack rename NAME",
    },
  ];
}
