import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { copyProject, type ProjectCopy } from "./project-copy.ts";

let project: ProjectCopy;
let kubeconfig: string;

beforeAll(async () => {
  project = await copyProject();
  // A cluster that nobody reaches but kubectl.
  kubeconfig = project.write(
    "kubeconfig",
    stringify({
      contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:9" } }],
      users: [{ name: "u", user: {} }],
    }),
  );
  project.configure({ cluster: "existing", kubeconfig, kubeContext: "prod", step: "ingress" });
});
afterAll(() => {
  project.remove();
});

const none = "";
const refused = "echo 'The connection to the server was refused' >&2; exit 1";
const elsewhere =
  "pulumi config set istio-lab:kubeContext NAME, or pulumi config set istio-lab:cluster kind";

/** A shell command that prints these objects. */
function has(...items: readonly object[]): string {
  return `echo '${JSON.stringify({ items })}'`;
}

const istioSystem = { apiVersion: "v1", kind: "Namespace", metadata: { name: "istio-system" } };
const sleep = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "sleep", namespace: "default" },
};
const route = {
  kind: "VirtualService",
  metadata: { name: "mine", namespace: "shop" },
  spec: { hosts: ["httpbin-0.example.com"], gateways: ["default/httpbin"] },
};

interface Cluster {
  /** What kubectl does when it is asked whether the cluster is ready, for namespaces, for objects of the step's names, and for who claims hosts. */
  readonly ready: string;
  readonly namespaces: string;
  readonly namesakes: string;
  readonly claims: string;
  readonly faults: (kubectl: string) => readonly (readonly [string, ...string[]])[];
}

const clusters: Readonly<Record<string, Cluster>> = {
  "does not answer": {
    ...{ ready: refused, namespaces: refused, namesakes: refused, claims: refused },
    faults: (kubectl) => [
      [
        'kubeContext: the cluster of "prod" gives no usable answer (The connection to the server was refused)',
        `do: ${kubectl} get namespaces shows what it says; mend that, or ${elsewhere}`,
      ],
    ],
  },
  "has an Istio of its own": {
    ...{ ready: "echo ok", namespaces: has(istioSystem), namesakes: none, claims: has() },
    faults: (kubectl) => [
      [
        'namespace istio-system is in the cluster of context "prod" already, and is not this lab\'s: the lab would change it, and destroy would delete it with all that is in it',
        "accepted: a cluster without it, or with it labelled istio-lab/stack=test, as this lab labels its own",
        `do: ${elsewhere}; where nobody needs it, let the lab make its own: ${kubectl} delete namespace istio-system`,
      ],
    ],
  },
  "has objects with the names and hosts of the step's": {
    ...{ ready: "echo ok", namespaces: none, namesakes: has(sleep), claims: has(route) },
    faults: (kubectl) => [
      [
        'Deployment default/sleep is in the cluster of context "prod" already, and is not this lab\'s: the step would change it, and destroy would delete it',
        "accepted: a cluster without it, or with it labelled istio-lab/stage=test, as this lab labels its own",
        `do: choose another step, or ${elsewhere}; where nobody needs it, let the step make its own: ${kubectl} delete deployment.apps sleep --namespace default`,
      ],
      [
        "VirtualService shop/mine, which is not the lab's, claims host \"httpbin-0.example.com\" at gateway default/httpbin, as does this step's VirtualService default/httpbin-0",
        "do: kubectl delete virtualservice.networking.istio.io mine --namespace shop, or choose another step",
      ],
    ],
  },
};

const commands = [["preview"], ["up", "--yes", "--skip-preview"]];

test.each(
  Object.keys(clusters).flatMap((what) => commands.map((command) => [command, what] as const)),
)("pulumi %s changes nothing where the cluster %s", async (command, what) => {
  const { ready, namespaces, namesakes, claims, faults } = clusters[what] as Cluster;
  project.command(
    "kubectl",
    `case "$*" in
*' get --raw /readyz') ${ready} ;;
*' get namespace '*) ${namespaces} ;;
*' get --filename - '*) ${namesakes} ;;
*'!istio-lab/stage'*) ${claims} ;;
*) exit 1 ;;
esac`,
  );
  const { exitCode, output } = await project.pulumi(...command);
  expect(exitCode, output).not.toBe(0);
  const [, diagnostics = ""] = output.split("\nDiagnostics:\n");
  const expected = faults(`kubectl --kubeconfig ${kubeconfig} --context prod`);
  const heading = expected.length === 1 ? "1 fault" : `${expected.length} faults`;
  const paragraphs = expected.map(([problem, ...rest]) =>
    [`  ${problem}`, ...rest.map((line) => `    ${line}`)].join("\n    "),
  );
  const message = [`error: ${heading}; nothing was changed.`, ...paragraphs].join("\n    \n    ");
  expect(diagnostics).toContain(`    ${message}\n`);
  expect(diagnostics.match(/error: /g)).toEqual(["error: "]);
  expect(output).not.toMatch(/^\s+at |node_modules/m);
  expect((await project.resources()).filter((type) => type !== "pulumi:pulumi:Stack")).toEqual([]);
});
