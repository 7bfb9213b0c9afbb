import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { ConfigureResponse, CreateResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import * as rpc from "@pulumi/pulumi/runtime/rpc.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPlugins } from "../../hack/registry-only/plugins/build.ts";
import type { Properties } from "../../hack/registry-only/plugins/property.ts";
import { hasUnknown, reveal, secret, unknown } from "../../hack/registry-only/plugins/property.ts";
import { isRunning } from "./plugins-operation.ts";

const outDir = mkdtempSync(join(tmpdir(), "plugins-build-"));
const running: ChildProcess[] = [];
const logged: LogRequest.AsObject[] = [];
const engineServer = new Server();
let engineAddress = "";

beforeAll(async () => {
  await buildPlugins(outDir);
  engineServer.addService(engine.EngineService, {
    log: (call: { request: LogRequest }, done: (fault: null, answer: unknown) => void) => {
      logged.push(call.request.toObject());
      done(null, new empty.Empty());
    },
  });
  engineAddress = await new Promise((resolve, reject) => {
    engineServer.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (fault, port) => {
      if (fault) reject(fault);
      else resolve(`127.0.0.1:${port}`);
    });
  });
});

afterAll(() => {
  for (const plugin of running) plugin.kill("SIGKILL");
  engineServer.forceShutdown();
  rmSync(outDir, { recursive: true });
});

type Client = InstanceType<typeof service.ResourceProviderClient>;

async function start(path: string): Promise<{ client: Client; plugin: ChildProcess }> {
  const args = ["--logtostderr", "-v=9", "--tracing", "http://127.0.0.1:1", engineAddress];
  const plugin = spawn(path, args, { cwd: tmpdir(), stdio: ["ignore", "pipe", "inherit"] });
  running.push(plugin);
  const [port] = (await once(plugin.stdout, "data")) as [Buffer];
  const address = `127.0.0.1:${port.toString().trim()}`;
  return {
    client: new service.ResourceProviderClient(address, credentials.createInsecure()),
    plugin,
  };
}

/** One call of a client's method, as a promise. */
function ask<R>(call: (done: (fault: unknown, answer: R) => void) => unknown): Promise<R> {
  return new Promise((resolve, reject) => {
    call((fault, answer) => {
      if (fault instanceof Error) reject(fault);
      else resolve(answer);
    });
  });
}

async function versionOf(client: Client): Promise<string> {
  const info = await ask<PluginInfo>((done) => client.getPluginInfo(new empty.Empty(), done));
  return info.getVersion();
}

async function create(client: Client, type: string, inputs: Properties): Promise<Properties> {
  const request = creation(type, inputs);
  const answer = await ask<CreateResponse>((done) => client.create(request, done));
  return answer.getProperties()?.toJavaScript() ?? {};
}

function creation(type: string, inputs: Properties): InstanceType<typeof messages.CreateRequest> {
  const request = new messages.CreateRequest();
  request.setUrn(`urn:pulumi:dev::lab::lab:x:Parent$${type}::name`);
  request.setProperties(struct.Struct.fromJavaScript(inputs));
  return request;
}

async function configure(client: Client, acceptSecrets: boolean): Promise<void> {
  const request = new messages.ConfigureRequest();
  request.setAcceptsecrets(acceptSecrets);
  const answer = await ask<ConfigureResponse>((done) => client.configure(request, done));
  expect([answer.getAcceptsecrets(), answer.getSupportspreview()]).toEqual([true, true]);
}

describe("the wire's marks", () => {
  it("are the SDK's own", () => {
    expect(unknown).toBe(rpc.unknownValue);
    expect(rpc.isRpcSecret(secret("x"))).toBe(true);
    expect(rpc.unwrapRpcSecret(secret("x"))).toBe("x");
    expect(reveal({ a: [secret({ b: secret(1) })] })).toEqual({ a: [{ b: 1 }] });
    expect([hasUnknown({ a: [secret(unknown)] }), hasUnknown({ a: [""] })]).toEqual([true, false]);
  });
});

