import { cursorTo, clearScreenDown, moveCursor } from "node:readline";
import type { WriteStream } from "node:tty";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import { brief } from "./brief-text.ts";
import type { Look } from "./poll.ts";
import type { ProofWorld, Result } from "./run-proof.ts";

/** Shows a proof while it runs. */
export interface LiveLines {
  readonly progress: NonNullable<ProofWorld["progress"]>;
  /** Takes the lines off the terminal. */
  clear(): void;
}

/** What is known of a proof that runs. */
export interface ProofSoFar {
  readonly total: number;
  readonly finished: readonly Result[];
  /** Last look and number of tries of each row that is not finished. */
  readonly running: ReadonlyMap<string, { readonly look: Look; readonly tries: number }>;
}

/** The lines as they stand: how far the proof is, then a line a running row, as many as fit. */
export function drawLines(
  { total, finished, running }: ProofSoFar,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const failed = finished.filter(({ status }) => status === "failed").length;
  const failures = failed === 0 ? "" : `, ${failed} failed`;
  const lines = [...running].map(
    ([name, { look, tries }]) =>
      `  ${look.passed ? "✔" : "…"} ${name}: try ${tries}: ${look.observed}`,
  );
  const fitting = lines.slice(0, Math.max(0, rows - 2));
  const first = `proving: ${finished.length} of ${total} done${failures}`;
  return [first, ...fitting].map((line) => line.slice(0, 2) + brief(line.slice(2), columns - 3));
}

const redrawMilliseconds = 100;

/**
 * One live line a running row, with what its last look saw.
 * @param terminal where they are drawn
 */
export function liveLines(rows: readonly Expectation[], terminal: WriteStream): LiveLines {
  const finished: Result[] = [];
  const running = new Map<string, { readonly look: Look; readonly tries: number }>();
  let drawn = 0;
  const clear = (): void => {
    moveCursor(terminal, 0, -drawn);
    cursorTo(terminal, 0);
    clearScreenDown(terminal);
    drawn = 0;
  };
  const timer = setInterval(() => {
    const lines = drawLines({ total: rows.length, finished, running }, terminal);
    clear();
    terminal.write(lines.map((line) => `${line}\n`).join(""));
    drawn = lines.length;
  }, redrawMilliseconds).unref();
  return {
    progress: {
      looked: ({ name }, look, tries) => running.set(name, { look, tries }),
      finished(result) {
        running.delete(result.name);
        finished.push(result);
      },
    },
    clear() {
      clearInterval(timer);
      clear();
    },
  };
}
