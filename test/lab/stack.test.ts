import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { currentStackFacts, stackFacts } from "../../hack/lab/stack.ts";

const project = `
name: istio-lab
config:
  httpPort: { type: string, default: "8080" }
  httpsPort: { type: string, default: "8443" }
  clusterName: { type: string, default: "" }
`;

describe("settings of a stack", () => {
  it("come from Pulumi.yaml's defaults, and where there is none from ours", () => {
    expect(stackFacts(project, "", "dev")).toEqual({
      stack: "dev",
      project: "istio-lab",
      cluster: "kind",
      nodes: 1,
      domain: "example.com",
      listenAddress: "127.0.0.1",
      metallb: false,
      scenario: "",
      ports: { httpPort: 8080, httpsPort: 8443, statusPort: 15021 },
    });
  });

  it("of the stack file come first, numbers as text or not", () => {
    const stack = `
config:
  istio-lab:httpPort: 9080
  istio-lab:httpsPort: "9443"
  istio-lab:clusterName: mine
  istio-lab:cluster: existing
  istio-lab:kubeContext: prod
  istio-lab:nodes: "3"
  istio-lab:domain: lab.test
  istio-lab:listenAddress: 0.0.0.0
  istio-lab:imageRegistry: mirror.example.org
  other:httpPort: "1"
`;
    expect(stackFacts(project, stack, "second")).toEqual({
      stack: "second",
      project: "istio-lab",
      clusterName: "mine",
      cluster: "existing",
      kubeContext: "prod",
      nodes: 3,
      domain: "lab.test",
      listenAddress: "0.0.0.0",
      metallb: false,
      scenario: "",
      imageRegistry: "mirror.example.org",
      ports: { httpPort: 9080, httpsPort: 9443, statusPort: 15021 },
    });
  });

  it("in a file that is no YAML are refused, with its name and the line", () => {
    expect(() => stackFacts(project, "config:\n a: b\n  c: d\n", "dev")).toThrow(
      /^Pulumi\.dev\.yaml is no YAML: .* at line 2, column 5/,
    );
  });

  it.each(["http", "0", "70000", "80.5"])("that are no port (%s) count as unset", (value) => {
    const stack = `config:\n  istio-lab:httpPort: "${value}"\n`;
    expect(stackFacts(project, stack, "dev").ports.httpPort).toBe(80);
  });
});

describe("the selected stack", () => {
  afterEach(() => vi.unstubAllEnvs());

  /** A project folder and a Pulumi home where this stack is selected. */
  function selected(stack: string): { folder: string; home: string } {
    const folder = mkdtempSync(join(tmpdir(), "lab-stack-"));
    const home = join(folder, "home");
    const file = join(folder, "Pulumi.yaml");
    writeFileSync(file, project);
    mkdirSync(join(home, "workspaces"), { recursive: true });
    const hash = createHash("sha1").update(file).digest("hex");
    writeFileSync(
      join(home, "workspaces", `istio-lab-${hash}-workspace.json`),
      JSON.stringify({ stack }),
    );
    return { folder, home };
  }

  it("is the one Pulumi remembers for this folder", () => {
    vi.stubEnv("PULUMI_STACK", undefined);
    const { folder, home } = selected("organization/istio-lab/second");
    expect(currentStackFacts(folder, ["/nowhere", home]).stack).toBe("second");
  });

  it("is PULUMI_STACK before that", () => {
    vi.stubEnv("PULUMI_STACK", "third");
    const { folder, home } = selected("second");
    expect(currentStackFacts(folder, [home]).stack).toBe("third");
  });

  it.each(["", '{"stack": "sec', "null"])("is dev when Pulumi's file was cut short: %j", (text) => {
    vi.stubEnv("PULUMI_STACK", undefined);
    const { folder, home } = selected("second");
    for (const name of readdirSync(join(home, "workspaces"))) {
      writeFileSync(join(home, "workspaces", name), text);
    }
    expect(currentStackFacts(folder, [home]).stack).toBe("dev");
  });

  it("is dev when none was selected", () => {
    vi.stubEnv("PULUMI_STACK", undefined);
    const { folder } = selected("second");
    expect(currentStackFacts(folder, ["/nowhere"]).stack).toBe("dev");
  });
});
