import { Listr } from "listr2";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { ProofWorld } from "./run-proof.ts";

/** Shows a proof while it runs. */
export interface LiveLines {
  readonly progress: NonNullable<ProofWorld["progress"]>;
  /** Waits until the lines are gone from the terminal. */
  done(): Promise<void>;
}

/** One live line a row, with what its last look saw; all of them vanish at the end. For terminals only. */
export function liveLines(rows: readonly Expectation[]): LiveLines {
  const lines = rows.map(({ name }) => ({ name, ...Promise.withResolvers<undefined>() }));
  const outputs = new Map<string, { output: string }>();
  const tasks = lines.map(({ name, promise }) => ({
    title: name,
    task: (_: unknown, task: { output: string }) => {
      outputs.set(name, task);
      return promise;
    },
  }));
  const shown = new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    rendererOptions: { clearOutput: true, collapseErrors: false },
  })
    .run()
    .catch(() => {});
  return {
    progress: {
      looked({ name }, { observed }, tries) {
        const task = outputs.get(name);
        if (task !== undefined) task.output = `try ${tries}: ${observed}`;
      },
      finished({ name, status, reason }) {
        const line = lines.find((one) => one.name === name);
        if (status === "failed") line?.reject(new Error(reason));
        else line?.resolve(undefined);
      },
    },
    async done() {
      await shown;
    },
  };
}
