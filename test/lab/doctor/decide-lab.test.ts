import { describe, expect, it } from "vitest";
import type { Container, Machine, PortState } from "../../../components/cluster/machine.ts";
import {
  clockVerdict,
  clusterVerdict,
  engineVerdict,
  existingVerdict,
  portsVerdict,
  toolsVerdict,
} from "../../../hack/lab/doctor/decide-lab.ts";
import type { LabFacts } from "../../../hack/lab/doctor/decide-lab.ts";

const ownerFolder = "/lab/.lab/dev/node";

function node(changes: Partial<Container> = {}): Container {
  return {
    id: "c1",
    name: "istio-control-plane",
    running: true,
    paused: false,
    startedAt: "2026-01-01T00:00:00Z",
    mounts: [{ source: ownerFolder, destination: "/etc/istio-lab" }],
    hostPorts: [80],
    ...changes,
  };
}

function facts(machine: Partial<Machine> = {}): LabFacts {
  return {
    needs: { clusterName: "istio", listenAddress: "127.0.0.1", httpPort: 80, httpsPort: 443 },
    machine: { engine: { status: "ready" }, ports: new Map(), workers: [], ...machine },
    ownerFolder,
  };
}

describe("engine", () => {
  const fail = { do: "fail", message: "run this as root" } as const;

  it("that answers is ok", () => {
    expect(engineVerdict(facts(), { do: "nothing" })).toEqual({ status: "ok", found: "answers" });
  });

  it("that answers and yet can't run the lab is as set-up says", () => {
    expect(engineVerdict(facts(), fail)).toEqual({
      status: "blocker",
      found: "answers",
      hint: "run this as root",
    });
  });

  it.each([
    [{ status: "missing" }, "install and start", "npm run up installs and starts one"],
    [{ status: "stopped", detail: "no socket" }, "start", "npm run up starts it"],
  ] as const)("%j that set-up can mend (%s) is a warning", (engine, what, hint) => {
    expect(engineVerdict(facts({ engine }), { do: what })).toMatchObject({ status: "warn", hint });
  });

  it.each([
    [{ status: "missing" }],
    [{ status: "stopped", detail: "no socket" }],
    [{ status: "denied" }],
  ] as const)("%j that set-up can't mend is a blocker, with its reason", (engine) => {
    expect(engineVerdict(facts({ engine }), fail)).toMatchObject({
      status: "blocker",
      hint: "run this as root",
    });
  });

  it("that gives no usable answer is a blocker, whatever set-up would try", () => {
    const engine = { status: "silent", detail: "time-out" } as const;
    expect(engineVerdict(facts({ engine }), { do: "start" }).status).toBe("blocker");
  });
});

describe("host ports", () => {
  const ports = (
    http: PortState,
    https: PortState = { status: "free" },
  ): ReadonlyMap<number, PortState> =>
    new Map([
      [80, http],
      [443, https],
    ]);

  it("that are free are ok", () => {
    expect(portsVerdict(facts({ ports: ports({ status: "free" }) }))).toEqual({
      status: "ok",
      found: "80, 443 free",
    });
  });

  it("that the lab itself holds are ok", () => {
    const own = ports({ status: "taken", container: node() });
    expect(portsVerdict(facts({ ports: own, node: node() }))).toEqual({
      status: "ok",
      found: "80, 443 held by the lab",
    });
  });

  it("that others hold are a blocker with the holder and the key", () => {
    const taken = ports(
      { status: "taken", process: "nginx (pid 812)" },
      { status: "taken", container: node({ name: "other", mounts: [] }) },
    );
    const verdict = portsVerdict(facts({ ports: taken }));
    expect(verdict.status).toBe("blocker");
    expect(verdict.found).toContain("port 80 on 127.0.0.1 is taken by nginx (pid 812)");
    expect(verdict.found).toContain("port 443 on 127.0.0.1 is taken by container other");
    expect(verdict.hint).toContain("pulumi config set istio-lab:httpPort 8080");
  });

  it("are judged while the engine is missing", () => {
    const taken = ports({ status: "taken", process: "nginx (pid 812)" });
    const verdict = portsVerdict(facts({ engine: { status: "missing" }, ports: taken }));
    expect(verdict.found).toBe("httpPort: port 80 on 127.0.0.1 is taken by nginx (pid 812)");
  });
});

describe("cluster", () => {
  it.each([
    [undefined, undefined, "ok", "istio is not there yet"],
    [undefined, "/k", "warn", "istio is gone, its kubeconfig is left"],
    [node(), "/k", "ok", "istio runs and answers"],
    [node(), undefined, "warn", "istio is half made"],
    [node({ running: false }), "/k", "warn", "istio is stopped"],
  ])("%#", (container, kubeconfig, status, found) => {
    const verdict = clusterVerdict(facts(container ? { node: container } : {}), kubeconfig);
    expect(verdict).toMatchObject({ status, found });
  });

  it("that is paused is a blocker with the command that wakes it", () => {
    const paused = facts({ node: node({ paused: true }) });
    expect(clusterVerdict(paused, "/k")).toMatchObject({
      status: "blocker",
      hint: "docker unpause istio-control-plane, then this again",
    });
  });

  it("that runs and does not answer is a blocker", () => {
    const answer = { status: "silent", detail: "no answer in time" } as const;
    const verdict = clusterVerdict(facts({ node: node() }), "/k", answer);
    expect(verdict.status).toBe("blocker");
    expect(verdict.found).toContain("istio does not answer (no answer in time)");
    expect(verdict.hint).toContain("docker restart istio-control-plane");
  });

  it("of the user's own answers or is a blocker", () => {
    const place = { kubeconfigPath: "/k", kubeContext: "prod", stack: "dev" };
    expect(existingVerdict({ status: "ready" }, place).status).toBe("ok");
    const verdict = existingVerdict({ status: "refused", detail: "Unauthorized" }, place);
    expect(verdict.status).toBe("blocker");
    expect(verdict.found).toContain('"prod" does not take these credentials (Unauthorized)');
  });

  it("of somebody else's is a blocker with the key to change", () => {
    const verdict = clusterVerdict(facts({ node: node({ mounts: [] }) }), undefined);
    expect(verdict.status).toBe("blocker");
    expect(verdict.found).toContain('a kind cluster "istio" is there');
    expect(verdict.hint).toBe("pulumi config set istio-lab:clusterName istio-2");
  });
});

it.each([
  [undefined, "ok", "no node runs"],
  [0, "ok", "node 0.0 s ahead"],
  [2000, "ok", "node 2.0 s ahead"],
  [-2000, "ok", "node 2.0 s behind"],
  [2001, "warn", "node 2.0 s ahead"],
  [-90_000, "warn", "node 90.0 s behind"],
])("clock skew of %s ms: %s", (skew, status, found) => {
  expect(clockVerdict(skew)).toMatchObject({ status, found });
});

it("lists the tools, and those that set-up has still to get", () => {
  const kind = { name: "kind", wanted: "0.33.0", found: "0.33.0" };
  expect(toolsVerdict([kind])).toEqual({ status: "ok", found: "kind 0.33.0" });
  expect(toolsVerdict([kind, { name: "pulumi", wanted: "3.250.0" }])).toEqual({
    status: "warn",
    found: "not there: pulumi 3.250.0",
    hint: "npm run setup gets them",
  });
});
