import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import type { Container, Machine } from "../../components/cluster/machine.ts";
import type { ConfigContext } from "../../components/config-rules.ts";
import { ConfigError } from "../../components/faults.ts";
import { preflight, type Probes } from "../../components/preflight.ts";

const stackFolder = "/home/a/lab/.lab/dev";
const ours: Container = {
  id: "abc",
  name: "istio-control-plane",
  running: true,
  paused: false,
  startedAt: "2026-01-01T00:00:00Z",
  mounts: [{ source: `${stackFolder}/node`, destination: "/etc/istio-lab" }],
  hostPorts: [80, 443, 15021],
};
function machine(rest: Partial<Machine> = {}): Machine {
  return { engine: { status: "ready" }, ports: new Map(), workers: [], ...rest };
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
    ask: () => Promise.resolve({ status: "ready" }),
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

  const marker = { [`${stackFolder}/cluster.json`]: '{"generation":3,"containerId":"abc"}' };
  /** A cluster that never answers: whoever asks goes on until it is enough. */
  const mute: Probes["ask"] = async (_, patience) => {
    if (!patience.aborted) await once(patience, "abort");
    return { status: "silent", detail: "no answer in time" };
  };

  it("does not go on without a cluster that runs and does not answer, and waits ten seconds for it", async () => {
    vi.useFakeTimers();
    try {
      const run = preflight({}, context, stackFolder, {
        ...probes(machine({ node: ours }), marker),
        ask: mute,
      });
      const ended = expect(run).rejects.toThrow(
        /^1 fault;[^]*cluster: node istio-control-plane runs, but istio does not answer \(no answer in time\)/,
      );
      await vi.advanceTimersByTimeAsync(10_000);
      await ended;
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    [
      "paused",
      { node: { ...ours, paused: true } },
      /node istio-control-plane is paused[^]*do: docker unpause istio-control-plane/,
    ],
    ["foreign", { node: { ...ours, mounts: [] } }, /a kind cluster "istio" is there/],
  ])(
    "says at once, without an answer, what is wrong with a %s cluster",
    async (_, seen, message) => {
      const run = preflight({ step: "nope" }, context, stackFolder, {
        ...probes(machine(seen), marker),
        ask: mute,
      });
      await expect(run).rejects.toThrow(message);
      await expect(run).rejects.toThrow(/^2 faults;[^]*step: given "nope"/);
    },
  );

  it.each([
    ["stopped", { node: { ...ours, running: false } }, marker, 4],
    ["gone", {}, marker, 4],
    ["half made", { node: ours }, {}, 1],
    ["another one than was made", { node: { ...ours, id: "def" } }, marker, 4],
  ])(
    "needs no answer of a cluster that is %s: it is made anew",
    async (_, seen, files, generation) => {
      const ready = await preflight({}, context, stackFolder, {
        ...probes(machine(seen), files),
        ask: mute,
      });
      expect(ready.generation).toBe(generation);
    },
  );

  it("tells a cluster that was stopped and started by when it was", async () => {
    const started = '{"generation":3,"containerId":"abc","started":"2025-12-31T00:00:00Z"}';
    const files = { [`${stackFolder}/cluster.json`]: started };
    const ready = await preflight({}, context, stackFolder, probes(machine({ node: ours }), files));
    expect(ready).toMatchObject({ generation: 3, restart: "2026-01-01T00:00:00Z" });
  });

  it("does not ask an existing cluster that does not answer for its namespaces", async () => {
    const kubeconfig = JSON.stringify({
      contexts: [{ name: "prod", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server: "https://c" } }],
    });
    const run = preflight(
      { cluster: "existing", kubeContext: "prod", kubeconfig: "/k" },
      context,
      stackFolder,
      {
        ...probes(machine(), { "/k": kubeconfig }),
        ask: () => Promise.resolve({ status: "silent", detail: "connection refused" }),
      },
    );
    await expect(run).rejects.toThrow(
      /^1 fault;[^]*the cluster of "prod" gives no usable answer \(connection refused\)/,
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
