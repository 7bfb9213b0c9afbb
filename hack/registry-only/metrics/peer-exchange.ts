import type { KubernetesObject } from "../../../components/kubernetes-manifest.ts";
import {
  type ConfigPatch,
  type Context,
  envoyFilter,
  httpConnectionManager,
  typed,
} from "./envoy-filter.ts";
import { cel, own, workloadFields } from "./workload-fields.ts";

const header = "x-istio-lab-peer";
/** Filter state in which a proxy holds the text about its own workload. */
const self = "istio_lab.self";
/** Where a request's dynamic metadata has the text that the other proxy told. */
export const peerNamespace = "istio_lab";

/** The proxy's own workload as one text. */
const composed = {
  name: "istio_lab.self",
  typed_config: typed("envoy.extensions.filters.http.set_filter_state.v3.Config", {
    on_request_headers: [
      {
        object_key: self,
        factory_key: "envoy.string",
        format_string: {
          text_format_source: { inline_string: workloadFields.map(own).join(";") },
          omit_empty_values: true,
        },
      },
    ],
  }),
};

/** Adds the text as a header, unless the condition (CEL) says that nobody is to know. */
function told(mutations: "request_mutations" | "response_mutations", unless: string): object {
  const value = cel(`${unless} ? '' : filter_state['${self}']`);
  return {
    name: "istio_lab.tell",
    typed_config: typed("envoy.extensions.filters.http.header_mutation.v3.HeaderMutation", {
      mutations: {
        [mutations]: [
          // Who is told nothing must not get what somebody else told.
          { remove: header },
          {
            append: { header: { key: header, value }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" },
          },
        ],
      },
    }),
  };
}

/** Takes the header away and keeps what it said. */
function learnt(rules: "request_rules" | "response_rules"): object {
  return {
    name: "istio_lab.learn",
    typed_config: typed("envoy.extensions.filters.http.header_to_metadata.v3.Config", {
      [rules]: [
        {
          header,
          on_header_present: { metadata_namespace: peerNamespace, key: "peer" },
          remove: true,
        },
      ],
    }),
  };
}

function insert(context: Context, operation: string, value: object): ConfigPatch {
  const last = operation === "INSERT_BEFORE" && {
    subFilter: { name: "envoy.filters.http.router" },
  };
  return {
    applyTo: "HTTP_FILTER",
    match: {
      context,
      listener: { filterChain: { filter: { name: httpConnectionManager, ...last } } },
    },
    patch: { operation, value },
  };
}

/** As Istio has it: hosts outside the mesh are told nothing; a cluster without istiod's metadata leads there too. */
const outsider = "'external' in xds.cluster_metadata.filter_metadata.istio";
const silent = `!('${peerNamespace}' in metadata.filter_metadata)`;

/**
 * Istio's metadata exchange on stock Envoy: a client's proxy tells a header about its workload, the server's takes it
 * away and answers in kind. Without it a server knows no more than its caller's identity, which workloads may share.
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const peerExchange: KubernetesObject = envoyFilter("istio-lab-peer-exchange", [
  ...(["SIDECAR_OUTBOUND", "GATEWAY"] as const).flatMap((context) =>
    [composed, told("request_mutations", outsider), learnt("response_rules")].map((filter) =>
      insert(context, "INSERT_BEFORE", filter),
    ),
  ),
  // First of all filters, so that a request which one of them refuses has a source too; each goes before the last.
  ...[told("response_mutations", silent), composed, learnt("request_rules")].map((filter) =>
    insert("SIDECAR_INBOUND", "INSERT_FIRST", filter),
  ),
]);
