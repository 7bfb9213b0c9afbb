import { execa } from "execa";
import type { StackFacts } from "./stack.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** This machine itself: the parts of Pulumi talk to each other there. */
export const loopback: readonly string[] = ["127.0.0.1", "localhost", "::1"];

/** Names that only a cluster knows. */
const clusterNames = ["svc", "cluster.local"].map((name) => `.${name}`);

/** The host names of lessons that have their own, whatever the lab's domain. */
const lessonDomains = ["example.com", "fireflyclass.com"];

/**
 * kind's subnets of Services and pods.
 * @see https://kind.sigs.k8s.io/docs/user/configuration/#pod-subnet
 */
const kindSubnets = ["10.96.0.0/16", "10.244.0.0/16"];

/** Everything of the lab that no proxy leads to: curl, kubectl and Pulumi go there by themselves. */
export function labHosts(
  { cluster, domain, listenAddress }: Pick<StackFacts, "cluster" | "domain" | "listenAddress">,
  kindNetwork: readonly string[] = [],
): readonly string[] {
  const own = cluster === "existing" ? [] : [...kindSubnets, ...kindNetwork, listenAddress];
  const every = [...loopback, ...clusterNames, ...lessonDomains, domain, ...own];
  return [...new Set(every)].filter((host) => host !== "0.0.0.0" && host !== "::");
}

/**
 * The variables that keep proxies from these hosts, with what the user has in either spelling: programs differ in which
 * they read. `no_grpc_proxy`, where there is one, is what Pulumi's SDK reads in their place.
 * @see https://about.gitlab.com/blog/2021/01/27/we-need-to-talk-no-proxy/ how programs read it: no blanks, no empty entry
 */
export function directVariables(
  env: Environment,
  hosts: readonly string[],
): Readonly<Record<string, string>> {
  const listed = (names: readonly string[]): string => {
    const theirs = names.flatMap((name) => (env[name] ?? "").split(/[\s,]+/));
    return [...new Set([...theirs, ...hosts])].filter(Boolean).join(",");
  };
  const both = listed(["no_proxy", "NO_PROXY"]);
  return {
    no_proxy: both,
    NO_PROXY: both,
    ...(env["no_grpc_proxy"] ? { no_grpc_proxy: listed(["no_grpc_proxy"]) } : {}),
  };
}

/** Subnets of the container network that kind's nodes are on; none while there is no such network. */
export async function kindNetworkSubnets(): Promise<readonly string[]> {
  const format = "{{range .IPAM.Config}}{{.Subnet}} {{end}}";
  const { exitCode, stdout } = await execa(
    "docker",
    ["network", "inspect", "kind", "--format", format],
    { reject: false, timeout: 5000 },
  );
  return exitCode === 0 ? stdout.split(/\s+/).filter(Boolean) : [];
}
