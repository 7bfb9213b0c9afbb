import { describe, expect, it } from "vitest";
import { metricRelabelings } from "../../../hack/registry-only/metrics/relabelings.ts";
import { relabel, type Labels } from "../../support/relabel.ts";

const productpage = "spiffe://cluster.local/ns/default/sa/bookinfo-productpage";
const reviews = "spiffe://cluster.local/ns/default/sa/bookinfo-reviews";

/** What a proxy says of its own side. */
function side(name: "source" | "destination", app: string, version: string): Labels {
  return {
    [`${name}_workload`]: `${app}-${version}`,
    [`${name}_workload_namespace`]: "default",
    [`${name}_canonical_service`]: app,
    [`${name}_canonical_revision`]: version,
    [`${name}_cluster`]: "Kubernetes",
    [`${name}_app`]: app,
    [`${name}_version`]: version,
  };
}

function unknown(name: "source" | "destination"): Labels {
  return {
    [`${name}_workload`]: "unknown",
    [`${name}_workload_namespace`]: "unknown",
    [`${name}_canonical_service`]: "unknown",
    [`${name}_canonical_revision`]: "latest",
    [`${name}_cluster`]: "unknown",
    [`${name}_app`]: "unknown",
    [`${name}_version`]: "unknown",
    [`${name}_principal`]: "unknown",
  };
}

const service: Labels = {
  destination_service: "reviews.default.svc.cluster.local",
  destination_service_name: "reviews",
  destination_service_namespace: "default",
};
const answer: Labels = { request_protocol: "http", response_code: "200", response_flags: "-" };

const atClient: Labels = {
  __name__: "envoy_istio_requests_total",
  pod: "productpage-v1-0",
  reporter: "source",
  ...side("source", "productpage", "v1"),
  ...service,
  ...answer,
  grpc_response_status: "",
  source_principal: productpage,
  destination_principal: reviews,
  istio_lab_peer: "reviews-v2;default;reviews;v2;Kubernetes;reviews;v2",
};

const atServer: Labels = {
  __name__: "envoy_istio_requests_total",
  pod: "reviews-v2-0",
  reporter: "destination",
  ...side("destination", "reviews", "v2"),
  ...service,
  ...answer,
  grpc_response_status: "",
  source_principal: productpage,
  destination_principal: reviews,
  istio_lab_peer: "productpage-v1;default;productpage;v1;Kubernetes;productpage;v1",
};

const named = (series: Labels): Labels => relabel(series, metricRelabelings);

describe("metric relabelings", () => {
  it("give a client's counter Istio's name and labels, those of the workload that answered too", () => {
    expect(named(atClient)).toEqual({
      __name__: "istio_requests_total",
      pod: "productpage-v1-0",
      reporter: "source",
      ...side("source", "productpage", "v1"),
      source_principal: productpage,
      ...side("destination", "reviews", "v2"),
      destination_principal: reviews,
      ...service,
      ...answer,
      connection_security_policy: "unknown",
    });
  });

  it("give a server's counter the workload that called, whoever else has its identity", () => {
    expect(named(atServer)).toEqual({
      __name__: "istio_requests_total",
      pod: "reviews-v2-0",
      reporter: "destination",
      ...side("source", "productpage", "v1"),
      source_principal: productpage,
      ...side("destination", "reviews", "v2"),
      destination_principal: reviews,
      ...service,
      ...answer,
      connection_security_policy: "mutual_tls",
    });
  });

  it("take what istiod says of an endpoint that has no proxy to answer; app and version it does not say", () => {
    const series = {
      ...atClient,
      destination_principal: "",
      istio_lab_peer: "legacy;old;legacy;;Kubernetes",
    };
    expect(named(series)).toMatchObject({
      destination_workload: "legacy",
      destination_workload_namespace: "old",
      destination_canonical_service: "legacy",
      destination_canonical_revision: "latest",
      destination_cluster: "Kubernetes",
      destination_app: "unknown",
      destination_version: "unknown",
      destination_principal: "unknown",
    });
  });

  it("leave nothing of a caller without a sidecar but the plain text", () => {
    expect(named({ ...atServer, source_principal: "", istio_lab_peer: "" })).toMatchObject({
      ...unknown("source"),
      ...side("destination", "reviews", "v2"),
      connection_security_policy: "none",
    });
  });

  it("know the namespace of a caller that told nothing from its identity, and no more", () => {
    expect(named({ ...atServer, istio_lab_peer: "" })).toMatchObject({
      ...unknown("source"),
      source_workload_namespace: "default",
      source_principal: productpage,
      connection_security_policy: "mutual_tls",
    });
  });

  it("write unknown where a client reached nobody", () => {
    const series = {
      ...atClient,
      source_principal: "",
      destination_principal: "",
      destination_service: "",
      destination_service_name: "",
      destination_service_namespace: "",
      istio_lab_peer: "",
    };
    expect(named(series)).toMatchObject({
      ...unknown("destination"),
      source_principal: "unknown",
      destination_service: "unknown",
      destination_service_name: "unknown",
      destination_service_namespace: "unknown",
    });
  });

  it("take a server's own name where it is asked for no service", () => {
    const series = { ...atServer, destination_service: "", destination_service_name: "" };
    expect(named(series)).toMatchObject({
      destination_service: "reviews",
      destination_service_name: "reviews",
      destination_service_namespace: "default",
    });
  });

  it("take the other side's namespace for a service's own", () => {
    expect(named({ ...atClient, destination_service_namespace: "" })).toMatchObject({
      destination_service_namespace: "default",
    });
  });

  it("write unknown for a version that a workload does not have", () => {
    const told = "curltest;default;curltest;latest;Kubernetes;curltest;";
    expect(named({ ...atServer, istio_lab_peer: told })).toMatchObject({
      source_workload: "curltest",
      source_canonical_revision: "latest",
      source_app: "curltest",
      source_version: "unknown",
    });
  });

  it("know gRPC by its status", () => {
    expect(named({ ...atServer, grpc_response_status: "0" })).toMatchObject({
      request_protocol: "grpc",
      grpc_response_status: "0",
    });
  });

  it.each([
    [
      "envoy_istio_request_duration_milliseconds_bucket",
      "istio_request_duration_milliseconds_bucket",
    ],
    ["envoy_istio_response_bytes_sum", "istio_response_bytes_sum"],
    ["envoy_istio_tcp_sent_bytes_total", "istio_tcp_sent_bytes_total"],
  ])("name %s %s, with the same labels", (before, after) => {
    expect(named({ ...atServer, __name__: before })).toEqual({
      ...named(atServer),
      __name__: after,
    });
  });

  it("touch no other metric", () => {
    const other = { __name__: "envoy_cluster_upstream_rq", reporter: "source", cluster_name: "x" };
    expect(named(other)).toEqual(other);
    const lookalike = { __name__: "istio_agent_go_info", source_workload: "" };
    expect(named(lookalike)).toEqual({ __name__: "istio_agent_go_info" });
  });

  it("keep apart what Envoy counts apart", () => {
    const peers = ["v1", "v2", "v3"].map(
      (version) => `reviews-${version};default;reviews;${version};Kubernetes;reviews;${version}`,
    );
    const versions = peers.map(
      (istio_lab_peer) => named({ ...atClient, istio_lab_peer })["destination_version"],
    );
    expect(versions).toEqual(["v1", "v2", "v3"]);
  });
});
