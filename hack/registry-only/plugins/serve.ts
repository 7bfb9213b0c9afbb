import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { engineLogs } from "./engine-log.ts";
import type { Handler } from "./handlers.ts";
import { handlers } from "./handlers.ts";
import type { Provider } from "./provider.ts";

/**
 * Serves a provider to the Pulumi engine: listens on a free local port, prints the port, and ends
 * when the engine ends it or is gone.
 *
 * It speaks to the generated protocol files alone: the SDK's own `provider.main` loads the whole
 * SDK, which takes longer than everything else here.
 * @param provider what to serve
 */
export function serve(provider: Provider): void {
  const cancel = new AbortController();
  const running = new Set<Promise<unknown>>();
  const logs = engineLogs(engineAddress(process.argv.slice(2)));
  const methods = Object.entries(handlers(provider, logs, cancel));
  const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  // Methods that are not given answer "unimplemented", which the engine takes for its own default.
  server.addService(
    service.ResourceProviderService,
    Object.fromEntries(methods.map(([name, handler]) => [name, unary(handler, running)])),
  );
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (fault, port) => {
    if (fault) throw fault;
    process.stdout.write(`${port}\n`);
  });
  endWithEngine(cancel, running);
}

/** The engine's address among the plugin's arguments: the one that is neither a flag nor a flag's. */
function engineAddress(args: readonly string[]): string | undefined {
  return args.find((arg, at) => !arg.startsWith("-") && args[at - 1] !== "--tracing");
}

function unary(
  handler: Handler,
  running: Set<Promise<unknown>>,
): UntypedServiceImplementation[string] {
  return (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>): void => {
    const answer = Promise.resolve(call.request as never)
      .then(handler)
      .then(
        (response) => {
          done(null, response);
        },
        (fault: unknown) => {
          const details = fault instanceof Error ? fault.message : String(fault);
          done({ code: status.UNKNOWN, details });
        },
      );
    running.add(answer);
    void answer.finally(() => running.delete(answer));
  };
}

/** Ends the process on a signal, or when the engine died without sending one; first what it runs. */
function endWithEngine(cancel: AbortController, running: ReadonlySet<Promise<unknown>>): void {
  const parent = process.ppid;
  const end = (): void => {
    cancel.abort();
    setTimeout(() => process.exit(0), 2000).unref();
    void Promise.all(running).then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1000).unref();
}
