import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from "listr2";
import type { Phase } from "../toolchain/phase.ts";
import { seconds } from "./plain-phases.ts";

// listr2 takes stdout for the terminal; ours is stderr, so it must not fall back when stdout is a pipe.
class TerminalRenderer extends DefaultRenderer {
  static override readonly nonTTY: boolean = true;
}

/** Runs phases with a live list on a terminal: the elapsed time and the latest progress line of each. */
export async function runLive(phases: readonly Phase[], out: NodeJS.WriteStream): Promise<void> {
  const list = new Listr(
    phases.map((phase) => ({
      title: phase.title,
      task: async (_context, task): Promise<void> => {
        if (await phase.done()) return;
        const began = performance.now();
        const elapsed = (): string => `${phase.title}  ${seconds(performance.now() - began)}`;
        const clock = setInterval(() => (task.title = elapsed()), 1000);
        try {
          await phase.run((line) => (task.output = line));
        } finally {
          clearInterval(clock);
          task.title = elapsed();
        }
      },
    })),
    {
      renderer: TerminalRenderer,
      rendererOptions: {
        logger: new ListrLogger({ useIcons: true, processOutput: new ProcessOutput(out, out) }),
      },
      // runCommand ends the command on a signal, whatever it is doing.
      registerSignalListeners: false,
    },
  );
  await list.run();
}
