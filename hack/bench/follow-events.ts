import { open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { EngineEvent, StampedEvent } from "./event-log.ts";

/** Seconds between two looks: how exact the stamps are. */
const interval = 0.05;

/** Follows an event log while Pulumi writes it. */
export interface EventFollower {
  /** Reads what is left and gives all events. */
  finish(): Promise<readonly StampedEvent[]>;
}

/**
 * Follows the file that `pulumi up --event-log` writes, one JSON event a line, and stamps each event when it is seen.
 * @param clock seconds since the command was started
 */
export function followEvents(file: string, clock: () => number): EventFollower {
  const events: StampedEvent[] = [];
  const ended = new AbortController();
  let position = 0;
  const look = async (): Promise<void> => {
    const text = await textFrom(file, position);
    const at = clock();
    position += Buffer.byteLength(text);
    for (const line of text.split("\n").filter(Boolean)) {
      events.push({ at, event: JSON.parse(line) as EngineEvent });
    }
  };
  const following = (async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await look();
      await setTimeout(interval * 1000);
    }
    await look();
  })();
  // Awaited by finish; a command that fails never gets there.
  following.catch(() => undefined);
  return {
    async finish() {
      ended.abort();
      await following;
      return events;
    },
  };
}

/** The whole lines that the file has after `position`. */
async function textFrom(file: string, position: number): Promise<string> {
  // Not there until Pulumi has started.
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return "";
  try {
    const { size } = await handle.stat();
    const length = Math.max(0, size - position);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    // Up to the last line's end only: the rest is still being written.
    return buffer.subarray(0, buffer.lastIndexOf("\n", bytesRead - 1) + 1).toString();
  } finally {
    await handle.close();
  }
}
