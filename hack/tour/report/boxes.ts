import { html, when } from "./markup.ts";
import type { Markup } from "./markup.ts";

/** One line of text in a box. */
export interface Line {
  readonly text: string;
  /** How it looks: "title", "plain", "match", "effect", "target". */
  readonly look: "title" | "plain" | "match" | "effect" | "target";
  /** Number of a colour; a dot of it stands before the text. */
  readonly dot?: number;
  /** A hollow dot: a copy goes there. */
  readonly hollow?: boolean;
  /** Percent, drawn as a bar at the right end. */
  readonly share?: number;
  /** Ids of places that an edge leads to from here. */
  readonly to?: readonly string[];
}

/** A box, placed. */
export interface Box {
  readonly id: string;
  readonly kind: "entrance" | "route" | "place" | "outside";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly Line[];
  /** Colour of the stripe at its left. */
  readonly colour?: number;
  /** A word at the upper right, such as "sidecar". */
  readonly badge?: string;
}

/** Colours there are for places; the style sheet names them `--c0`, `--c1`, … */
export const colourCount = 8;

const lineHeight = 17;
const padding = 9;
const dotRoom = 14;
const barWidth = 56;
/** Room of an average letter, in a font of 12 px. */
const letter = 6.3;

/** Height of a box with so many lines. */
export function heightOf({ lines }: Pick<Box, "lines">): number {
  return 2 * padding + lines.length * lineHeight;
}

/** Middle of a line of a box, as a height in the drawing. */
export function middleOf(box: Box, line: number): number {
  return box.y + padding + line * lineHeight + lineHeight / 2;
}

/** Text cut to a width, so that nothing runs out of its box; a drawing can't wrap by itself. */
export function fitted(text: string, width: number): string {
  const letters = Math.max(4, Math.floor(width / letter));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** A box as SVG. */
export function drawBox(box: Box): Markup {
  const { x, y, width, kind, colour, badge } = box;
  const height = heightOf(box);
  return html`<g class="box ${kind}"
    ><rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="6" />${when(
      colour !== undefined,
      () =>
        html`<rect
          class="c${colour ?? 0}"
          x="${x}"
          y="${y + 6}"
          width="4"
          height="${height - 12}"
        />`,
    )}${box.lines.map((line, index) => drawLine(box, line, index))}${when(badge !== undefined, () =>
      drawBadge(box, badge ?? ""),
    )}</g
  >`;
}

function drawBadge({ x, y, width }: Box, badge: string): Markup {
  const room = badge.length * letter + 10;
  const left = x + width - room - 6;
  const look = badge === "sidecar" ? "with" : "without";
  return html`<rect
      class="badge ${look}"
      x="${left}"
      y="${y + 7}"
      width="${room}"
      height="17"
      rx="8"
    /><text class="badge-text ${look}" x="${left + room / 2}" y="${y + 19.5}" text-anchor="middle"
      >${badge}</text
    >`;
}

function drawLine(box: Box, line: Line, index: number): Markup {
  const { text, look, dot, hollow = false, share } = line;
  const middle = middleOf(box, index);
  const indent = look === "target" || look === "effect" ? 10 : 0;
  const left = box.x + padding + 4 + indent;
  const taken =
    (dot === undefined ? 0 : dotRoom) +
    (share === undefined ? 0 : barWidth + 50) +
    (index === 0 && box.badge !== undefined ? box.badge.length * letter + 20 : 0);
  const room = box.width - (left - box.x) - padding - taken;
  const shown = fitted(text, look === "title" ? room * 0.84 : room);
  const textX = left + (dot === undefined ? 0 : dotRoom);
  return html`${when(
      dot !== undefined,
      () =>
        html`<circle
          class="dot c${dot ?? 0}${hollow ? " hollow" : ""}"
          cx="${left + 4}"
          cy="${middle}"
          r="4"
        />`,
    )}<text class="${look}" x="${textX}" y="${middle + 4}"
      >${shown}${when(shown !== text, () => html`<title>${text}</title>`)}</text
    >${when(share !== undefined, () => drawShare(box, share ?? 0, dot ?? 0, middle))}`;
}

function drawShare(box: Box, share: number, dot: number, middle: number): Markup {
  const right = box.x + box.width - padding;
  const left = right - barWidth;
  const filled = (Math.min(100, Math.max(0, share)) / 100) * barWidth;
  return html`<text class="target" x="${left - 6}" y="${middle + 4}" text-anchor="end"
      >${share} %</text
    ><rect class="track" x="${left}" y="${middle - 4}" width="${barWidth}" height="8" rx="2" /><rect
      class="c${dot}"
      x="${left}"
      y="${middle - 4}"
      width="${filled}"
      height="8"
      rx="2"
    />`;
}
