import type { Result } from "../../proof/run-proof.ts";
import { stepName, switchSeconds } from "../tour-report.ts";
import type { TourStep } from "../tour-report.ts";
import { chartBars } from "./chart-bars.ts";
import { drawing } from "./drawing.ts";
import { html, when } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { policiesOf } from "./policies.ts";

/** Id of a step's section: a random walk comes to the same step more than once. */
export function anchorOf(step: TourStep, index: number): string {
  return `${index + 1}-${stepName(step).replace("/", "-")}`;
}

/** One step of the report: how it went, what is deployed, what was expected and seen. Open where it failed. */
export function stepSection(step: TourStep, index: number): Markup {
  const { status, about, error } = step;
  return html`<details
    class="step ${status}"
    id="${anchorOf(step, index)}"
    ${when(status === "failed", () => html` open`)}
  >
    <summary>
      <span class="mark ${status}">${marks[status]}</span><span class="name">${step.step}</span
      ><span class="about">${about}</span><span class="took">${tookText(step)}</span>
    </summary>
    <div class="body">
      ${when(
        error !== "",
        () =>
          html`<ul class="faults ${status}">
            ${error.split("\n").map((line) => html`<li>${line}</li>`)}
          </ul>`,
      )}${when(status !== "skipped" || step.results.length > 0, () => inside(step))}
    </div>
  </details>`;
}

/** What a status looks like where colours can't be seen. */
export const marks = { passed: "✓", failed: "✗", skipped: "–" } as const;

function tookText(step: TourStep): string {
  return step.status === "skipped" ? "skipped" : `${switchSeconds(step).toFixed(1)} s`;
}

function inside(step: TourStep): Markup {
  const { objects } = step;
  const policies = objects === undefined ? [] : policiesOf(objects);
  return html`${facts(step)}${when(
    objects !== undefined,
    () => html`${drawing(objects ?? { objects: [], pods: [] }, stepName(step))}`,
  )}${when(
    policies.length > 0,
    () =>
      html`<ul class="policies">
        ${policies.map((text) => html`<li>${text}</li>`)}
      </ul>`,
  )}${chartBars(step.charts)}${resultTable(step.results)}`;
}

function facts(step: TourStep): Markup {
  const { created, updated, replaced, deleted, applySeconds, proofSeconds, summary } = step;
  const changed = `${created} created, ${updated + replaced} updated, ${deleted} deleted`;
  const rows = `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`;
  return html`<dl class="facts">
    <div>
      <dt>applied in</dt>
      <dd>${applySeconds.toFixed(1)} s: ${changed}</dd>
    </div>
    <div>
      <dt>proven in</dt>
      <dd>
        ${proofSeconds.toFixed(1)} s:
        ${rows}${when(step.waitSeconds > 0, () => html` (waits ${step.waitSeconds} s by nature)`)}
      </dd>
    </div>
    ${when(
      step.failedBefore !== null,
      () =>
        html`<div>
          <dt>before it was applied</dt>
          <dd>${beforeText(step)}</dd>
        </div>`,
    )}
  </dl>`;
}

function beforeText({ failedBefore, before, sameEffectAs }: TourStep): string {
  if (failedBefore === true) return `its proof failed, as it must: ${before}`;
  return sameEffectAs === "" ? "its proof passed already" : `its proof may pass: ${sameEffectAs}`;
}

function resultTable(results: readonly Result[]): Markup {
  return when(
    results.length > 0,
    () =>
      html`<table>
        <thead>
          <tr>
            <th><span class="hidden">status</span></th>
            <th>what is true</th>
            <th>expected</th>
            <th>observed</th>
            <th class="number">seconds</th>
          </tr>
        </thead>
        <tbody>
          ${results.map(resultRow)}
        </tbody>
      </table>`,
  );
}

function resultRow({ name, status, expected, observed, reason, seconds, tries }: Result): Markup {
  const seen =
    status === "passed" || observed === reason
      ? observed
      : [observed, reason].filter(Boolean).join("; ");
  return html`<tr class="${status}">
    <td><span class="mark ${status}" title="${status}">${marks[status]}</span></td>
    <td>${name}</td>
    <td data-label="expected">${expected}</td>
    <td data-label="observed">${seen}</td>
    <td class="number" data-label="seconds" title="${tries} tries">${seconds.toFixed(1)}</td>
  </tr>`;
}
