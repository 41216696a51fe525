import type { Plan } from '../../model/plan.ts';
import type { Command, OrganizationResult } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import type { ResultView } from '../result-view.ts';
import { applyBlocks } from './apply-blocks.ts';
import type { Block } from './fit.ts';
import { changeBlock, kindBlocks, planned } from './kind-blocks.ts';
import { problemBlock } from './problem-items.ts';
import { readinessBlocks } from './readiness-blocks.ts';
import { standingOut } from './standing-out.ts';

/** Warnings that are listed; of more the first ones. */
const shownWarnings = 20;

/** All that is to be said of one organization, what matters most first. */
export function oneBlocks(command: Command, one: OrganizationResult, view: ResultView): readonly Block[] {
  const { apply, plan } = one;
  const warned = [...one.problems, ...(plan?.warnings ?? [])];
  const refusals = (plan?.warnings ?? []).filter(({ severity }) => severity === 'error');
  const isToDo = plan !== null && (apply === null || apply.outcome === 'refused');
  return [
    // Guards judge an apply; drift only looks.
    ...(command === 'drift' || apply !== null
      ? []
      : problemBlock('Refused; nothing will be written', 'refusal', refusals)),
    ...problemBlock(
      'Problems',
      'problem',
      one.problems.filter(({ severity }) => severity === 'error'),
    ),
    ...(one.readiness ? readinessBlocks(one.readiness) : []),
    ...(apply === null ? [] : applyBlocks(apply, plan, view)),
    ...(isToDo ? standingOut(command, [{ changes: shownOf(command, plan), whose: null }]) : []),
    ...problemBlock(
      'Warnings',
      'warning',
      warned.filter(({ severity }) => severity === 'warning'),
      shownWarnings,
    ),
    ...(isToDo ? planBlocks(command, plan, view) : []),
  ];
}

function planBlocks(command: Command, plan: Plan, view: ResultView): readonly Block[] {
  if (command !== 'drift') return kindBlocks(plan.changes, plan, view, planned);
  const { drifted, gaps, pending } = differencesOf(plan);
  return [
    ...kindBlocks(drifted, plan, view, planned),
    ...changeBlock('Not yet applied, no drift', pending, plan, view, planned),
    ...changeBlock('Gaps that rules would fill, no drift', gaps, plan, view, planned),
  ];
}

/** What is counted as a change: of drift only what has drifted. */
const shownOf = (command: Command, plan: Plan): Plan['changes'] =>
  command === 'drift' ? differencesOf(plan).drifted : plan.changes;
