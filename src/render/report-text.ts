import type { ApplyReport, Outcome, OutcomeStatus } from '../model/outcome.ts';
import type { Action } from '../model/plan.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { type CodeFrame, type LinesOf, problemText } from './problem-text.ts';
import { counted } from './summary-text.ts';

interface ReportView {
  readonly paint: Paint;
  readonly linesOf: LinesOf;
  readonly frame: CodeFrame;
}

/** Done changes that are listed one by one; the run record has all of them. */
const listed = 40;

const done: Readonly<Record<Action, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  set: 'set',
  assign: 'assigned',
  unassign: 'unassigned',
};

/** What an apply did, what it did not and why, whether that is proven, and the summary line last. */
export function reportText(report: ApplyReport, view: ReportView): string {
  const { paint } = view;
  const of = (...statuses: readonly OutcomeStatus[]) =>
    report.outcomes.filter((each) => statuses.includes(each.status));
  const applied = of('applied');
  const lines = applied
    .slice(0, listed)
    .map((each) => `  ${paint.green('✓')} ${done[each.action]} ${printable(each.address)}\n`);
  if (applied.length > listed)
    lines.push(`  … and ${applied.length - listed} more (ledgerform history shows them)\n`);
  for (const each of of('already_done'))
    lines.push(`  ${paint.dim('=')} ${printable(each.address)} was already done\n`);
  for (const each of of('overtaken'))
    lines.push(`  ${paint.dim('=')} ${printable(each.address)} was overtaken${because(each)}\n`);
  const open = [
    ...of('failed', 'unknown', 'skipped').map((each) => openText(each, view)),
    ...report.problems.map((each) => problemText(each, paint, view.linesOf, view.frame)),
  ];
  return [lines.join(''), ...open, summary(report, paint)]
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

const because = ({ error }: Outcome): string => (error === null ? '' : `: ${printable(error.message)}`);

function openText(outcome: Outcome, view: ReportView): string {
  const { paint } = view;
  const word =
    { failed: 'failed', unknown: 'unknown', skipped: 'skipped' }[String(outcome.status)] ?? outcome.status;
  const title = `${paint.red('✗')} ${outcome.action} ${paint.bold(printable(outcome.address))}: ${word}\n`;
  if (outcome.error === null) return title;
  const text = problemText({ ...outcome.error, address: null }, paint, view.linesOf, view.frame);
  return title + text.replaceAll(/^(?=.)/gm, '  ');
}

function summary(report: ApplyReport, paint: Paint): string {
  const { applied, failed, skipped, already_done, overtaken } = report.summary;
  const unknown = report.outcomes.filter((each) => each.status === 'unknown').length;
  const parts = [
    applied > 0 ? paint.green(`${applied} applied`) : '',
    already_done > 0 ? `${already_done} already done` : '',
    overtaken > 0 ? `${overtaken} overtaken` : '',
    failed > 0 ? paint.red(`${failed} failed`) : '',
    unknown > 0 && unknown > failed ? paint.red(`${unknown} unknown`) : '',
    skipped > 0 ? paint.yellow(`${skipped} skipped`) : '',
  ].filter((part) => part !== '');
  const counts = parts.length === 0 ? 'nothing to do' : parts.join(', ');
  const proof = report.converged
    ? 'a second look found everything as planned'
    : paint.red('not everything is proven to be as planned');
  const run = report.run === null ? '' : ` Run ${printable(report.run)}.`;
  return `Apply: ${counts}; ${proof}. ${counted(report.requests, 'request')}.${run}\n`;
}
