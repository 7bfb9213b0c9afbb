/**
 * Stands for `docker` and `kind` in tests of shell scripts: `node fake-engine.ts docker ps …`. What there is, and every
 * call, is in the JSON file $FAKE_STATE. What no script asks for so far is refused, so that a test fails for it.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** A container as the fake engine keeps it. */
export interface FakeContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Mount sources by destination. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly running: boolean;
}

/** All that the fake engine knows. */
export interface FakeState {
  /** @default true */
  readonly answers: boolean;
  /** `kind create cluster` fails after it made its node. */
  readonly kindFails: boolean;
  readonly containers: readonly FakeContainer[];
  /** The network `kind`, where there is one. */
  readonly network?: { readonly labels: Readonly<Record<string, string>> } | undefined;
  /** Every call that changed something, oldest first. */
  readonly changes: readonly string[];
}

const path = process.env["FAKE_STATE"] ?? "";
let state = JSON.parse(readFileSync(path, "utf8")) as FakeState;

function change(what: string, next: Partial<FakeState>): void {
  state = { ...state, ...next, changes: [...state.changes, what] };
  writeFileSync(path, JSON.stringify(state));
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const clusterLabel = "io.x-k8s.kind.cluster";

const flag = { type: "boolean" } as const;
const option = { type: "string" } as const;
const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    ...{ all: flag, quiet: flag, "no-trunc": flag, force: flag, volumes: flag },
    ...{ format: option, label: option, opt: option },
    ...{ name: option, image: option, config: option, kubeconfig: option },
    filter: { type: "string", multiple: true },
  },
});
const command = [process.argv[2], ...positionals].join(" ");

function docker(): string {
  if (!state.answers) fail("Cannot connect to the Docker daemon at unix:///var/run/docker.sock.");
  const [verb = "", ...rest] = positionals;
  if (verb === "version") return "29.0.0";
  if (verb === "ps") return listContainers();
  if (verb === "inspect") return rest.map(inspect).join("\n");
  if (verb === "rm") return removeContainers(rest);
  if (verb === "network") return network(rest[0] ?? "");
  return fail(`the fake engine has no answer to: ${command}`);
}

function listContainers(): string {
  const filters = values.filter ?? [];
  const all = values.all ?? false;
  return state.containers
    .filter(({ running }) => all || running)
    .filter((container) => filters.every((filter) => passes(container, filter)))
    .map(({ id }) => (values["no-trunc"] ? id : id.slice(0, 12)))
    .join("\n");
}

function passes({ labels }: FakeContainer, filter: string): boolean {
  if (filter === "network=kind") return clusterLabel in labels;
  const [, key = "", , value] = /^label=([^=]+)(=(.*))?$/.exec(filter) ?? [];
  if (key === "") fail(`the fake engine knows no filter ${filter}`);
  return key in labels && (value === undefined || labels[key] === value);
}

function find(idOrName: string): FakeContainer {
  const found = state.containers.find(
    ({ id, name }) => id.startsWith(idOrName) || name === idOrName,
  );
  return found ?? fail(`Error: No such object: ${idOrName}`);
}

/** The Go templates the scripts use, and no other. */
function inspect(idOrName: string): string {
  const container = find(idOrName);
  const { format = "" } = values;
  const [, destination] = /^{{range \.Mounts}}{{if eq \.Destination "([^"]+)"}}/.exec(format) ?? [];
  if (destination !== undefined) return container.mounts[destination] ?? "";
  const [, label] = /^{{index \.Config\.Labels "([^"]+)"}}$/.exec(format) ?? [];
  if (label !== undefined) return container.labels[label] ?? "";
  return format === "{{.Id}}" ? container.id : fail(`the fake engine has no template ${format}`);
}

function removeContainers(ids: readonly string[]): string {
  const gone = ids.map(find);
  const containers = state.containers.filter((container) => !gone.includes(container));
  change(`docker rm ${gone.map(({ name }) => name).join(" ")}`, { containers });
  return ids.join("\n");
}

function network(verb: string): string {
  if (verb === "create") {
    const [key = "", value = ""] = (values.label ?? "").split("=");
    change("docker network create", { network: { labels: { [key]: value } } });
    return "";
  }
  if (state.network === undefined)
    return fail("Error response from daemon: network kind not found");
  const inside = state.containers.filter(({ running }) => running);
  if (verb === "inspect") {
    const [, label] =
      /^{{index \.Labels "([^"]+)"}}\/{{len \.Containers}}$/.exec(values.format ?? "") ?? [];
    return label ? `${state.network.labels[label] ?? ""}/${inside.length}` : "[]";
  }
  if (verb !== "rm") return fail(`the fake engine has no answer to: ${command}`);
  if (inside.length > 0) fail("error while removing network: network kind has active endpoints");
  // JSON has no undefined: the key goes.
  change("docker network rm", { network: undefined });
  return "";
}

interface KindNodes {
  readonly nodes: readonly {
    readonly role: string;
    readonly extraMounts?: readonly { readonly hostPath: string; readonly containerPath: string }[];
  }[];
}

async function kind(): Promise<string> {
  const { name = "" } = values;
  if (command === "kind delete cluster") {
    const containers = state.containers.filter(({ labels }) => labels[clusterLabel] !== name);
    change(`kind delete ${name}`, { containers });
    return "";
  }
  if (command !== "kind create cluster") return fail(`the fake kind has no answer to: ${command}`);
  if (state.containers.some(({ labels }) => labels[clusterLabel] === name)) {
    fail(
      `ERROR: failed to create cluster: node(s) already exist for a cluster with the name "${name}"`,
    );
  }
  const { parse } = await import("yaml");
  const { nodes } = parse(readFileSync(0, "utf8")) as KindNodes;
  const made = nodes.map(({ role, extraMounts = [] }, at): FakeContainer => {
    const node = role === "worker" ? `${name}-worker${at > 1 ? at : ""}` : `${name}-${role}`;
    return {
      id: createHash("sha256").update(`${node} ${state.changes.length}`).digest("hex"),
      name: node,
      labels: { [clusterLabel]: name, "io.x-k8s.kind.role": role },
      mounts: Object.fromEntries(extraMounts.map((one) => [one.containerPath, one.hostPath])),
      running: true,
    };
  });
  change(`kind create ${name} from ${values.image ?? ""}`, {
    containers: [...state.containers, ...made],
    network: state.network ?? { labels: {} },
  });
  if (state.kindFails) fail("ERROR: failed to create cluster: failed to init node with kubeadm");
  writeFileSync(values.kubeconfig ?? "", `current-context: kind-${name}\n`);
  return "";
}

const answer = process.argv[2] === "kind" ? await kind() : docker();
if (answer !== "") process.stdout.write(`${answer}\n`);
