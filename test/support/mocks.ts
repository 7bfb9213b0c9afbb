import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { computed, withSecrets, type MockAnswers } from "./provider-state.ts";

/** One registration as the engine would get it, with secrets unwrapped. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** Its type with those of all its parents before it, outermost first, as the engine writes it into the URN. */
  readonly qualifiedType: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Paths of inputs that arrived as secrets. */
  readonly secrets: readonly string[];
  /** Name of the parent, "" for none. */
  readonly parent: string;
  /** Name of the provider given for it, "" for the default one. */
  readonly provider: string;
  /** Name of the resource whose deletion takes this one along; inherited from the parent, as the engine does it. */
  readonly deletedWith: string;
  /** Names of all that it waits for, by a value or by `dependsOn`, in alphabetical order. */
  readonly waitsFor: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** Identities it had before, or may have had: URNs. */
  readonly aliases: readonly string[];
  /** Another value makes it anew; undefined for none. */
  readonly replacementTrigger: unknown;
  readonly secretOutputs: readonly string[];
}

// The engine's marker of a secret: https://github.com/pulumi/pulumi, sdk/nodejs/runtime/rpc.ts
const signature = "4dabf18193072939515e22adb298388d";

interface Monitor {
  registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
}

/**
 * Starts Pulumi's mocks and records what is registered, with the options that mocks do not show. `tls:*`, commands
 * and Helm releases get the state their provider would compute, derived from their name: "ca-cert" has the
 * certificate "ca-cert.certPem". Call it before each test.
 */
export async function record(answers: MockAnswers = {}): Promise<Registration[]> {
  const registrations: Registration[] = [];
  const byUrn = new Map<string, Registration>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const state = { ...(inputs as object), ...computed(type, name, answers) };
        const { secretOutputs } = registrations.at(-1) as Registration;
        return { id: `${name}-id`, state: withSecrets(state, secretOutputs) };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "istio-lab",
    "dev",
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const registration = read(request, byUrn);
    // The mocks' newResource runs before register() first waits: the last one is its own.
    registrations.push(registration);
    byUrn.set(urnOf(request), registration);
    return register(request, callback);
  };
  return registrations;
}

/** Waits until everything constructed is registered. Under mocks the queue opens again afterwards. */
export async function drain(): Promise<void> {
  await pulumi.runtime.disconnect();
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

/** What a test compares most: type, name and inputs of each, sorted by name and type: registration order is not promised. */
export function whole(
  registrations: readonly Registration[],
): Pick<Registration, "type" | "name" | "inputs">[] {
  return registrations
    .map(({ type, name, inputs }) => ({ type, name, inputs }))
    .sort((one, other) => compare(one.name, other.name) || compare(one.type, other.type));
}

/** What a registration asks for, and which of it is secret. */
export function essence({
  type,
  name,
  inputs,
  secrets,
}: Registration): Pick<Registration, "type" | "name" | "inputs" | "secrets"> {
  return { type, name, inputs, secrets };
}

// By code unit and not by locale: "a" comes before "a-b" on every machine.
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** `<type> <name>` of each, sorted. */
export function listed(registrations: readonly Registration[]): string[] {
  return registrations.map(({ type, name }) => `${type} ${name}`).sort();
}

/**
 * The one registration of that name, and type where names repeat.
 * @throws Error naming what there is
 */
export function find(
  registrations: readonly Registration[],
  name: string,
  type?: string,
): Registration {
  const found = registrations.filter(
    (one) => one.name === name && (type === undefined || one.type === type),
  );
  const [one] = found;
  if (one === undefined || found.length > 1) {
    throw new Error(`${found.length} of "${name}" among:\n${listed(registrations).join("\n")}`);
  }
  return one;
}

function read(
  request: RegisterResourceRequest,
  byUrn: ReadonlyMap<string, Registration>,
): Registration {
  const secrets: string[] = [];
  const raw = request.getObject()?.toJavaScript() ?? {};
  const parent = byUrn.get(request.getParent());
  const nameOf = (urn: string): string => byUrn.get(urn)?.name ?? urn;
  const type = request.getType();
  return {
    type,
    qualifiedType: parent === undefined ? type : `${parent.qualifiedType}$${type}`,
    name: request.getName(),
    inputs: unwrapped(raw, "", secrets) as Record<string, unknown>,
    secrets,
    parent: parent?.name ?? "",
    // A reference is `<urn>::<id>`.
    provider: nameOf(request.getProvider().split("::").slice(0, -1).join("::")),
    deletedWith: nameOf(request.getDeletedwith()) || (parent?.deletedWith ?? ""),
    waitsFor: request.getDependenciesList().map(nameOf).sort(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    aliases: request.getAliasesList().map((alias) => alias.getUrn()),
    replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
    secretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

/** As Pulumi's mocks make it: of the parents, the nearest one's type only. */
function urnOf(request: RegisterResourceRequest): string {
  const parentType = request.getParent().split("::")[2]?.split("$").at(-1);
  const type = parentType ? `${parentType}$${request.getType()}` : request.getType();
  return ["urn:pulumi:dev", "istio-lab", type, request.getName()].join("::");
}

function unwrapped(value: unknown, path: string, secrets: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item, at) => unwrapped(item, `${path}[${at}]`, secrets));
  }
  if (typeof value !== "object" || value === null) return value;
  if (signature in value && "value" in value) {
    secrets.push(path);
    return unwrapped(value.value, path, secrets);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      unwrapped(item, path === "" ? key : `${path}.${key}`, secrets),
    ]),
  );
}
