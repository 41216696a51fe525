import type { Desired } from '../model/desired.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import { leftAlone } from './left-alone.ts';

/** What concerns the plan as a whole. */
export function planWarnings(
  desired: Desired,
  base: Desired | null,
  changes: readonly Change[],
): readonly Problem[] {
  return [...(base ? [] : pruneWithoutBase(desired)), ...leftAlone(desired, base), ...inUseNotRead(changes)];
}

function pruneWithoutBase({ policy, declared }: Desired): readonly Problem[] {
  if (policy.prune !== 'removed' || declared.size === 0) return [];
  const message =
    'Without a base revision `prune: removed` deletes nothing: what the file declared before is not known.';
  const hint = 'Name what must go under `removed`, or give the revision that was last applied: --base.';
  return [warningProblem('PRUNE_WITHOUT_BASE', message, { hint })];
}

function inUseNotRead(changes: readonly Change[]): readonly Problem[] {
  if (!changes.some(({ action }) => action === 'delete')) return [];
  const message =
    'Before a delete, products, invoices, payable lines and settings are searched for uses; receipts, credit notes, quotes and card transactions are not.';
  const hint = 'Make sure that none of those uses what this plan deletes.';
  return [warningProblem('IN_USE_NOT_READ', message, { hint })];
}
