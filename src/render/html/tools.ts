import type { Kinds } from '../../model/kind.ts';
import type { Change, Reason } from '../../model/plan.ts';
import type { Gap, GapSeverity } from '../../model/readiness.ts';
import { titleOf } from '../plan-text.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** A field by which what is searched can be narrowed: its `name` is that of the items' `data-` attribute. */
export interface Choice {
  readonly name: string;
  readonly title: string;
  readonly options: readonly (readonly [value: string, text: string])[];
}

const reasons: Readonly<Record<Reason, string>> = {
  config: 'the file says so',
  drift: 'drift',
  conflict: 'conflict',
  prune: 'not in the file (prune)',
  rule: 'by a rule',
};
const severities: Readonly<Record<GapSeverity, string>> = {
  blocks: 'blocks',
  warns: 'warning',
  covered: 'covered',
};

/** By what changes can be narrowed. */
export const changeChoices = (changes: readonly Change[], kinds: Kinds): readonly Choice[] => [
  choiceOf(
    'kind',
    'Kind',
    changes.map(({ kind }) => [kind, titleOf(kind, kinds)]),
  ),
  choiceOf(
    'action',
    'Action',
    changes.map(({ action }) => [action, action]),
  ),
  choiceOf(
    'reason',
    'Reason',
    changes.map(({ reason }) => [reason, reasons[reason]]),
  ),
];

/** By what gaps can be narrowed. */
export const gapChoices = (gaps: readonly Gap[]): readonly Choice[] => [
  choiceOf(
    'type',
    'Objects',
    gaps.flatMap(({ types }) => types.map((type) => [type, type] as const)),
  ),
  choiceOf(
    'severity',
    'Severity',
    gaps.map(({ severity }) => [severity, severities[severity]]),
  ),
];

const choiceOf = (name: string, title: string, all: Choice['options']): Choice => ({
  name,
  title,
  options: [...new Map(all)],
});

/**
 * Search and filters over `count` changes, differences or gaps, and buttons that unfold everything: hidden until the script
 * shows them, for without it they do nothing. One alone needs no search.
 */
export function tools(noun: string, count: number, choices: readonly Choice[]): Markup {
  const filters =
    count < 2
      ? nothing
      : markup`<label for="text">Search<input id="text" name="text" type="search" autocomplete="off" spellcheck="false"></label>
${choices.map(choice)}<button type="reset">Clear</button>
`;
  const status = count < 2 ? nothing : markup`<p role="status" data-noun="${noun}"></p>`;
  return markup`<form id="tools" role="search" aria-label="Search in the page" hidden>${filters}<button type="button" data-open="all">Expand all</button><button type="button" data-open="none">Collapse all</button>${status}</form>
`;
}

/** Nothing where there is only one to choose. */
function choice({ name, options, title }: Choice): Markup {
  if (options.length < 2) return nothing;
  const all = options.map(([value, text]) => markup`<option value="${value}">${text}</option>`);
  return markup`<label for="${name}">${title}<select id="${name}" name="${name}"><option value="">all</option>${all}</select></label>
`;
}
