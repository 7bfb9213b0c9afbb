import { describe, expect, it } from "vitest";
import { bookinfoDeploy } from "../../../components/scenarios/bookinfo-deploy.ts";
import { noSubsets, subsets } from "../../../components/scenarios/bookinfo/rows.ts";
import { images } from "../../../components/versions.ts";
import {
  appKeys,
  callOf,
  gatewayKeys,
  objectKeys,
  rowsOf,
  ruleKeys,
} from "../../support/bookinfo.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find } from "../../support/mocks.ts";

const id = "bookinfo-deploy";

describe("objects of bookinfo-deploy", () => {
  it.each([
    ["app", [...appKeys]],
    ["gateway", [...appKeys, ...gatewayKeys]],
    ["kiali", [...appKeys, ...gatewayKeys]],
    ["destination-rules", [...appKeys, ...gatewayKeys, ...ruleKeys]],
  ])("%s", async (step, keys) => {
    expect(await objectKeys(id, step)).toEqual([...keys].sort());
  });

  it.each([
    ["app", []],
    ["gateway", []],
    ["kiali", ["Deployment.apps istio-system/kiali", "Deployment.apps istio-system/prometheus"]],
    [
      "destination-rules",
      ["Deployment.apps istio-system/kiali", "Deployment.apps istio-system/prometheus"],
    ],
  ])("%s has add-ons %j", async (step, expected) => {
    const registered = await buildStep(id, step);
    const found = registered.filter(
      ({ type, name }) =>
        type === "kubernetes:apps/v1:Deployment" && name.startsWith("istio-system/"),
    );
    expect(found.map(({ name }) => `Deployment.apps ${name}`).sort()).toEqual(expected);
  });

  it.each([
    ["details", "v1", images.details],
    ["productpage", "v1", images.productpage],
    ["ratings", "v1", images.ratings],
    ["reviews", "v1", images.reviews1],
    ["reviews", "v2", images.reviews2],
    ["reviews", "v3", images.reviews3],
  ])("%s-%s: one pod with its identity, on port 9080", async (service, version, image) => {
    const { inputs } = find(
      await buildStep(id, "app"),
      `default/${service}-${version}`,
      "kubernetes:apps/v1:Deployment",
    );
    const labels = { app: service, version };
    expect(inputs["spec"]).toMatchObject({
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: `bookinfo-${service}`,
          containers: [
            {
              name: service,
              image,
              imagePullPolicy: "IfNotPresent",
              ports: [{ name: "http", containerPort: 9080 }],
              readinessProbe: { httpGet: { path: "/health", port: "http" }, periodSeconds: 1 },
            },
          ],
        },
      },
    });
  });

  it("has one Gateway on port 80, for every host, and lets in only what a browser needs", async () => {
    const registered = await buildStep(id, "gateway");
    const spec = (name: string, kind: string): unknown =>
      find(registered, `default/${name}`, `kubernetes:networking.istio.io/v1:${kind}`).inputs[
        "spec"
      ];
    expect(spec("bookinfo-gateway", "Gateway")).toEqual({
      selector: { istio: "ingressgateway" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
    });
    expect(spec("bookinfo", "VirtualService")).toEqual({
      hosts: ["*"],
      gateways: ["bookinfo-gateway"],
      http: [
        {
          match: [
            { uri: { exact: "/productpage" } },
            { uri: { prefix: "/static" } },
            { uri: { exact: "/login" } },
            { uri: { exact: "/logout" } },
            { uri: { prefix: "/api/v1/products" } },
          ],
          route: [{ destination: { host: "productpage", port: { number: 9080 } } }],
        },
      ],
    });
  });

  it.each([
    ["details", ["v1"]],
    ["productpage", ["v1"]],
    ["ratings", ["v1"]],
    ["reviews", ["v1", "v2", "v3"]],
  ])("names the versions of %s: %j", async (service, versions) => {
    const { inputs } = find(
      await buildStep(id, "destination-rules"),
      `default/${service}`,
      "kubernetes:networking.istio.io/v1:DestinationRule",
    );
    expect(inputs["spec"]).toEqual({
      host: service,
      subsets: versions.map((version) => ({ name: version, labels: { version } })),
    });
  });
});

