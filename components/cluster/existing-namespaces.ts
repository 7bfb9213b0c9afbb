import type { Fault } from "../faults.ts";
import { injectionLabel } from "../mesh/namespace-injection.ts";
import { istioNamespace } from "../mesh/istio-namespace.ts";
import { stackLabel } from "../stack-label.ts";
import { noKubectlFault } from "./answer-faults.ts";
import type { ClusterAnswer } from "./ask-cluster.ts";
import type { Listed, LiveObject } from "./list-objects.ts";

/** The lab's way to somebody else's cluster, as its faults tell it. */
export interface Place {
  readonly kubeconfigPath: string;
  readonly kubeContext: string;
  /** Name of the stack. */
  readonly stack: string;
}

/** The one namespace that the lab makes in a cluster that is there already, besides those of a step. */
const made = istioNamespace;

/** The one that it labels: every cluster has it. */
const labelled = "default";

/** The namespaces of an existing cluster that {@link namespaceFaults} has to know. */
export const namespacesToAsk: readonly string[] = [made, labelled];

/**
 * What keeps the lab out of somebody else's cluster: the cluster does not answer, or its owner has for himself what the
 * lab would make. The provider applies on the server's side: it would take such a namespace over without a word, and
 * destroy would delete it.
 */
export function namespaceFaults(answer: Listed, place: Place): readonly Fault[] {
  if (answer.status !== "listed") return [unansweredFault(answer, place)];
  return answer.objects.flatMap((namespace) =>
    namespace.metadata.name === made ? madeFaults(namespace, place) : labelFaults(namespace, place),
  );
}

/** The fault of a cluster that could not be asked. */
export function unansweredFault(
  answer: Exclude<Listed, { status: "listed" }> | Exclude<ClusterAnswer, { status: "ready" }>,
  place: Place,
): Fault {
  if (answer.status === "no-kubectl") return noKubectlFault;
  if (answer.status === "refused") {
    return {
      problem: `kubeContext: the cluster of "${place.kubeContext}" does not take these credentials (${answer.detail})`,
      fix: `sign in, and see whether ${kubectl(place)} get namespaces works; or ${anotherCluster}`,
    };
  }
  return {
    problem: `kubeContext: the cluster of "${place.kubeContext}" gives no usable answer (${answer.detail})`,
    fix: `${kubectl(place)} get namespaces shows what it says; mend that, or ${anotherCluster}`,
  };
}

/** How to go somewhere else. */
export const anotherCluster =
  "pulumi config set istio-lab:kubeContext NAME, or pulumi config set istio-lab:cluster kind";

/** How a command for the cluster begins. */
export function kubectl({ kubeconfigPath, kubeContext }: Place): string {
  return `kubectl --kubeconfig ${kubeconfigPath} --context ${kubeContext}`;
}

function madeFaults({ metadata, status }: LiveObject, place: Place): Fault[] {
  const { name, labels } = metadata;
  if (status?.phase === "Terminating") {
    return [
      {
        problem: `namespace ${name} of context "${place.kubeContext}" is being deleted`,
        fix: `wait until it is gone: ${kubectl(place)} wait --for=delete namespace/${name} --timeout=5m`,
      },
    ];
  }
  if (labels?.[stackLabel] === place.stack) return [];
  return [
    {
      problem: `namespace ${name} is in the cluster of context "${place.kubeContext}" already, and is ${whose(labels)}: the lab would change it, and destroy would delete it with all that is in it`,
      accepted: `a cluster without it, or with it labelled ${stackLabel}=${place.stack}, as this lab labels its own`,
      fix: `${anotherCluster}; where nobody needs it, let the lab make its own: ${kubectl(place)} delete namespace ${name}`,
    },
  ];
}

function labelFaults({ metadata }: LiveObject, place: Place): Fault[] {
  const { name, labels = {} } = metadata;
  const value = labels[injectionLabel];
  if (labels[stackLabel] === place.stack || value === undefined) return [];
  return [
    {
      problem: `namespace ${name} of context "${place.kubeContext}" has label ${injectionLabel}=${value} already, which is ${whose(labels)}: the lab sets and removes it from step to step`,
      accepted: `namespace ${name} without it, or labelled ${stackLabel}=${place.stack} as well, as this lab does`,
      fix: `${anotherCluster}; where nobody needs it: ${kubectl(place)} label namespace ${name} ${injectionLabel}-`,
    },
  ];
}

function whose(labels: LiveObject["metadata"]["labels"]): string {
  const stack = labels?.[stackLabel];
  return stack === undefined ? "not this lab's" : `another lab's, of stack "${stack}"`;
}
