import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import {
  StatefulService,
  type StatefulServiceArgs,
} from "../../../components/workloads/stateful-service.ts";
import {
  drain,
  find,
  listed,
  record,
  valueOf,
  whole,
  type Registration,
} from "../../support/mocks.ts";

const args: StatefulServiceArgs = {
  serviceName: "httpbin",
  namespace: "shop",
  image: "httpbin:1",
  replicas: 2,
};
const labels = { app: "httpbin" };
const entry = "kubernetes:networking.istio.io/v1:ServiceEntry";
const name = "shop/httpbin";

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

async function make(more: Partial<StatefulServiceArgs> = {}): Promise<StatefulService> {
  const service = new StatefulService(name, { ...args, ...more });
  await drain();
  return service;
}

describe("StatefulService", () => {
  it("is a headless Service, an identity and a StatefulSet", async () => {
    await make();
    expect(listed(registered)).toEqual([
      "istio-lab:workloads:StatefulService shop/httpbin",
      "kubernetes:apps/v1:StatefulSet shop/httpbin",
      "kubernetes:core/v1:Service shop/httpbin",
      "kubernetes:core/v1:ServiceAccount shop/httpbin",
    ]);
    expect(registered.slice(1).map(({ parent }) => parent)).toEqual([name, name, name]);
  });

  it("has no address of its own, so that each pod has a DNS name, and does not wait for endpoints", async () => {
    await make();
    expect(find(registered, name, "kubernetes:core/v1:Service").inputs).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "httpbin",
        namespace: "shop",
        labels,
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        clusterIP: "None",
        selector: labels,
        ports: [{ name: "http", port: 80, targetPort: 80 }],
      },
    });
  });

  it("has an identity in the mesh that is not the namespace's default", async () => {
    await make();
    expect(find(registered, name, "kubernetes:core/v1:ServiceAccount").inputs).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "httpbin", namespace: "shop" },
    });
  });

  it("starts its pods side by side, under the Service's name and the identity", async () => {
    await make();
    expect(find(registered, name, "kubernetes:apps/v1:StatefulSet").inputs).toEqual({
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "httpbin", namespace: "shop", labels },
      spec: {
        serviceName: "httpbin",
        replicas: 2,
        podManagementPolicy: "Parallel",
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels,
            annotations: { "proxy.istio.io/config": "terminationDrainDuration: 1s\n" },
          },
          spec: {
            serviceAccountName: "httpbin",
            securityContext: {
              sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
            },
            containers: [
              {
                name: "httpbin",
                image: "httpbin:1",
                imagePullPolicy: "IfNotPresent",
                env: [
                  { name: "PORT", value: "80" },
                  { name: "USE_REAL_HOSTNAME", value: "1" },
                ],
                ports: [{ name: "http", containerPort: 80 }],
                readinessProbe: {
                  httpGet: { path: "/status/200", port: "http" },
                  periodSeconds: 1,
                },
              },
            ],
          },
        },
      },
    });
    expect(find(registered, name, "kubernetes:apps/v1:StatefulSet").waitsFor).toEqual([name, name]);
  });

  it.each([1, 2, 3])("with %i replica(s) names that many pods", async (replicas) => {
    const { podHosts } = await make({ replicas });
    expect(await valueOf(pulumi.all([...podHosts]))).toEqual(
      ["0", "1", "2"].slice(0, replicas).map((n) => `httpbin-${n}.httpbin.shop.svc.cluster.local`),
    );
    expect(find(registered, name, "kubernetes:apps/v1:StatefulSet").inputs).toMatchObject({
      spec: { replicas },
    });
  });

  it.each([1, 2, 3])(
    "routable with %i replica(s) makes each pod a host of the mesh",
    async (replicas) => {
      const { podHosts } = await make({ replicas, routable: true, port: 8080 });
      const pods = ["httpbin-0", "httpbin-1", "httpbin-2"].slice(0, replicas);
      expect(
        registered.filter(({ type }) => type === entry).map(({ name, inputs }) => [name, inputs]),
      ).toEqual(
        pods.map((pod) => [
          `shop/${pod}`,
          {
            apiVersion: "networking.istio.io/v1",
            kind: "ServiceEntry",
            metadata: { name: pod, namespace: "shop" },
            spec: {
              hosts: [`${pod}.httpbin.shop.svc.cluster.local`],
              location: "MESH_INTERNAL",
              resolution: "STATIC",
              ports: [{ number: 8080, name: "http", protocol: "HTTP" }],
              workloadSelector: { labels: { "statefulset.kubernetes.io/pod-name": pod } },
            },
          },
        ]),
      );
      expect(await valueOf(pulumi.all([...podHosts]))).toEqual(
        pods.map((pod) => `${pod}.httpbin.shop.svc.cluster.local`),
      );
    },
  );

  it("changes nothing but its hosts when it becomes routable", async () => {
    await make();
    const before = whole(registered.splice(0));
    await make({ routable: true });
    expect(whole(registered.filter(({ type }) => type !== entry))).toEqual(before);
  });

  it.each([
    [undefined, 80],
    [8080, 8080],
  ])("with port %s serves, probes and publishes %i", async (port, expected) => {
    const service = await make(port === undefined ? {} : { port });
    expect(service.port).toBe(expected);
    expect(find(registered, name, "kubernetes:core/v1:Service").inputs).toMatchObject({
      spec: { ports: [{ name: "http", port: expected, targetPort: expected }] },
    });
    expect(find(registered, name, "kubernetes:apps/v1:StatefulSet").inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                env: [{ name: "PORT", value: String(expected) }, {}],
                ports: [{ name: "http", containerPort: expected }],
              },
            ],
          },
        },
      },
    });
  });
});
