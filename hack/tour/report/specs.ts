/** The parts of Kubernetes and Istio specs that a drawing shows. Everything may be missing. */

export interface Destination {
  readonly host?: string;
  readonly subset?: string;
  readonly port?: { readonly number?: number };
}

export type StringMatch = Readonly<Partial<Record<"exact" | "prefix" | "regex", string>>>;

export interface HttpMatch {
  readonly uri?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers?: Readonly<Record<string, StringMatch>>;
  readonly port?: number;
  readonly sniHosts?: readonly string[];
}

export interface RouteRule {
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly { readonly destination?: Destination; readonly weight?: number }[];
  readonly redirect?: { readonly uri?: string; readonly authority?: string };
  readonly directResponse?: { readonly status?: number };
  readonly fault?: {
    readonly delay?: {
      readonly fixedDelay?: string;
      readonly percentage?: { readonly value?: number };
    };
    readonly abort?: {
      readonly httpStatus?: number;
      readonly percentage?: { readonly value?: number };
    };
  };
  readonly mirror?: Destination;
  readonly mirrorPercentage?: { readonly value?: number };
  readonly timeout?: string;
  readonly retries?: { readonly attempts?: number; readonly perTryTimeout?: string };
}

export interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly RouteRule[];
  readonly tls?: readonly RouteRule[];
  readonly tcp?: readonly RouteRule[];
}

export interface GatewaySpec {
  readonly servers?: readonly {
    readonly port?: { readonly number?: number; readonly protocol?: string };
    readonly hosts?: readonly string[];
    readonly tls?: {
      readonly mode?: string;
      readonly credentialName?: string;
      readonly httpsRedirect?: boolean;
    };
  }[];
}

export interface IngressSpec {
  readonly ingressClassName?: string;
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: {
      readonly paths?: readonly {
        readonly path?: string;
        readonly backend?: { readonly service?: { readonly name?: string } };
      }[];
    };
  }[];
}

export interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port?: number; readonly name?: string }[];
  readonly type?: string;
}

export interface WorkloadSpec {
  readonly replicas?: number;
  readonly template?: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec?: { readonly serviceAccountName?: string };
  };
}

export interface DestinationRuleSpec {
  readonly host?: string;
  readonly subsets?: readonly {
    readonly name?: string;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly trafficPolicy?: {
    readonly tls?: { readonly mode?: string };
    readonly connectionPool?: {
      readonly tcp?: { readonly maxConnections?: number };
      readonly http?: Readonly<Record<string, unknown>>;
    };
    readonly outlierDetection?: Readonly<Record<string, unknown>>;
  };
}

export interface ServiceEntrySpec {
  readonly hosts?: readonly string[];
  readonly location?: string;
  readonly resolution?: string;
  readonly ports?: readonly { readonly number?: number; readonly protocol?: string }[];
}

interface Selected {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

export interface PeerAuthenticationSpec extends Selected {
  readonly mtls?: { readonly mode?: string };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: string }>>;
}

export interface AuthorizationPolicySpec extends Selected {
  readonly action?: string;
  readonly rules?: readonly unknown[];
}

export interface RequestAuthenticationSpec extends Selected {
  readonly jwtRules?: readonly { readonly issuer?: string }[];
}

export interface SidecarSpec {
  readonly outboundTrafficPolicy?: { readonly mode?: string };
}

/** Specs by kind. */
export interface SpecOf {
  readonly AuthorizationPolicy: AuthorizationPolicySpec;
  readonly DaemonSet: WorkloadSpec;
  readonly Deployment: WorkloadSpec;
  readonly DestinationRule: DestinationRuleSpec;
  readonly EnvoyFilter: object;
  readonly Gateway: GatewaySpec;
  readonly Ingress: IngressSpec;
  readonly PeerAuthentication: PeerAuthenticationSpec;
  readonly RequestAuthentication: RequestAuthenticationSpec;
  readonly Service: ServiceSpec;
  readonly ServiceEntry: ServiceEntrySpec;
  readonly Sidecar: SidecarSpec;
  readonly StatefulSet: WorkloadSpec;
  readonly Telemetry: object;
  readonly VirtualService: VirtualServiceSpec;
}