describe("rows of bookinfo-deploy", () => {
  it("ask the product page in the mesh at every step, and from outside once there is a gateway", async () => {
    const names = async (step: string): Promise<string[]> =>
      (await rowsOf(id, step)).map(({ name }) => name);
    const app = [
      "six pods of Bookinfo have a sidecar that is ready",
      "four Services on port 9080",
      "in the mesh the product page has its details and reviews",
    ];
    const open = [
      ...app,
      "from outside the product page answers",
      "a path that no route matches is refused",
      "all three versions of reviews take turns",
    ];
    expect(await names("app")).toEqual([...app, "from outside the product page is not reached"]);
    expect(await names("gateway")).toEqual([...open, noSubsets.name, "no prometheus, no kiali"]);
    expect(await names("kiali")).toEqual([
      ...open,
      noSubsets.name,
      "the product page's proxy counts which versions of reviews answered",
      "the proxy of ratings counts which versions of reviews called",
      "Kiali draws Bookinfo as traffic showed it",
    ]);
    expect(await names("destination-rules")).toEqual([
      ...open,
      subsets.name,
      "Kiali's API answers without a login",
      "each service has a DestinationRule",
    ]);
  });

  it("wants of Kiali what only its API knows, with nothing that stands for a login", async () => {
    const name = "Kiali's API answers without a login";
    const row = (await rowsOf(id, "destination-rules")).find((one) => one.name === name);
    expect(row).toMatchObject({ needs: "kiali" });
    expect(row?.check).toEqual({
      kind: "http",
      caller: { from: "pod", app: "sleep" },
      url: "http://kiali.istio-system:20001/kiali/api/namespaces",
      expect: {
        status: [200],
        json: [{ path: "[*].name", includes: ["default", "istio-system"] }],
      },
    });
  });

  it.each([
    ["with a web interface", {}, ["kubectl -n istio-system port-forward service/kiali 20001"]],
    [
      "without one",
      { "kiali-ui": "there is none" },
      [
        'kubectl get --raw \'/api/v1/namespaces/istio-system/services/kiali:20001/proxy/kiali/api/namespaces/graph?namespaces=default&duration=300s&graphType=workload&appenders=deadNode\' | grep -oE \'"workload": *"[^"]*"\' | sort -u',
      ],
    ],
    ["that is not there at all", { kiali: "x", "kiali-ui": "x" }, []],
  ])("tries a Kiali %s", (_, limits, commands) => {
    const lab = labOutputs("kiali", 0, { supply: { kind: "x", limits, parts: {} } });
    expect(bookinfoDeploy.tryIt(lab, "kiali").slice(2)).toEqual(commands);
  });

  it("wants each version at least 5 times of 60", async () => {
    const check = await callOf(id, "gateway", "all three versions of reviews take turns");
    expect(check).toMatchObject({
      url: "http://localhost:8080/api/v1/products/0/reviews",
      times: 60,
      expect: { status: [200] },
      shares: ["v1", "v2", "v3"].map((version) => ({
        text: `"podname": "reviews-${version}-`,
        atLeast: 5,
        atMost: 60,
      })),
    });
  });

  it("wants both sides of a call to know which version the other one was", async () => {
    const counts = (await rowsOf(id, "kiali")).filter(({ needs }) => needs === "istio-metrics");
    expect(counts.map(({ check }) => check)).toEqual([
      {
        kind: "metric",
        query:
          'count(count by (destination_workload, destination_version) (istio_requests_total{reporter="source",source_workload="productpage-v1",destination_service_name="reviews",destination_workload=~"reviews-v[123]",destination_version=~"v[123]"}))',
        above: 2,
      },
      {
        kind: "metric",
        query:
          'count(count by (source_workload, source_version) (istio_requests_total{reporter="destination",destination_workload="ratings-v1",source_workload=~"reviews-v[23]",connection_security_policy="mutual_tls"}))',
        above: 1,
      },
    ]);
    const graph = (await rowsOf(id, "kiali")).at(-1);
    expect(counts.map(({ after }) => after)).toEqual([graph?.after, graph?.after]);
  });

  it("wants the graph of six workloads after 30 requests, and again after Prometheus saw them", async () => {
    const rows = await rowsOf(id, "kiali");
    const { after = [], check } = rows.at(-1) ?? {};
    expect(
      after.map((stimulus) => (stimulus.do === "call" ? stimulus.times : stimulus.do)),
    ).toEqual([30, "await-metric", 30]);
    expect(check).toMatchObject({
      expect: {
        json: [
          {
            includes: [
              "productpage-v1",
              "details-v1",
              "reviews-v1",
              "reviews-v2",
              "reviews-v3",
              "ratings-v1",
            ],
          },
          { itemsAtLeast: 6 },
        ],
      },
    });
  });
});
