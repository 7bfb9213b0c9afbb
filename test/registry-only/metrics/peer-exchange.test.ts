import { describe, expect, it } from "vitest";
import { peerExchange } from "../../../hack/registry-only/metrics/peer-exchange.ts";

interface Patch {
  readonly applyTo: string;
  readonly match: {
    readonly context: string;
    readonly listener: { readonly filterChain: { readonly filter: object } };
  };
  readonly patch: {
    readonly operation: string;
    readonly value: { readonly name: string; readonly typed_config: object };
  };
}

const { configPatches } = peerExchange["spec"] as { configPatches: readonly Patch[] };
const router = "envoy.filters.http.router";

/** The HTTP filters of a listener as istiod makes them: the router, and what the patches put around it. */
function chain(context: string): Patch["patch"]["value"][] {
  const filters = [{ name: router, typed_config: {} }];
  for (const { match, patch } of configPatches) {
    if (match.context !== context) continue;
    filters.splice(patch.operation === "INSERT_FIRST" ? 0 : filters.length - 1, 0, patch.value);
  }
  return filters;
}

function config(context: string, name: string): object | undefined {
  return chain(context).find((filter) => filter.name === name)?.typed_config;
}

const header = "x-istio-lab-peer";

describe("the exchange of peers", () => {
  it.each(["SIDECAR_OUTBOUND", "GATEWAY"])(
    "%s tells a server, and learns its answer",
    (context) => {
      expect(chain(context).map(({ name }) => name)).toEqual([
        "istio_lab.self",
        "istio_lab.tell",
        "istio_lab.learn",
        router,
      ]);
      expect(config(context, "istio_lab.tell")).toEqual({
        "@type":
          "type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation",
        mutations: {
          request_mutations: [
            { remove: header },
            {
              append: {
                header: {
                  key: header,
                  value:
                    "%CEL('external' in xds.cluster_metadata.filter_metadata.istio ? '' : filter_state['istio_lab.self'])%",
                },
                append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
              },
            },
          ],
        },
      });
      expect(config(context, "istio_lab.learn")).toEqual({
        "@type": "type.googleapis.com/envoy.extensions.filters.http.header_to_metadata.v3.Config",
        response_rules: [
          {
            header,
            on_header_present: { metadata_namespace: "istio_lab", key: "peer" },
            remove: true,
          },
        ],
      });
    },
  );

  it("SIDECAR_INBOUND learns before any other filter, and answers only who told it something", () => {
    const context = "SIDECAR_INBOUND";
    expect(chain(context).map(({ name }) => name)).toEqual([
      "istio_lab.learn",
      "istio_lab.self",
      "istio_lab.tell",
      router,
    ]);
    expect(config(context, "istio_lab.learn")).toMatchObject({
      request_rules: [{ header, remove: true }],
    });
    expect(config(context, "istio_lab.tell")).toMatchObject({
      mutations: {
        response_mutations: [
          { remove: header },
          {
            append: {
              header: {
                value:
                  "%CEL(!('istio_lab' in metadata.filter_metadata) ? '' : filter_state['istio_lab.self'])%",
              },
            },
          },
        ],
      },
    });
  });

  it("tells seven fields, in the order of istiod's endpoint metadata", () => {
    expect(config("GATEWAY", "istio_lab.self")).toEqual({
      "@type": "type.googleapis.com/envoy.extensions.filters.http.set_filter_state.v3.Config",
      on_request_headers: [
        {
          object_key: "istio_lab.self",
          factory_key: "envoy.string",
          format_string: {
            text_format_source: {
              inline_string: [
                "%CEL(xds.node.metadata.WORKLOAD_NAME)%",
                "%CEL(xds.node.metadata.NAMESPACE)%",
                "%CEL(xds.node.metadata.LABELS['service.istio.io/canonical-name'])%",
                "%CEL(xds.node.metadata.LABELS['service.istio.io/canonical-revision'])%",
                "%CEL(xds.node.metadata.CLUSTER_ID)%",
                "%CEL(xds.node.metadata.LABELS['app'])%",
                "%CEL(xds.node.metadata.LABELS['version'])%",
              ].join(";"),
            },
            omit_empty_values: true,
          },
        },
      ],
    });
  });

  it("changes HTTP filters only", () => {
    expect([...new Set(configPatches.map(({ applyTo }) => applyTo))]).toEqual(["HTTP_FILTER"]);
    expect(configPatches[0]?.match.listener.filterChain.filter).toEqual({
      name: "envoy.filters.network.http_connection_manager",
      subFilter: { name: router },
    });
  });
});
