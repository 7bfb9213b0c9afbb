/** Ends what waits for a server that has gone silent. */
export interface StallWatch {
  /** For fetch: aborts the wait for the answer and the reading of its body alike. */
  readonly signal: AbortSignal;
  /** Says that something came: the wait begins anew. */
  heard(): void;
  /** Ends the watch; without this it fires later, and holds the process until then. */
  end(): void;
}

/**
 * Watches over one download, however long it takes as a whole.
 * @param limitMs how long nothing may come, in milliseconds
 */
export function watchForStall(limitMs: number): StallWatch {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error(`the server sent nothing for ${limitMs / 1000} s`));
  }, limitMs);
  return {
    signal: controller.signal,
    heard: () => {
      timer.refresh();
    },
    end: () => {
      clearTimeout(timer);
    },
  };
}
