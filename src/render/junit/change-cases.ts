import type { ApplyReport, Outcome } from '../../model/outcome.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { Command } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import { type ChangeView, changeText } from '../change-text.ts';
import { labelText } from '../label-text.ts';
import { paint } from '../paint.ts';
import { problemText } from '../problem-text.ts';
import type { ResultView } from '../result-view.ts';
import { referencesOf } from '../value-text.ts';
import type { TestCase } from './test-case.ts';

/** A test for each change: of a plan it passes, for nothing is wrong with a change; what has drifted fails. `skipped`: why none of them was made. */
export function changeCases(
  command: Command,
  plan: Plan,
  view: ResultView,
  skipped: string | null,
): readonly TestCase[] {
  const shown: ChangeView = { references: referencesOf(plan), kinds: view.kinds, paint: paint(false) };
  const drifted = new Set(command === 'drift' ? differencesOf(plan).drifted : []);
  return plan.changes.map((change): TestCase => {
    const text = textOf(change, shown);
    const name = nameOf(change);
    if (skipped !== null) return { name, out: text, skipped };
    if (!drifted.has(change)) return { name, out: text };
    const type = change.reason === 'conflict' ? 'conflict' : 'drift';
    return { name, failure: { type, message: 'What is live is not what the file says.', text } };
  });
}

/** A test for each outcome of an apply: done, failed, or left out. */
export function outcomeCases(report: ApplyReport, plan: Plan | null, view: ResultView): readonly TestCase[] {
  const byAddress = new Map((plan?.changes ?? []).map((change) => [change.address, change]));
  const shown: ChangeView = {
    references: plan === null ? null : referencesOf(plan),
    kinds: view.kinds,
    paint: paint(false),
  };
  return report.outcomes.map((outcome) => outcomeCase(outcome, byAddress.get(outcome.address), shown, view));
}

function outcomeCase(
  { action, address, error, status }: Outcome,
  change: Change | undefined,
  shown: ChangeView,
  view: ResultView,
): TestCase {
  const name = change === undefined ? `${action} ${address}` : nameOf(change);
  const out = change === undefined ? '' : textOf(change, shown);
  if (status === 'skipped' || status === 'overtaken') return { name, skipped: error?.message ?? status, out };
  if (status !== 'failed' && status !== 'unknown') return { name, out };
  const text = error === null ? '' : problemText(error, paint(false), view.linesOf, view.frame);
  return { name, out, failure: { type: error?.code ?? status, message: error?.message ?? status, text } };
}

const nameOf = ({ action, address, label }: Change): string =>
  label === '' ? `${action} ${address}` : `${action} ${address} ${labelText(label)}`;

const textOf = (change: Change, shown: ChangeView): string =>
  changeText(change, shown)
    .map((line) => line.slice(2))
    .join('\n');
