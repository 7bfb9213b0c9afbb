import { credentials } from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/** Sends lines to the engine, one resource's lines in order. */
export interface EngineLog {
  /** Queues one line. */
  line(text: string): void;
  /** Resolves when every queued line has arrived, or the engine cannot be reached any more. */
  flush(): Promise<void>;
}

/**
 * Connects to the engine's log, at the first line.
 * @param address the engine's address, as given to the plugin; without it lines go nowhere
 * @returns a function that opens the log of one resource by its URN
 */
export function engineLogs(address: string | undefined): (urn: string) => EngineLog {
  let client: InstanceType<typeof engine.EngineClient> | undefined;
  return (urn) => {
    let sent = Promise.resolve();
    return {
      line(text) {
        if (address === undefined) return;
        const open = (client ??= new engine.EngineClient(address, credentials.createInsecure()));
        const request = new messages.LogRequest();
        request.setSeverity(messages.LogSeverity.INFO);
        request.setMessage(text);
        request.setUrn(urn);
        // A status beside the resource while it runs, not a message kept after: as the official
        // plugin does.
        request.setEphemeral(true);
        sent = sent.then(
          // A line that cannot be shown is no reason to fail the operation.
          () =>
            new Promise((resolve) => {
              open.log(request, () => {
                resolve();
              });
            }),
        );
      },
      flush: () => sent,
    };
  };
}
