import { stepName } from "../tour-report.ts";
import type { TourReport, TourStep } from "../tour-report.ts";
import { html, Markup, when } from "./markup.ts";
import { anchorOf, marks, stepSection } from "./step-section.ts";
import { styleSheet } from "./style-sheet.ts";

/**
 * The report as one HTML page that needs nothing else: no script, font or picture from anywhere. Made from what
 * `--json` writes, and from nothing else.
 */
export function tourHtml(report: TourReport): string {
  const numbered = report.steps.map((step, index) => ({ step, index }));
  const groups = grouped(numbered);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Istio lab: ${headline(report)}</title>
        <style>
          ${new Markup(styleSheet)}
        </style>
      </head>
      <body>
        <header>
          <h1>Istio lab tour</h1>
          <p class="headline ${overall(report)}">${headline(report)}</p>
          ${when(
            report.steps.length < report.planned,
            () =>
              html`<p class="notice">
                ${report.planned - report.steps.length} more were planned and not walked.
              </p>`,
          )}${speed(report)}${origins(report)}
        </header>
        <nav aria-label="Steps">${groups.map(({ title, steps }) => indexGroup(title, steps))}</nav>
        <main>
          ${groups.map(
            ({ title, steps }) =>
              html`<section>
                <h2>${title}</h2>
                ${steps.map(({ step, index }) => stepSection(step, index))}
              </section>`,
          )}
        </main>
        <footer>
          <p>
            Each step was applied to a live cluster; what is shown as observed came from its
            network.
          </p>
        </footer>
        <script>
          ${new Markup(script)};
        </script>
      </body>
    </html> `.text;
}

/** Opens what a link leads to, and everything before it is printed. */
const script = `
const reveal = () => { const step = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (step) step.open = true; };
addEventListener("hashchange", reveal); reveal();
addEventListener("beforeprint", () => { for (const step of document.querySelectorAll("details")) step.open = true; });
`;

interface Numbered {
  readonly step: TourStep;
  readonly index: number;
}

interface Group {
  readonly title: string;
  readonly steps: readonly Numbered[];
}

/** Steps of one scenario that follow one another. */
function grouped(steps: readonly Numbered[]): readonly Group[] {
  const groups: { id: string; title: string; steps: Numbered[] }[] = [];
  for (const one of steps) {
    const last = groups.at(-1);
    if (last?.id === one.step.scenario) last.steps.push(one);
    else groups.push({ id: one.step.scenario, title: one.step.title, steps: [one] });
  }
  return groups;
}

function indexGroup(title: string, steps: readonly Numbered[]): Markup {
  return html`<div>
    <h3>${title}</h3>
    <ol>
      ${steps.map(
        ({ step, index }) =>
          html`<li>
            <a
              class="${step.status}"
              href="#${anchorOf(step, index)}"
              title="${stepName(step)}: ${step.status}"
              ><span class="mark ${step.status}">${marks[step.status]}</span> ${step.step}</a
            >
          </li>`,
      )}
    </ol>
  </div>`;
}

function headline({ summary }: TourReport): string {
  const { passed, failed, skipped } = summary;
  const parts = [
    `${passed} ${passed === 1 ? "step" : "steps"} proven`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return parts.join(", ");
}

function overall({ summary }: TourReport): string {
  return summary.failed > 0 ? "failed" : "passed";
}

function speed({ startedAt, summary, seed }: TourReport): Markup {
  const { medianSwitchSeconds: median, worstSwitchSeconds: worst, seconds } = summary;
  const date = startedAt.slice(0, 16).replace("T", " ");
  return html`<p>
    ${date} UTC; ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s in
    all${when(
      median !== null && worst !== null,
      () =>
        html`; from the switch until proven ${(median ?? 0).toFixed(1)} s in the median,
        ${(worst ?? 0).toFixed(1)} s at most`,
    )}${when(seed !== undefined, () => html`; random walk of seed ${seed ?? 0}`)}.
  </p>`;
}

function origins({ supply, versions, limits }: TourReport): Markup {
  const missing = Object.entries(limits);
  return html`<details class="versions">
    <summary>Versions, from the ${supply} supply</summary>
    <dl>
      ${Object.entries(versions).map(
        ([part, version]) =>
          html`<div>
            <dt>${part}</dt>
            <dd>${version}</dd>
          </div>`,
      )}
    </dl>
    ${when(
      missing.length > 0,
      () =>
        html`<p>What this supply can't do:</p>
          <dl>
            ${missing.map(
              ([what, why]) =>
                html`<div>
                  <dt>${what}</dt>
                  <dd>${why}</dd>
                </div>`,
            )}
          </dl>`,
    )}
  </details>`;
}
