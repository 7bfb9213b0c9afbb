import type { Bar, Chart } from "../charts.ts";
import { html, when } from "./markup.ts";
import type { Markup } from "./markup.ts";

/** The charts of a step: a bar for each share or time, over the range that is accepted. */
export function chartBars(charts: readonly Chart[]): Markup {
  return when(
    charts.length > 0,
    () =>
      html`<div class="charts">
        <h4>Measured</h4>
        ${charts.map(oneChart)}
      </div>`,
  );
}

function oneChart({ row, unit, bars }: Chart): Markup {
  return html`<figure>
    <figcaption>${row}</figcaption>
    ${bars.map((bar) => drawBar(bar, unit))}
  </figure>`;
}

function drawBar(bar: Bar, unit: Chart["unit"]): Markup {
  const { label, value, whole, atLeast = 0, atMost = whole } = bar;
  const percent = (part: number): number => Math.round((Math.min(part, whole) / whole) * 1000) / 10;
  const [from, to] = [percent(atLeast), percent(atMost)];
  const good = value >= atLeast && value <= atMost;
  const shown = unit === "seconds" ? `${value.toFixed(2)} s` : `${value} of ${whole}`;
  const range = rangeText(bar, unit);
  // A range that is one value is still to be seen.
  const rangeWidth = Math.max(1, to - from);
  const start = Math.min(from, 99);
  return html`<div class="bar">
    <span class="bar-label">${label}</span
    ><svg
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      role="img"
      aria-label="${label}: ${shown}${range === "" ? "" : `, accepted ${range}`}"
    >
      <rect class="track" x="0" y="3" width="100" height="6" />
      <rect
        class="${good ? "value" : "value bad"}"
        x="0"
        y="3"
        width="${percent(value)}"
        height="6"
      />
      ${when(
        range !== "",
        () =>
          html`<rect class="range" x="${start}" y="0" width="${rangeWidth}" height="2" /><rect
              class="range"
              x="${start}"
              y="10"
              width="${rangeWidth}"
              height="2"
            />`,
      )}</svg
    ><span class="bar-value"
      >${shown}${when(range !== "", () => html` <small>(${range})</small>`)}</span
    >
  </div>`;
}

/** What is accepted, in words; empty where everything is. */
function rangeText({ atLeast, atMost }: Bar, unit: Chart["unit"]): string {
  const tail = unit === "seconds" ? " s" : "";
  if (atLeast === undefined) return atMost === undefined ? "" : `at most ${atMost}${tail}`;
  if (atMost === undefined) return `at least ${atLeast}${tail}`;
  return atLeast === atMost ? `exactly ${atLeast}${tail}` : `${atLeast} to ${atMost}${tail}`;
}
