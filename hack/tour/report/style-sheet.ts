/** How the report looks: light and dark, from 320 px up, and on paper. */
export const styleSheet = `
:root { color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b2330; --quiet: #5a6675; --line: #d5dae1; --track: #e6e9ee;
  --good: #1a7f4b; --bad: #c0352b; --skip: #8a6a00; --good-back: #e3f4ea; --bad-back: #fbe6e4; --skip-back: #f7efd6;
  --c0: #2f6fd0; --c1: #c2571a; --c2: #2b8a3e; --c3: #8e44ad; --c4: #b08900; --c5: #0f8b8d; --c6: #c2255c; --c7: #5c677d; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12161c; --card: #1a2029; --text: #e4e9f0; --quiet: #9aa7b6; --line: #323c49; --track: #2b3440;
  --good: #5fcf95; --bad: #ff8a80; --skip: #e3c04f; --good-back: #17382a; --bad-back: #452320; --skip-back: #3b3214;
  --c0: #7fb0ff; --c1: #ff9d66; --c2: #74d18a; --c3: #cf9ae8; --c4: #e6c34a; --c5: #5fd0d2; --c6: #ff87ad; --c7: #aab4c4; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 16px; background: var(--page); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 28px 0 8px; } h3 { font-size: .85rem; margin: 0 0 4px; }
h4 { font-size: .9rem; margin: 14px 0 4px; } p { margin: 6px 0; } a { color: inherit; }
.headline { font-size: 1.15rem; font-weight: 600; } .headline.passed { color: var(--good); } .headline.failed { color: var(--bad); }
.notice, .quiet { color: var(--quiet); } footer { color: var(--quiet); margin-top: 28px; font-size: .85rem; }
.hidden { position: absolute; clip-path: inset(50%); }
.mark { display: inline-block; width: 1.5em; height: 1.5em; line-height: 1.5em; border-radius: 50%; text-align: center; font-size: .8em;
  font-weight: 700; flex: none; }
.mark.passed { color: var(--good); background: var(--good-back); } .mark.failed { color: var(--bad); background: var(--bad-back); }
.mark.skipped { color: var(--skip); background: var(--skip-back); }
nav { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 10px; margin-top: 16px; }
nav div, .step, .versions { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
nav div { padding: 10px 12px; }
nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 10px; }
nav a { text-decoration: none; white-space: nowrap; } nav a:hover, nav a:focus { text-decoration: underline; }
nav a.failed { color: var(--bad); } nav a.skipped { color: var(--quiet); }
summary { cursor: pointer; } .versions { padding: 8px 12px; margin-top: 10px; }
.versions dl div, .facts div { display: grid; grid-template-columns: minmax(110px, 170px) 1fr; gap: 10px; padding: 2px 0; }
dl { margin: 6px 0; } dt { color: var(--quiet); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
.step { margin: 8px 0; border-left-width: 5px; } .step.passed { border-left-color: var(--good); }
.step.failed { border-left-color: var(--bad); } .step.skipped { border-left-color: var(--skip); }
.step > summary { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; padding: 9px 12px; list-style: none; }
.step > summary::-webkit-details-marker { display: none; }
.step > summary::before { content: "▸"; color: var(--quiet); } .step[open] > summary::before { content: "▾"; }
.name { font-weight: 650; } .about { color: var(--quiet); flex: 1 1 240px; } .took { color: var(--quiet); white-space: nowrap; }
.body { padding: 0 12px 12px; }
.faults { margin: 4px 0 8px; padding: 8px 12px 8px 28px; border-radius: 6px; overflow-wrap: anywhere; }
.faults.failed { background: var(--bad-back); } .faults.skipped { background: var(--skip-back); }
.policies { margin: 8px 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 6px; }
.policies li { border: 1px solid var(--line); border-radius: 12px; padding: 1px 10px; font-size: .85rem; overflow-wrap: anywhere; }
.drawing { margin: 10px 0; container-type: inline-size; } .drawing svg { display: block; width: 100%; height: auto; }
.drawing .wide { display: none; } .drawing .narrow { max-width: 420px; }
@container (min-width: 700px) { .drawing .wide { display: block; } .drawing .narrow { display: none; } }
svg text { font-size: 12px; fill: var(--text); font-family: inherit; } svg .title { font-weight: 650; }
svg .plain, svg .heading { fill: var(--quiet); } svg .heading { font-size: 11px; letter-spacing: .04em; }
svg .match { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 11px; } svg .effect { fill: var(--bad); font-weight: 600; }
.frame { fill: var(--card); stroke: var(--line); } .route .frame { fill: var(--page); } .outside .frame { stroke-dasharray: 5 4; }
svg .badge { fill: none; stroke: var(--quiet); } svg .badge.with { fill: var(--good-back); stroke: var(--good); }
svg .badge-text { font-size: 10.5px; fill: var(--quiet); } svg .badge-text.with { fill: var(--good); }
.track { fill: var(--track); } .edge { fill: none; stroke: var(--quiet); stroke-width: 1.6; opacity: .75; }
.edge.copy { stroke-dasharray: 5 4; } .edge.unused { opacity: .2; }
${Array.from({ length: 8 }, (_, n) => `.c${n} { fill: var(--c${n}); } .s${n} { stroke: var(--c${n}); } .dot.hollow.c${n} { fill: none; stroke: var(--c${n}); stroke-width: 2; }`).join("\n")}
.charts figure { margin: 6px 0 10px; } figcaption { font-size: .88rem; color: var(--quiet); }
.bar { display: grid; grid-template-columns: minmax(90px, 150px) minmax(80px, 1fr) minmax(130px, 190px); gap: 10px; align-items: center; }
.bar svg { width: 100%; height: 14px; } .bar-label { overflow-wrap: anywhere; font-size: .88rem; } .bar-value { font-size: .88rem; }
.value { fill: var(--good); } .value.bad { fill: var(--bad); } .range { fill: var(--quiet); } small { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; margin-top: 10px; font-size: .88rem; }
th { text-align: left; color: var(--quiet); font-weight: 500; } th, td { padding: 4px 8px; border-top: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; } .number { text-align: right; white-space: nowrap; } td:nth-child(2) { width: 30%; } td:nth-child(3) { width: 24%; }
tr.failed td { background: var(--bad-back); } tr.skipped td { color: var(--quiet); }
@media (max-width: 640px) { body { padding: 10px; }
  thead { display: none; } table, tbody { display: block; } tr { display: grid; grid-template-columns: 2em 1fr; border-top: 1px solid var(--line); padding: 5px 0; }
  td { border: 0; padding: 1px 4px; grid-column: 2; width: auto !important; } td:first-child { grid-column: 1; grid-row: 1; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); } .number { text-align: left; }
  .bar { grid-template-columns: 1fr auto; } .bar svg { grid-column: 1 / -1; grid-row: 2; }
  .versions dl div, .facts div { grid-template-columns: 1fr; gap: 0; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 11px; background: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } details::details-content { content-visibility: visible; display: block; }
  .step { break-inside: auto; } .step > summary, h2 { break-after: avoid; } tr, figure, .drawing { break-inside: avoid; } }
`;
