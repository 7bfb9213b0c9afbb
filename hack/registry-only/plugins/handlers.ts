import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { EngineLog } from "./engine-log.ts";
import type { Properties } from "./property.ts";
import { revealAll } from "./property.ts";
import type { Operation, Provider, Resource } from "./provider.ts";

/** Answers one method of the provider protocol. */
export type Handler = (request: never) => unknown;

type Struct = InstanceType<typeof struct.Struct>;

/**
 * The provider protocol over a provider: one entry a method.
 * @param provider what answers
 * @param logs opens the log of a resource by its URN
 * @param cancel is aborted when the engine says that the user cancelled
 */
export function handlers(
  provider: Provider,
  logs: (urn: string) => EngineLog,
  cancel: AbortController,
): Record<string, Handler> {
  let keepsSecrets = true;

  const pack = (properties: Properties): Struct =>
    struct.Struct.fromJavaScript(keepsSecrets ? properties : revealAll(properties));

  const during = async <T>(
    urn: string,
    preview: boolean,
    work: (op: Operation) => Promise<T>,
  ): Promise<T> => {
    const log = logs(urn);
    const line = (text: string): void => {
      log.line(text);
    };
    try {
      const name = urn.split("::").slice(3).join("::");
      return await work({ name, preview, log: line, signal: cancel.signal });
    } finally {
      await log.flush();
    }
  };

  return {
    getPluginInfo: () => {
      const info = new plugin.PluginInfo();
      info.setVersion(provider.version);
      return info;
    },
    attach: () => new empty.Empty(),
    cancel: () => {
      cancel.abort();
      return new empty.Empty();
    },
    configure: (request: InstanceType<typeof messages.ConfigureRequest>) => {
      keepsSecrets = request.getAcceptsecrets();
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    },
    check: (request: InstanceType<typeof messages.CheckRequest>) => {
      const inputs = unpack(request.getNews());
      const response = new messages.CheckResponse();
      response.setInputs(pack(inputs));
      response.setFailuresList(
        resourceOf(provider, request.getUrn())
          .check(inputs)
          .map(({ property, reason }) => {
            const failure = new messages.CheckFailure();
            failure.setProperty(property);
            failure.setReason(reason);
            return failure;
          }),
      );
      return response;
    },
    diff: (request: InstanceType<typeof messages.DiffRequest>) => {
      const resource = resourceOf(provider, request.getUrn());
      const { replaces, updates } = resource.diff(
        unpack(request.getOlds()),
        unpack(request.getNews()),
      );
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      const response = new messages.DiffResponse();
      response.setChanges(replaces.length + updates.length === 0 ? DIFF_NONE : DIFF_SOME);
      response.setReplacesList([...replaces]);
      response.setDiffsList([...replaces, ...updates]);
      return response;
    },
    create: (request: InstanceType<typeof messages.CreateRequest>) =>
      during(request.getUrn(), request.getPreview(), async (op) => {
        const resource = resourceOf(provider, request.getUrn());
        const made = await resource.create(unpack(request.getProperties()), op);
        const response = new messages.CreateResponse();
        response.setId(made.id);
        response.setProperties(pack(made.state));
        return response;
      }),
    update: (request: InstanceType<typeof messages.UpdateRequest>) =>
      during(request.getUrn(), request.getPreview(), async (op) => {
        const resource = resourceOf(provider, request.getUrn());
        const [state, inputs] = [unpack(request.getOlds()), unpack(request.getNews())];
        const response = new messages.UpdateResponse();
        response.setProperties(pack(await resource.update(state, inputs, op)));
        return response;
      }),
    read: (request: InstanceType<typeof messages.ReadRequest>) => {
      const state = unpack(request.getProperties());
      const response = new messages.ReadResponse();
      response.setId(request.getId());
      response.setProperties(pack(resourceOf(provider, request.getUrn()).read?.(state) ?? state));
      response.setInputs(request.getInputs());
      return response;
    },
    delete: (request: InstanceType<typeof messages.DeleteRequest>) =>
      during(request.getUrn(), false, async (op) => {
        const resource = resourceOf(provider, request.getUrn());
        await resource.delete?.(unpack(request.getProperties()), op);
        return new empty.Empty();
      }),
  };
}

function unpack(packed: Struct | undefined): Properties {
  return packed?.toJavaScript() ?? {};
}

/** The resource type of a URN: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`. */
function resourceOf(provider: Provider, urn: string): Resource {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const resource = provider.resources[type];
  if (resource === undefined) {
    throw new Error(
      `"${type}" is not served by this stand-in plugin, which knows ` +
        `${Object.keys(provider.resources).join(", ")}; the official plugin may serve it`,
    );
  }
  return resource;
}
