import type { OrganizationResult } from '../../model/result.ts';
import { counted } from '../summary-text.ts';

/** What an organization's result counts as. */
export type Standing =
  | 'skipped'
  | 'fragment'
  | 'failed'
  | 'refused'
  | 'not started'
  | 'done'
  | 'changes'
  | 'drift'
  | 'unchanged';

/** What a result counts as. `drifted`: how many of its changes are drift, where drift is asked for. */
export function standingOf(result: OrganizationResult, drifted: number | null = null): Standing {
  const { apply, exit_code: code, plan, problems, skipped } = result;
  if (skipped !== null) return 'skipped';
  if (isFragment(result)) return 'fragment';
  if (problems.some((each) => each.code === 'NOT_STARTED')) return 'not started';
  if (code === 4) return 'refused';
  if (code !== 0 && code !== 2) return 'failed';
  if (apply) return apply.outcome === 'nothing' ? 'unchanged' : 'done';
  if (drifted !== null) return drifted > 0 ? 'drift' : 'unchanged';
  return plan && plan.changes.length > 0 ? 'changes' : 'unchanged';
}

/** Whether it is a file without an organization that was checked, and nothing is wrong with it. */
export const isFragment = ({ exit_code: code, organization, skipped }: OrganizationResult): boolean =>
  organization === null && code === 0 && skipped === null;

/** A result in a few words, for its line in the table. */
export function resultWords(result: OrganizationResult, drifted: number | null = null): string {
  const { apply, plan } = result;
  const standing = standingOf(result, drifted);
  if (standing === 'failed' || standing === 'refused') return `${standing}${reasonWords(result)}`;
  const left = apply && result.exit_code === 2 ? ', drift is left for a person' : '';
  if (standing === 'done') return `${counted(apply?.summary.applied ?? 0, 'change')} applied${left}`;
  if (standing === 'changes') return counted(plan?.changes.length ?? 0, 'change');
  if (standing === 'drift') return `${counted(drifted ?? 0, 'difference')}`;
  if (standing !== 'unchanged') return standing;
  return apply ? `nothing to do${left}` : drifted === null ? 'no changes' : 'no drift';
}

/** The codes of what is wrong. */
function reasonWords({ apply, plan, problems }: OrganizationResult): string {
  const all = [
    ...problems,
    ...(plan?.warnings ?? []),
    ...(apply?.problems ?? []),
    ...(apply?.outcomes ?? []).flatMap(({ error }) => error ?? []),
  ];
  const codes = new Set(all.filter(({ severity }) => severity === 'error').map(({ code }) => code));
  const [first, ...more] = codes;
  if (first === undefined) return '';
  return more.length === 0 ? `: ${first}` : `: ${first} and ${more.length} more`;
}
