import { describe, expect, it } from "vitest";
import { engineFailure, readContainers } from "../../../components/cluster/docker-probe.ts";

describe("engineFailure", () => {
  it.each([
    [
      "no docker on PATH",
      { code: "ENOENT", message: "spawn docker ENOENT" },
      { status: "missing" },
    ],
    [
      "stopped",
      {
        code: 1,
        message: "",
        stderr:
          "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n",
      },
      {
        status: "stopped",
        detail:
          "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
      },
    ],
    [
      "stopped, as docker 29 says it",
      {
        code: 1,
        message: "",
        stderr: "failed to connect to the docker API at unix:///x; check the path\n",
      },
      {
        status: "stopped",
        detail: "failed to connect to the docker API at unix:///x; check the path",
      },
    ],
    [
      "not for this user",
      {
        code: 1,
        message: "",
        stderr: "permission denied while trying to connect to the Docker daemon socket",
      },
      { status: "denied" },
    ],
    ["hanging", { message: "", stderr: "" }, { status: "silent", detail: "no answer within 10 s" }],
  ])("%s", (_, failure, expected) => {
    expect(engineFailure(failure)).toEqual(expected);
  });
});

describe("readContainers", () => {
  it("keeps what tells whose a container is and what it holds", () => {
    const json = JSON.stringify([
      {
        Id: "abc",
        Name: "/istio-control-plane",
        State: { Running: true, Paused: true, StartedAt: "2026-01-01T00:00:00Z" },
        Mounts: [
          { Type: "bind", Source: "/x", Destination: "/etc/istio-lab" },
          { Destination: "/tmp" },
        ],
        HostConfig: {
          PortBindings: { "31380/tcp": [{ HostIp: "127.0.0.1", HostPort: "80" }], "1/tcp": null },
        },
      },
      {
        Id: "d",
        Name: "/d",
        State: { Running: false, Paused: false, StartedAt: "2025-01-01T00:00:00Z" },
        Mounts: null,
        HostConfig: { PortBindings: null },
      },
    ]);
    expect(readContainers(json)).toEqual([
      {
        id: "abc",
        name: "istio-control-plane",
        running: true,
        paused: true,
        startedAt: "2026-01-01T00:00:00Z",
        mounts: [
          { source: "/x", destination: "/etc/istio-lab" },
          { source: "", destination: "/tmp" },
        ],
        hostPorts: [80],
      },
      {
        id: "d",
        name: "d",
        running: false,
        paused: false,
        startedAt: "2025-01-01T00:00:00Z",
        mounts: [],
        hostPorts: [],
      },
    ]);
  });
});
