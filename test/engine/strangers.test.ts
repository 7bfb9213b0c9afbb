import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { copyProject, type ProjectCopy } from "./project-copy.ts";

let project: ProjectCopy;

const stranger = {
  kind: "VirtualService",
  metadata: { name: "mine", namespace: "shop" },
  spec: { hosts: ["httpbin-0.example.com"], gateways: ["default/httpbin"] },
};

beforeAll(async () => {
  project = await copyProject();
  // A cluster that nobody reaches but kubectl: what the program would make in it would take ages to fail.
  const kubeconfig = project.write(
    "kubeconfig",
    stringify({
      contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: "https://192.0.2.1:6443" } }],
      users: [{ name: "u", user: {} }],
    }),
  );
  project.configure({ cluster: "existing", kubeconfig, kubeContext: "prod", step: "ingress" });
  project.command(
    "kubectl",
    `case "$*" in *'!istio-lab/stage'*) echo '${JSON.stringify({ items: [stranger] })}' ;; *) exit 1 ;; esac`,
  );
});
afterAll(() => {
  project.remove();
});

const message = `    error: 1 fault; nothing was changed.
    
      VirtualService shop/mine, which is not the lab's, claims host "httpbin-0.example.com" at gateway default/httpbin, as does this step's VirtualService default/httpbin-0
        do: kubectl delete virtualservice.networking.istio.io mine --namespace shop, or choose another step
`;

test.each([["preview"], ["up", "--yes", "--skip-preview"]])(
  "pulumi %s changes nothing where somebody else's object claims a host of the step's",
  async (...command) => {
    const { exitCode, output } = await project.pulumi(...command);
    expect(exitCode, output).not.toBe(0);
    const [, diagnostics = ""] = output.split("\nDiagnostics:\n");
    expect(diagnostics).toContain(message);
    expect(diagnostics.match(/error: /g)).toEqual(["error: "]);
    expect(output).not.toMatch(/^\s+at |node_modules/m);
    expect((await project.resources()).filter((type) => type !== "pulumi:pulumi:Stack")).toEqual(
      [],
    );
  },
);
