import type { Action, Summary } from '../../model/plan.ts';
import type { Command, OrganizationResult } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import { numberText } from '../summary-text.ts';
import type { Badge } from './change-table.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** One figure of a summary, and what it counts. */
export interface Figure {
  readonly count: number;
  readonly text: string;
  readonly tone: Badge['tone'];
}

/** The figures of a summary, those that are none left out. */
export function figures(all: readonly Figure[]): Markup {
  const some = all.filter(({ count }) => count > 0);
  if (some.length === 0) return nothing;
  return markup`<ul class="totals">${some.map(({ count, text, tone }) => markup`<li class="${tone}"><b>${numberText(count)}</b> ${text}</li>`)}</ul>
`;
}

/** What one organization comes to, in figures. */
export function figuresOf(command: Command, { apply, plan }: OrganizationResult): readonly Figure[] {
  if (apply !== null && apply.outcome !== 'refused') {
    const { already_done, applied, failed, overtaken, skipped } = apply.summary;
    const unknown = apply.outcomes.filter(({ status }) => status === 'unknown').length;
    return [
      { count: applied, text: 'applied', tone: 'add' },
      { count: failed - unknown, text: 'failed', tone: 'take' },
      { count: unknown, text: 'unknown', tone: 'take' },
      { count: skipped, text: 'skipped', tone: 'alter' },
      { count: already_done, text: 'already done', tone: 'plain' },
      { count: overtaken, text: 'overtaken', tone: 'plain' },
    ];
  }
  if (plan === null) return [];
  const warnings = plan.changes.reduce(
    (sum, each) => sum + each.warnings.length,
    plan.warnings.filter(({ severity }) => severity === 'warning').length,
  );
  const warned: Figure = { count: warnings, text: warnings === 1 ? 'warning' : 'warnings', tone: 'plain' };
  if (command !== 'drift') return [...ofActions(plan.summary), warned];
  const { drifted, gaps, pending } = differencesOf(plan);
  // Without a base nobody can tell what drifted.
  const what = plan.config.base === null ? 'different' : 'drifted';
  return [
    { count: drifted.length, text: what, tone: 'alter' },
    { count: pending.length, text: 'not yet applied', tone: 'plain' },
    {
      count: gaps.length,
      text: gaps.length === 1 ? 'gap that a rule would fill' : 'gaps that rules would fill',
      tone: 'plain',
    },
    warned,
  ];
}

const tones: readonly (readonly [Action, Badge['tone']])[] = [
  ['create', 'add'],
  ['update', 'alter'],
  ['set', 'alter'],
  ['assign', 'alter'],
  ['unassign', 'alter'],
  ['delete', 'take'],
];

const ofActions = (summary: Summary): readonly Figure[] =>
  tones.map(([action, tone]) => ({ count: summary[action], text: `to ${action}`, tone }));
