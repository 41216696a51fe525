/** How a page looks: on a screen by day and by night, on a telephone, and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f6f9; --card: #ffffff; --text: #182029; --quiet: #525d6e; --line: #d5dbe4; --head: #eef1f6;
  --link: #1a4fba; --focus: #1a4fba;
  --add: #0b5c32; --add-back: #e2f4e9; --take: #99161b; --take-back: #fdeaea;
  --alter: #6e4600; --alter-back: #fcf1d8; --plain-back: #e9edf3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1218; --card: #161c25; --text: #e4e9f1; --quiet: #a2aec0; --line: #303a49; --head: #1d2531;
    --link: #8fb8ff; --focus: #8fb8ff;
    --add: #86dfaa; --add-back: #11321f; --take: #ffa5a5; --take-back: #3d1719;
    --alter: #f2ca7c; --alter-back: #352a10; --plain-back: #232c39;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere; }
header, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; }
footer { padding: 1.5rem 1.5rem 3rem; color: var(--quiet); font-size: .875rem; }
main:focus { outline: none; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }
a { color: var(--link); }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; }
h1, h2 { text-wrap: balance; }
h1 { font-size: 1.75rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .75rem; }
h3, h4 { font-size: 1.0625rem; margin: 1.5rem 0 .5rem; }
h2 small, h3 small, h4 small { font-weight: 400; color: var(--quiet); font-size: .9375rem; margin-left: .5rem; }
p { margin: .25rem 0; }
table + p, details + p { margin-top: .75rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
code, pre { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: .5rem 0; padding: .75rem; background: var(--head); border-radius: 6px; white-space: pre-wrap; }
th, td, dd, li, code { unicode-bidi: isolate; }
h1, h2, h3, h4, p, pre, ul, dt, dd, summary { overflow: clip; overflow-clip-margin: 6px; }
.eyebrow { margin: 0 0 .25rem; color: var(--quiet); font-size: .875rem; font-weight: 600; letter-spacing: .02em; }
.where { margin: .375rem 0 0; color: var(--quiet); font-size: .9375rem; }
.verdict { font-size: 1.125rem; margin: .5rem 0 0; }
.totals + .note { margin-top: 1rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .625rem 1.5rem; margin: 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.facts dt { color: var(--quiet); font-size: .8125rem; }
.facts dd { margin: 0; font-size: .9375rem; }
.totals { list-style: none; display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0 0; padding: 0; }
.totals li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1rem .625rem; min-width: 7rem; }
.totals b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.totals .add b { color: var(--add); }
.totals .take b { color: var(--take); }
.totals .alter b { color: var(--alter); }
.rows b a { font-weight: 600; }
.card, .problem { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .875rem 1.25rem; margin: .75rem 0; }
.problem { border-left: 5px solid var(--alter); }
.problem.error { border-left-color: var(--take); }
.problem.fine { border-left-color: var(--add); }
.problem h2, .problem h3, .problem h4 { margin: 0 0 .25rem; font-size: 1rem; }
.problem h2 + ul, .problem h3 + ul, .problem h4 + ul { margin-bottom: .75rem; }
.problem :last-child { margin-bottom: 0; }
.meta { color: var(--quiet); font-size: .8125rem; }
.meta code { margin-right: .75rem; }
.mend::before { content: '→ '; color: var(--quiet); }
.badge { display: inline-block; padding: .0625rem .5rem; border-radius: 4px; font-size: .8125rem; font-weight: 600; background: var(--plain-back); white-space: nowrap; }
.badge.add { color: var(--add); background: var(--add-back); }
.badge.take { color: var(--take); background: var(--take-back); }
.badge.alter { color: var(--alter); background: var(--alter-back); }
#tools:not([hidden]) { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem; margin: .75rem 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
#tools label { display: block; font-size: .8125rem; color: var(--quiet); }
#tools input { display: block; min-width: 17rem; }
#tools select { display: block; }
#tools input, #tools select, #tools button { font: inherit; font-size: .9375rem; color: var(--text); background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; padding: .375rem .625rem; max-width: 100%; min-height: 2.375rem; }
#tools button { cursor: pointer; }
#tools [role=status] { flex-basis: 100%; margin: 0; color: var(--quiet); font-size: .875rem; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); font-size: .9375rem; }
caption { text-align: left; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; overflow: clip; }
thead th { overflow-wrap: normal; background: var(--head); font-size: .8125rem; color: var(--quiet); border-bottom: 1px solid var(--line); }
tbody { border-top: 1px solid var(--line); }
tbody th { font-weight: 400; width: 28%; }
tbody th b { display: block; }
tbody th .badge { margin-bottom: .25rem; }
tbody th code, td.why code { display: block; color: var(--quiet); font-size: .75rem; }
td.field { color: var(--quiet); width: 14%; overflow-wrap: break-word; }
td.was, td.becomes { width: 20%; white-space: pre-wrap; }
td.becomes { font-weight: 600; }
td.why { width: 19%; font-size: .875rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.changes tr + tr td { padding-top: 0; }
.rows tr + tr > * { border-top: 1px solid var(--line); }
.names { columns: 18rem; }
.names li { break-inside: avoid; }
.parts { list-style: none; display: flex; flex-wrap: wrap; gap: .125rem 1.75rem; padding: .75rem 1.25rem; font-size: .9375rem; }
tbody:target { background: var(--alter-back); box-shadow: inset 4px 0 var(--alter); }
.rows th, .rows td { vertical-align: middle; }
.none { color: var(--quiet); font-style: italic; font-weight: 400; }
del, ins, .same { display: block; text-decoration: none; font-weight: 400; white-space: pre-wrap; padding: 0 .375rem; }
del { color: var(--take); background: var(--take-back); }
ins { color: var(--add); background: var(--add-back); }
.same { color: var(--quiet); }
.note { background: var(--alter-back); color: var(--text); border-left: 4px solid var(--alter); border-radius: 4px; padding: .25rem .75rem; margin: .25rem 0; font-size: .875rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .5rem .75rem; background: var(--head); border: 1px solid var(--line); border-radius: 6px; }
details[open] > summary { border-radius: 6px 6px 0 0; }
details[open] > table { border-top: 0; }
.way { display: block; padding-left: 1.125rem; font-size: .875rem; }
.places { background: var(--card); border: 1px solid var(--line); border-top: 0; margin: 0; padding: .5rem .75rem .5rem 2rem; font-size: .9375rem; }
.bar { display: block; width: 100%; height: .625rem; min-width: 6rem; }
.bar .back { fill: var(--plain-back); }
.bar .full { fill: var(--add); }
.bar .part { fill: var(--alter); }
@media screen and (min-width: 44.01rem) {
  html { scroll-padding-top: 4rem; }
  .changes thead th { position: sticky; top: 0; z-index: 1; box-shadow: inset 0 -1px var(--line); }
}
@media screen and (max-width: 44rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.375rem; }
  h2 small, h3 small, h4 small { display: block; margin-left: 0; }
  .totals { gap: .5rem; }
  .totals li { flex: 1 1 28%; min-width: 0; padding: .375rem .75rem .5rem; font-size: .9375rem; }
  .facts { grid-template-columns: 1fr; }
  #tools label, #tools input, #tools select { width: 100%; min-width: 0; }
  .changes, .changes tbody, .rows, .rows tbody { display: block; }
  .changes thead, .rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .changes tbody:not([hidden]) { display: grid; grid-template-columns: 1fr 1fr; padding: .5rem 0; }
  .changes tr { display: contents; }
  .changes tbody th, .changes tbody td { width: auto; padding: .25rem .75rem; }
  .changes tbody th, .changes .field, .changes .wide, .changes .why { grid-column: 1 / -1; }
  .changes .field { padding-bottom: 0; font-size: .8125rem; }
  .changes .was, .changes .becomes { padding-top: 0; }
  .changes .why { order: 1; padding-top: .5rem; }
  .rows tr:not([hidden]) { display: grid; grid-template-columns: 1fr auto; padding: .5rem 0; border-top: 1px solid var(--line); }
  .rows tr > *, .rows tr + tr > * { width: auto; border: 0; padding: .125rem .75rem; }
  .rows tbody th, .rows .full { grid-column: 1 / -1; }
  td[data-label]:not(:empty)::before { content: attr(data-label) ': '; color: var(--quiet); font-weight: 400; font-style: normal; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) {
  .badge, .note, .problem, del, ins { border: 1px solid; }
  tbody:target { outline: 2px solid; }
  .bar .back { fill: Canvas; stroke: CanvasText; }
  .bar .full, .bar .part { fill: CanvasText; }
}
@page { margin: 14mm 12mm; }
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --card: #ffffff; --text: #000000; --quiet: #454d59; --line: #b9c0cb; --head: #f1f3f6; --link: #000000;
    --add: #0b5c32; --add-back: #e2f4e9; --take: #99161b; --take-back: #fdeaea; --alter: #6e4600; --alter-back: #fcf1d8; --plain-back: #e9edf3;
  }
  html { font-size: 10pt; }
  header, main, footer { max-width: none; padding: 0; }
  #tools:not([data-narrowed]), #tools > :not([role=status]), .skip { display: none; }
  #tools[data-narrowed]:not([hidden]) { padding: 0; border: 0; }
  #tools [role=status] { font-weight: 600; color: var(--text); }
  #tools [role=status]::before { content: 'Filtered, this is not everything: '; }
  h2, h3, h4, summary, .mend:has(+ pre), [data-names] { break-after: avoid; }
  thead { display: table-header-group; }
  .changes tbody, .rows tr, summary, .problem, .problem[data-item] > *, .problem li, .facts > div, .totals { break-inside: avoid; }
  .problem[data-item], .problem[data-item] > ul { break-inside: auto; }
  thead { break-after: avoid; }
  thead + tbody { break-before: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .badge, del, ins, .note, thead th, summary { print-color-adjust: exact; }
  a { text-decoration: none; }
}
`;
