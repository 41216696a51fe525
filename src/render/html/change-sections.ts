import type { Change, Plan } from '../../model/plan.ts';
import { summarize } from '../../plan/seal.ts';
import { type ChangeView, signOf, touchedFields } from '../change-text.ts';
import { groupBy } from '../outcome-lines.ts';
import { paint } from '../paint.ts';
import { titleOf } from '../plan-text.ts';
import type { ResultView } from '../result-view.ts';
import { groupByRule, nounOf, ruleKey, ruleName } from '../rule-group-text.ts';
import { counted, countsText, numberText } from '../summary-text.ts';
import { knownAfterApply, referencePair, referencesOf } from '../value-text.ts';
import { type Badge, changeTable, type Telling } from './change-table.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { anchorsOf } from './standing-out.ts';

/** A table of more changes is folded. */
const unfolded = 200;
/** A rule that changes more has its objects folded. */
const unfoldedOfRule = 10;
/** Ways of one rule that are counted above its objects. */
const shownWays = 5;

const tones: Readonly<Record<'+' | '-' | '~', Badge['tone']>> = { '+': 'add', '-': 'take', '~': 'alter' };

/** What a plan does with a change: `+ create`. */
export const planned = (change: Change): Badge => {
  const sign = signOf(change);
  return { text: `${sign === '-' ? '−' : sign} ${change.action}`, tone: tones[sign] };
};

/** How the changes of a plan are told. */
export const tellingOf = (
  plan: Pick<Plan, 'changes' | 'observed'>,
  view: ResultView,
  given: Partial<Omit<Telling, 'view'>> = {},
): Telling => ({
  view: { references: referencesOf(plan), kinds: view.kinds, paint: paint(false) },
  says: planned,
  sides: ['It is', 'It becomes'],
  absent: ['(new)', '(deleted)'],
  counts: (changes) => countsText(summarize(changes), paint(false)),
  anchors: anchorsOf(plan),
  several: false,
  ...given,
});

/** What drift compares: neither side is done to the other. */
export const drifting: Pick<Telling, 'sides' | 'absent'> = {
  sides: ['Live now', 'The file says'],
  absent: ['(not there)', '(not there)'],
};

/** Changes under a title. */
export interface Section {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** A section for each kind, in the order in which kinds first appear in the plan. */
export const byKind = (
  changes: readonly Change[],
  { kinds }: Pick<ResultView, 'kinds'>,
  before = '',
): readonly Section[] =>
  [...groupBy(changes, ({ kind }) => kind)].map(([kind, some]) => ({
    title: `${before}${titleOf(kind, kinds)}`,
    changes: some,
  }));

/** The sections that have changes, each with a heading below that of what they are in. */
export const sectionsOf = (all: readonly Section[], telling: Telling): Markup =>
  markup`${all.map((each) => changeSection(each, telling))}`;

/** The same with a list of them above, which says how much is in each and leads there, and `tools` below that. */
export function sections(all: readonly Section[], telling: Telling, tools: Markup): Markup {
  const some = all
    .filter(({ changes }) => changes.length > 0)
    .map((each, at) => ({ ...each, id: `section-${at + 1}` }));
  const links = some.map(
    ({ changes, id, title }) => markup`<li><a href="#${id}">${title}</a> ${telling.counts(changes)}</li>`,
  );
  const list =
    some.length < 2
      ? nothing
      : markup`<nav aria-label="Sections"><ul class="parts card">${links}</ul></nav>
`;
  return markup`${list}${tools}${some.map((each) => changeSection(each, telling, each.id))}`;
}

function changeSection({ changes, title }: Section, telling: Telling, id = ''): Markup {
  if (changes.length === 0) return nothing;
  const name = id === '' ? nothing : markup` id="${id}"`;
  const groups = groupByRule(changes);
  const single = groups.flatMap((group) => group.filter((change) => ruleKey(change) === null));
  const byRule = groups.filter(([first]) => first && ruleKey(first) !== null);
  return markup`<section${name} data-holder><h3>${title} <small>${telling.counts(changes)}</small></h3>
${single.length === 0 ? nothing : folded(counted(single.length, 'change'), changeTable(title, single, telling), single.length > unfolded)}${byRule.map((group) => ruleGroup(group, telling))}</section>
`;
}

const folded = (title: string, inside: Markup, folds: boolean): Markup =>
  folds ? markup`<details data-holder><summary>${title}</summary>${inside}</details>` : inside;

/** All that one rule changes: how many, from what to what, and each object. */
function ruleGroup(changes: readonly Change[], telling: Telling): Markup {
  const [first] = changes;
  if (!first) return nothing;
  const title = `${counted(changes.length, nounOf(first))} by ${ruleName(first)}`;
  const place =
    first.source === null ? nothing : markup`<code>${first.source.file}, line ${first.source.line}</code>`;
  const open = changes.length > unfoldedOfRule ? nothing : markup` open`;
  return markup`<details data-holder${open}><summary><b>${title}</b> ${place}${waysList(changes, telling)}</summary>
${changeTable(title, changes, telling, true)}</details>
`;
}

/** `5 products: ledger account (none) → 4010 Consulting income`, the most frequent first. */
function waysList(changes: readonly Change[], { view }: Telling): Markup {
  const ways = [...groupBy(changes, (change) => wayText(change, view))].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const shown = ways
    .slice(0, shownWays)
    .map(([way, some]) => markup`<span class="way">${numberText(some.length)}: ${way}</span>`);
  const more = ways.length - shown.length;
  return markup`${shown}${more > 0 ? markup`<span class="way">and ${counted(more, 'other way')}</span>` : nothing}`;
}

const wayText = (change: Change, { kinds, references }: ChangeView): string =>
  touchedFields(change, kinds)
    .map(([name, after]) => {
      const [old, fresh] = referencePair(change.before?.[name] ?? null, after, references);
      return `${name.replaceAll('_', ' ')} ${old} → ${fresh.replace(knownAfterApply, '(new)')}`;
    })
    .join(', ');
