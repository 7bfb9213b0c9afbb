import { describe, expect, it } from "vitest";
import type { Container, Machine } from "../../components/cluster/machine.ts";
import type { ConfigContext } from "../../components/config-rules.ts";
import { ConfigError } from "../../components/faults.ts";
import { preflight, type Probes } from "../../components/preflight.ts";

const stackFolder = "/home/a/lab/.lab/dev";
const ours: Container = {
  id: "abc",
  name: "istio-control-plane",
  running: true,
  mounts: [{ source: `${stackFolder}/node`, destination: "/etc/istio-lab" }],
  hostPorts: [80, 443, 15021],
};
function machine(rest: Partial<Machine> = {}): Machine {
  return { engine: { status: "ready" }, ports: new Map(), ...rest };
}

describe("preflight", () => {
  const context: ConfigContext = {
    stack: "dev",
    scenarios: [{ id: "statefulset-ingress", steps: [{ id: "ingress" }] }],
    supply: {
      kind: "official",
      missingImages: {},
      rolesInNode: [],
      nodeImage: "n",
      istio: { version: "1.31.1" },
    },
  };
  const probes = (seen: Machine, files: Record<string, string> = {}): Probes => ({
    machine: () => Promise.resolve(seen),
    read: (path) => Promise.resolve(files[path]),
    places: () => [],
    list: () => Promise.reject(new Error("not to be asked")),
  });

  it("gives config and generation on a good machine", async () => {
    const files = { [`${stackFolder}/cluster.json`]: '{"generation":3,"containerId":"abc"}' };
    const ready = await preflight({}, context, stackFolder, probes(machine({ node: ours }), files));
    expect([ready.config.clusterName, ready.generation]).toEqual(["istio", 3]);
    expect(Object.isFrozen(ready.config)).toBe(true);
  });

  it("reports faults of config and machine in one error, and probes with the values that are good", async () => {
    let asked: unknown;
    const bad: Probes = {
      ...probes(machine()),
      machine: (wanted) => {
        asked = wanted;
        return Promise.resolve(
          machine({ engine: { status: "missing" }, ports: new Map([[8080, { status: "taken" }]]) }),
        );
      },
    };
    const run = preflight(
      { step: "nope", httpPort: "8080", httpsPort: "x" },
      context,
      stackFolder,
      bad,
    );
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).faults.map(({ problem }) => problem.split(":")[0])).toEqual([
      "httpsPort",
      "step",
      "container engine",
      "httpPort",
    ]);
    expect(asked).toMatchObject({ clusterName: "istio", httpPort: 8080, statusPort: 15021 });
    expect(asked).not.toHaveProperty("httpsPort");
  });

  it("asks nothing of a machine whose home can't be written, where asking hangs", async () => {
    const bad: Probes = {
      ...probes(machine()),
      machine: () => Promise.reject(new Error("not to be probed")),
      places: () => [{ problem: "HOME: no file can be made", fix: "mend it" }],
    };
    await expect(preflight({ step: "nope" }, context, stackFolder, bad)).rejects.toThrow(
      /^2 faults;[^]*step: given "nope"[^]*HOME: no file can be made/,
    );
  });

  it("asks nothing of this machine for an existing cluster but its kubeconfig", async () => {
    const none: Probes = {
      ...probes(machine()),
      machine: () => Promise.reject(new Error("not to be probed")),
      read: () => Promise.resolve(undefined),
    };
    const raw = { cluster: "existing", kubeContext: "prod", kubeconfig: "/k" };
    await expect(preflight(raw, context, stackFolder, none)).rejects.toThrow(
      /1 fault;[^]*can't read "\/k"/,
    );
  });

  it("asks an existing cluster for its namespaces, and reports their faults with those of config", async () => {
    const kubeconfig = JSON.stringify({
      contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: "https://c" } }],
    });
    const asked: unknown[] = [];
    const theirs: Probes = {
      ...probes(machine()),
      machine: () => Promise.reject(new Error("not to be probed")),
      read: () => Promise.resolve(kubeconfig),
      list: (access, what, input) => {
        asked.push([access.kubeconfigPath, access.kubeContext, what, input]);
        const metadata = { name: "istio-system" };
        const objects = [{ apiVersion: "v1", kind: "Namespace", metadata }];
        return Promise.resolve({ status: "listed", objects });
      },
    };
    const raw = { cluster: "existing", kubeContext: "prod", kubeconfig: "/k", step: "nope" };
    await expect(preflight(raw, context, stackFolder, theirs)).rejects.toThrow(
      /^2 faults;[^]*step: given "nope"[^]*namespace istio-system is in the cluster of context "prod" already/,
    );
    expect(asked).toEqual([["/k", "prod", ["namespace", "istio-system", "default"], undefined]]);
    const free: Probes = {
      ...theirs,
      list: () => Promise.resolve({ status: "listed", objects: [] }),
    };
    const { config, generation } = await preflight(
      { ...raw, step: "ingress" },
      context,
      stackFolder,
      free,
    );
    expect([config.cluster, generation]).toEqual(["existing", 1]);
  });

  it("asks no cluster where config names none", async () => {
    const none: Probes = {
      ...probes(machine()),
      read: () => Promise.resolve("{}"),
    };
    const run = preflight({ cluster: "existing", kubeconfig: "/k" }, context, stackFolder, none);
    await expect(run).rejects.toThrow(/1 fault;[^]*kubeContext: not set/);
  });
});
