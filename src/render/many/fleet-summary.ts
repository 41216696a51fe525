import type { OrganizationResult, Result } from '../../model/result.ts';
import { alike } from '../../plan/alike.ts';
import { counted, numberText } from '../summary-text.ts';
import type { PlanShown } from './fleet-plans.ts';
import { type Standing, standingOf } from './result-words.ts';

const titles = {
  validate: 'Validate',
  plan: 'Plan',
  apply: 'Apply',
  drift: 'Drift',
  readiness: 'Readiness',
} as const;

/** The one line that says what many organizations come to; it stands last. `drifted` says how much of one has drifted. */
export function fleetSummary(
  { command, organizations }: Pick<Result, 'command' | 'organizations'>,
  shown: readonly PlanShown[],
  drifted: (result: OrganizationResult) => number | null = () => null,
): string {
  const count = (standing: Standing): number =>
    organizations.filter((each) => standingOf(each, drifted(each)) === standing).length;
  const told = (standing: Standing, words: string = standing): string =>
    count(standing) === 0 ? '' : `${numberText(count(standing))} ${words}`;
  // What is refused has changes too, and is counted as that.
  const open = shown.filter(({ result }) => /changes|drift/.test(standingOf(result, drifted(result))));
  const applied = organizations.reduce((sum, { apply }) => sum + (apply?.summary.applied ?? 0), 0);
  const parts = [
    command === 'plan' || command === 'drift' ? groupWords(open, command) : '',
    told('done', `with ${counted(applied, 'change')} applied`),
    told('unchanged', unchanged[command]),
    told('refused'),
    told('failed', command === 'validate' ? 'not valid' : 'failed'),
    told('not started'),
    count('fragment') === 0 ? '' : `${counted(count('fragment'), 'fragment')} valid`,
    told('skipped'),
  ].filter((part) => part !== '');
  return `\n${titles[command]}: ${parts.length === 0 ? 'no organization' : parts.join('; ')}.\n`;
}

const unchanged = {
  validate: 'valid',
  plan: 'without changes',
  apply: 'with nothing to do',
  drift: 'without drift',
  readiness: 'ready',
} as const;

/** `287 organizations: the same 2 changes; 13 differ`. */
function groupWords(shown: readonly PlanShown[], command: 'plan' | 'drift'): string {
  const groups = alike(shown);
  const [largest] = groups;
  if (!largest) return '';
  const all = groups.reduce((sum, { members }) => sum + members.length, 0);
  const differing = all - largest.members.length;
  if (largest.members.length < 2)
    return `${counted(all, 'organization')} with ${command === 'plan' ? 'changes' : 'differences'}`;
  const changes = counted(largest.members[0].plan.changes.length, 'change');
  const same = `${counted(largest.members.length, 'organization')}: the same ${changes}`;
  return differing === 0 ? same : `${same}; ${numberText(differing)} differ`;
}
