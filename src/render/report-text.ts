import type { Kinds } from '../model/kind.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import { type Done, groupBy, labelLines, nameOf, outcomeLines, reasonOf } from './outcome-lines.ts';
import type { Paint } from './paint.ts';
import { titleOf } from './plan-text.ts';
import { printable } from './printable.ts';
import { type CodeFrame, type LinesOf, problemText } from './problem-text.ts';
import { nounOf } from './rule-group-text.ts';
import { counted, numberText } from './summary-text.ts';

interface ReportView {
  /** Those of the plan that was applied: an outcome is called what its change is called. */
  readonly changes: readonly Change[];
  readonly kinds: Kinds;
  readonly paint: Paint;
  readonly linesOf: LinesOf;
  readonly frame: CodeFrame;
}

/** Names of what failed for one reason that are listed. */
const listedFailures = 20;

/** What an apply did by kind, what it did not and why, whether that is proven, and the summary line last. */
export function reportText(report: ApplyReport, view: ReportView): string {
  const { paint } = view;
  const byAddress = new Map(view.changes.map((change) => [change.address, change]));
  const all = report.outcomes.map(
    (outcome): Done => ({ outcome, change: byAddress.get(outcome.address) ?? null }),
  );
  const open = all.filter(({ outcome }) => ['failed', 'unknown', 'skipped'].includes(outcome.status));
  const blocks = [
    ...doneBlocks(all, view),
    ...[...groupBy(open, openKey).values()].map((some) => openText(some, view)),
    ...report.problems.map((each) => problemText(each, paint, view.linesOf, view.frame)),
    summary(report, paint),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

/** A block for each kind in which something went well. */
function doneBlocks(all: readonly Done[], { kinds, paint }: ReportView): readonly string[] {
  return [...groupBy(all, ({ change }) => change?.kind ?? '')].map(([kind, some]) => {
    const lines = outcomeLines(some, paint);
    if (lines.length === 0) return '';
    const title = kind === '' ? '' : `${paint.bold(titleOf(kind, kinds))}\n`;
    return `${title}${lines.map((line) => `  ${line}\n`).join('')}`;
  });
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** What did not work for the same reason is told together, whatever ids and names the reason mentions. */
export function openKey(done: Done): string {
  const { action, address, error, status } = done.outcome;
  if (error === null) return address;
  const reason = reasonOf(done).replace(uuid, '…');
  return JSON.stringify([status, action, done.change?.kind ?? address, error.code, reason, error.hint]);
}

function openText(some: readonly Done[], view: ReportView): string {
  const [first] = some;
  if (!first) return '';
  const { paint } = view;
  const { action, error, status } = first.outcome;
  const many = some.length > 1;
  const what = many ? counted(some.length, nounOf(first.change ?? { kind: 'change' })) : nameOf(first, paint);
  const title = `${paint.red('✗')} ${action} ${paint.bold(what)}: ${status}\n`;
  if (error === null) return title;
  const message = many ? `${reasonOf(first).replace(uuid, '…')}.` : error.message;
  const text = problemText({ ...error, message, address: null }, paint, view.linesOf, view.frame);
  const names = many ? labelLines(some, listedFailures).map((line) => `      ${paint.dim(line)}\n`) : [];
  return title + text.replaceAll(/^(?=.)/gm, '  ') + names.join('');
}

/** `2 applied, 1 failed`, or `nothing to do`. */
export function outcomeCounts(report: ApplyReport, paint: Paint): string {
  const { applied, failed, skipped, already_done, overtaken } = report.summary;
  const unknown = report.outcomes.filter((each) => each.status === 'unknown').length;
  const parts = [
    applied > 0 ? paint.green(`${numberText(applied)} applied`) : '',
    already_done > 0 ? `${numberText(already_done)} already done` : '',
    overtaken > 0 ? `${numberText(overtaken)} overtaken` : '',
    failed > unknown ? paint.red(`${numberText(failed - unknown)} failed`) : '',
    unknown > 0 ? paint.red(`${numberText(unknown)} unknown`) : '',
    skipped > 0 ? paint.yellow(`${numberText(skipped)} skipped`) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}

function summary(report: ApplyReport, paint: Paint): string {
  const proof = report.converged
    ? 'a second look found everything as planned'
    : paint.red('not everything is proven to be as planned');
  const run = report.run === null ? '' : ` Run ${printable(report.run)}.`;
  return `Apply: ${outcomeCounts(report, paint)}; ${proof}. ${counted(report.requests, 'request')}.${run}\n`;
}
