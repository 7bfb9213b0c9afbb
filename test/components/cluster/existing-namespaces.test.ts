import { describe, expect, it } from "vitest";
import {
  namespaceFaults,
  namespacesToAsk,
} from "../../../components/cluster/existing-namespaces.ts";
import type { Listed } from "../../../components/cluster/list-objects.ts";

const place = { kubeconfigPath: "/k", kubeContext: "prod", stack: "dev" };

function seen(name: string, labels?: Record<string, string>, phase = "Active"): Listed {
  const metadata = { name, ...(labels ? { labels } : {}) };
  return {
    status: "listed",
    objects: [{ apiVersion: "v1", kind: "Namespace", metadata, status: { phase } }],
  };
}

describe("namespaceFaults", () => {
  it("is about the namespace that the lab makes, and the one that it labels", () => {
    expect(namespacesToAsk).toEqual(["istio-system", "default"]);
  });

  it.each<[string, Listed]>([
    ["has none of them", { status: "listed", objects: [] }],
    ["has this stack's", seen("istio-system", { "istio-lab/stack": "dev", other: "x" })],
    ["has default without labels", seen("default")],
    [
      "has default as this stack labelled it",
      seen("default", { "istio-lab/stack": "dev", "istio-injection": "enabled" }),
    ],
  ])("has nothing against a cluster that %s", (_, answer) => {
    expect(namespaceFaults(answer, place)).toEqual([]);
  });

  it.each([
    ["not this lab's", {}],
    ['another lab\'s, of stack "two"', { "istio-lab/stack": "two" }],
  ])("refuses an istio-system that is %s", (whose, labels) => {
    expect(namespaceFaults(seen("istio-system", labels), place)).toEqual([
      {
        problem: `namespace istio-system is in the cluster of context "prod" already, and is ${whose}: the lab would change it, and destroy would delete it with all that is in it`,
        accepted:
          "a cluster without it, or with it labelled istio-lab/stack=dev, as this lab labels its own",
        fix: "pulumi config set istio-lab:kubeContext NAME, or pulumi config set istio-lab:cluster kind; where nobody needs it, let the lab make its own: kubectl --kubeconfig /k --context prod delete namespace istio-system",
      },
    ]);
  });

  it.each<Record<string, string>>([{}, { "istio-lab/stack": "dev" }])(
    "waits for one that is being deleted, whosever it is: %j",
    (labels) => {
      expect(namespaceFaults(seen("istio-system", labels, "Terminating"), place)).toEqual([
        {
          problem: 'namespace istio-system of context "prod" is being deleted',
          fix: "wait until it is gone: kubectl --kubeconfig /k --context prod wait --for=delete namespace/istio-system --timeout=5m",
        },
      ]);
    },
  );

  it("refuses a default that its owner labelled for injection, or against it", () => {
    expect(namespaceFaults(seen("default", { "istio-injection": "disabled" }), place)).toEqual([
      {
        problem:
          'namespace default of context "prod" has label istio-injection=disabled already, which is not this lab\'s: the lab sets and removes it from step to step',
        accepted:
          "namespace default without it, or labelled istio-lab/stack=dev as well, as this lab does",
        fix: "pulumi config set istio-lab:kubeContext NAME, or pulumi config set istio-lab:cluster kind; where nobody needs it: kubectl --kubeconfig /k --context prod label namespace default istio-injection-",
      },
    ]);
  });

  it("says of a cluster that does not answer what kubectl says of it", () => {
    expect(namespaceFaults({ status: "silent", detail: "refused" }, place)).toEqual([
      {
        problem: 'kubeContext: the cluster of "prod" gives no usable answer (refused)',
        fix: "kubectl --kubeconfig /k --context prod get namespaces shows what it says; mend that, or pulumi config set istio-lab:kubeContext NAME, or pulumi config set istio-lab:cluster kind",
      },
    ]);
  });

  it("says where there is no kubectl", () => {
    expect(namespaceFaults({ status: "no-kubectl" }, place)).toEqual([
      {
        problem:
          "kubectl: there is no such command on PATH, so the cluster can't be asked what it has already",
        fix: 'eval "$(npm run -s env)" puts the lab\'s own on PATH',
      },
    ]);
  });
});