describe("buildPlugins", () => {
  it("writes for each plugin a launcher that can be run and one file beside it", () => {
    expect(readdirSync(outDir).sort()).toEqual([
      "pulumi-resource-command",
      "pulumi-resource-command.cjs",
      "pulumi-resource-tls",
      "pulumi-resource-tls.cjs",
    ]);
    expect(statSync(join(outDir, "pulumi-resource-tls")).mode & 0o777).toBe(0o755);
  });

  it.each(["tls", "command"])("%s says the version of its SDK", async (name) => {
    const { client } = await start(join(outDir, `pulumi-resource-${name}`));
    const { version } = createRequire(import.meta.url)(`@pulumi/${name}/package.json`) as {
      version: string;
    };
    expect(await versionOf(client)).toBe(version);
  });

  it("runs through a link from elsewhere", async () => {
    const link = join(outDir, "linked");
    symlinkSync(join(outDir, "pulumi-resource-tls"), link);
    const { client } = await start(link);
    expect(await versionOf(client)).toMatch(/^\d+\.\d+\.\d+$/);
    rmSync(link);
  });
});

describe("a served plugin", () => {
  const command = "command:local:Command";

  it("wraps secrets for an engine that takes them, and for no other", async () => {
    const { client } = await start(join(outDir, "pulumi-resource-tls"));
    const type = "tls:index/privateKey:PrivateKey";
    await configure(client, true);
    const wrapped = await create(client, type, { algorithm: "ED25519" });
    expect(rpc.isRpcSecret(wrapped["privateKeyPem"])).toBe(true);
    await configure(client, false);
    const plain = await create(client, type, { algorithm: "ED25519" });
    expect(plain["privateKeyPem"]).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it("sends each line to the engine before it answers, as a status of the resource", async () => {
    const { client } = await start(join(outDir, "pulumi-resource-command"));
    await configure(client, true);
    const { stdout } = await create(client, command, { create: "seq 1 50" });
    expect(stdout).toMatch(/^1\n2\n.*\n50$/s);
    expect(logged.map(({ message }) => Number(message))).toEqual(
      Array.from({ length: 50 }, (_, at) => at + 1),
    );
    expect(logged[0]).toMatchObject({
      severity: 1,
      ephemeral: true,
      urn: "urn:pulumi:dev::lab::lab:x:Parent$command:local:Command::name",
    });
  });

  it("passes on why a creation failed, and names a type that it does not serve", async () => {
    const { client } = await start(join(outDir, "pulumi-resource-command"));
    const failing = "echo broken; exit 7";
    await expect(create(client, command, { create: failing })).rejects.toMatchObject({
      details: `exit status 7: running "${failing}":\nbroken\n`,
    });
    await expect(create(client, "command:remote:Command", {})).rejects.toThrow(
      '"command:remote:Command" is not served by this stand-in plugin',
    );
  });

  it("ends what is running when the engine cancels", async () => {
    const { client } = await start(join(outDir, "pulumi-resource-command"));
    const before = logged.length;
    const made = create(client, command, { create: "echo started; sleep 300" });
    const refused = expect(made).rejects.toThrow("cancelled (signal SIGTERM)");
    await expect.poll(() => logged.length, { timeout: 10_000 }).toBe(before + 1);
    await ask((done) => client.cancel(new empty.Empty(), done));
    await refused;
  });

  it("ends on a signal, and what it runs with it", async () => {
    const { client, plugin } = await start(join(outDir, "pulumi-resource-command"));
    const before = logged.length;
    create(client, command, { create: "echo $$; sleep 300" }).catch(() => undefined);
    await expect.poll(() => logged.length, { timeout: 10_000 }).toBe(before + 1);
    const ended = once(plugin, "exit");
    plugin.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
    expect(isRunning(Number(logged.at(-1)?.message))).toBe(false);
  });
});
