import type { Fix, Gap, GapGroup, GapSeverity, Readiness, TypeReadiness } from '../../model/readiness.ts';
import { labelText } from '../label-text.ts';
import { filledText, fixTitle, groupsToTell, groupText } from '../readiness/gap-words.ts';
import { percentText, typeText } from '../readiness/readiness-text.ts';
import { badge } from './change-table.ts';
import { lines, type Markup, markup, nothing } from './markup.ts';

const titles: Readonly<Record<GapSeverity, readonly [title: string, word: string, tone: string]>> = {
  blocks: ['What blocks', 'Blocks', 'error'],
  warns: ['Warnings', 'Warning', 'warning'],
  covered: ['Covered, nothing to do', 'Covered', 'fine'],
};

/** How far each type is, and what is missing with what mends it, what blocks first. */
export function readinessSections({ gaps, types }: Readiness, tools: Markup): Markup {
  const severities: readonly GapSeverity[] = ['blocks', 'warns', 'covered'];
  return markup`<section><h2>What can be pushed</h2>
<table class="rows"><caption>How far each type of objects is</caption>
<thead><tr><th scope="col">Objects</th><th scope="col">Ready</th><th scope="col">Percent</th><th scope="col">Share</th><th scope="col">In numbers</th></tr></thead><tbody>
${types.map(typeRow)}</tbody></table></section>
${tools}${severities.map((severity) => gapSection(severity, gaps))}`;
}

function typeRow(each: TypeReadiness): Markup {
  const { percent, ready, type } = each;
  const word = badge(ready ? { text: '✓ ready', tone: 'add' } : { text: '✗ not ready', tone: 'take' });
  return markup`<tr><th scope="row"><b>${type}</b></th><td>${word}</td><td class="number">${percentText(each)}</td><td class="full">${percent === null ? nothing : bar(percent)}</td><td class="full">${typeText(each)}</td></tr>
`;
}

/** The percentage beside it says the same in words. */
const bar = (percent: number): Markup =>
  markup`<svg class="bar" aria-hidden="true" focusable="false" viewBox="0 0 100 6" preserveAspectRatio="none"><rect class="back" width="100" height="6"/><rect class="${percent === 100 ? 'full' : 'part'}" width="${percent}" height="6"/></svg>`;

function gapSection(severity: GapSeverity, gaps: readonly Gap[]): Markup {
  const some = gaps.filter((gap) => gap.severity === severity);
  if (some.length === 0) return nothing;
  return markup`<section data-holder><h2>${titles[severity][0]} <small>${some.length}</small></h2>
${some.map(gapCard)}</section>
`;
}

function gapCard(gap: Gap): Markup {
  const { code, fixes, message, severity, types } = gap;
  const [, word, tone] = titles[severity];
  const filled = filledText(gap);
  const groups = groupsToTell(gap).map(groupItem);
  return markup`<div class="problem ${tone}" data-item data-severity="${severity}" data-type="${types.join(' ')}"><h3>${word}: ${lines(message)}</h3>
${filled === '' ? nothing : markup`<p>${filled}</p>`}${groups.length === 0 ? nothing : markup`<ul>${groups}</ul>`}${fixes.map(fixText)}<p class="meta"><code>${code}</code> concerns ${types.join(', ')}</p></div>
`;
}

/** A group of several places has them folded below it. */
function groupItem(group: GapGroup): Markup {
  const hint = group.hint === null ? nothing : markup`<div class="mend">${lines(group.hint)}</div>`;
  if (group.places.length < 2) return markup`<li>${groupText(group)}${hint}</li>`;
  const places = group.places.map(({ id, label }) => markup`<li>${labelText(label)} <code>${id}</code></li>`);
  return markup`<li><details><summary>${groupText(group)}</summary><ul class="places">${places}</ul></details>${hint}</li>`;
}

/** What mends it: lines for the file keep their indentation, a command is one to copy. */
function fixText(fix: Fix): Markup {
  const title = fixTitle(fix);
  if (fix.type === 'yaml') return markup`<p class="mend">${title}:</p><pre>${lines(fix.text)}</pre>`;
  const text = fix.type === 'command' ? markup`<code>${fix.text}</code>` : lines(fix.text);
  return markup`<p class="mend">${title}: ${text}</p>`;
}
