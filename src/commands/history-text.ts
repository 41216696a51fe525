import type { RecordedChange, RecordedRun } from '../apply/history.ts';
import type { Kinds } from '../model/kind.ts';
import { changeText } from '../render/change-text.ts';
import { header } from '../render/header.ts';
import type { Paint } from '../render/paint.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
import { table } from '../render/table.ts';

/** How a run ended; `unfinished` when its record has no end. */
export const outcomeOf = ({ end }: RecordedRun): string => end?.outcome ?? 'unfinished';

/** How many changes came to what, as far as the record knows; what was never sent is not in it. */
export function recordedOf({ changes }: RecordedRun): Readonly<Record<RecordedChange['status'], number>> {
  const count = (wanted: RecordedChange['status']): number =>
    changes.filter(({ status }) => status === wanted).length;
  return {
    applied: count('applied'),
    already_done: count('already_done'),
    failed: count('failed'),
    in_doubt: count('in_doubt'),
  };
}

/** Changes of the plan that were never tried, as far as the end of the record tells. */
const skippedIn = ({ end }: RecordedRun): number => end?.summary.skipped ?? 0;

/** A line for each run. */
export function runsText(runs: readonly RecordedRun[], columns: number): string {
  const rows = runs.map((run) => {
    const { organization, environment, actor } = run.header ?? {};
    const { applied, in_doubt: doubtful } = recordedOf(run);
    // Of all that was to be done: an interrupted run would look like a whole one.
    const changes = `${applied}/${run.changes.length + skippedIn(run)}`;
    const who = organization?.name ?? organization?.id ?? '';
    const doubt = doubtful === 0 ? '' : String(doubtful);
    return [run.run, who, environment ?? '', actor ?? '', outcomeOf(run), changes, doubt].map(printable);
  });
  const names = ['run', 'organization', 'environment', 'by', 'outcome', 'applied', 'in doubt'];
  return table(names, rows, ['run'], columns);
}

/** One run in full: whose books, who did it, on which plan, and every change with what became of it. */
export function runText(run: RecordedRun, kinds: Kinds, paint: Paint): string {
  const { changes, end, header: first, torn } = run;
  const title = first
    ? header(
        { organization: first.organization, environment: first.environment, apiUrl: first.api_url },
        paint,
      )
    : '';
  const facts = first
    ? [
        ['run', run.run],
        ['at', first.at],
        ['by', `${first.actor} on ${first.host}`],
        ['commit', first.git_commit ?? 'none'],
        ['configuration', first.config.path],
        ['plan', first.plan_digest],
      ]
    : [['run', run.run]];
  const lines = changes.flatMap((change) => [
    ...changeLines(change, kinds, paint),
    `      ${statusText(change, paint)}`,
  ]);
  const unfinished = [end === null ? noEnd : '', torn ? cutOff : '', doubtText(run)]
    .filter((text) => text !== '')
    .map((text) => `\n${paint.yellow(text)}\n`)
    .join('');
  const left = skippedIn(run) === 0 ? '' : `, ${counted(skippedIn(run), 'change')} skipped`;
  const closing = end
    ? `\n${printable(outcomeOf(run))}${left}, ${end.converged ? 'proven by the end check' : paint.red('not everything was proven')} at ${printable(end.at)}\n`
    : '';
  return `${title}\n${facts.map(([name = '', value = '']) => `  ${name.padEnd(14)}${printable(value)}\n`).join('')}\n${lines.map((line) => `${line}\n`).join('')}${unfinished}${closing}`;
}

const noEnd =
  'The record of this run has no end: it is still going on, or it was stopped from outside. To do what is left, apply again.';
const cutOff = 'Its last line was cut off. A write whose own line was cut off was not sent.';

/** What nobody knows, and that it does no harm. */
function doubtText(run: RecordedRun): string {
  const { in_doubt: count } = recordedOf(run);
  if (count > 0)
    return `${counted(count, 'change')} in doubt: sent, and no answer is recorded. The next apply looks first, and does not repeat what it finds done.`;
  return run.end === null && run.changes.length > 0
    ? 'Nothing is in doubt: all that was sent was answered.'
    : '';
}

function changeLines(change: RecordedChange, kinds: Kinds, paint: Paint): readonly string[] {
  const { action, address, after, before, id, label } = change;
  const kind = kinds.collections.find(
    ({ collection }) => address.startsWith(`${collection}.`) || address.startsWith(`${collection}[`),
  );
  const lines = changeText(
    {
      address,
      kind: kind?.name ?? 'setting',
      action,
      reason: 'config',
      label,
      id,
      before,
      after,
      source: null,
      depends_on: [],
      warnings: [],
    },
    { references: null, kinds, paint },
  );
  // A create ends with the line that its id is not known yet.
  return action === 'create' ? lines.slice(0, -1) : lines;
}

function statusText({ outcome, status, tries }: RecordedChange, paint: Paint): string {
  const sent = tries > 1 ? ` after ${tries} tries` : '';
  const request = outcome?.request_id ? ` · request ${printable(outcome.request_id)}` : '';
  const id = outcome?.id ? ` · ${printable(outcome.id)}` : '';
  const error = outcome?.error ? `: ${printable(outcome.error.message)}` : '';
  const word =
    status === 'applied' || status === 'already_done'
      ? paint.green(status.replace('_', ' '))
      : paint.red(printable(status.replace('_', ' ')));
  return `${word}${sent}${id}${request}${error}`;
}
