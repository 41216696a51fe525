import type { RecordedChange, RecordedRun } from '../apply/history.ts';
import type { Kinds } from '../model/kind.ts';
import { changeText } from '../render/change-text.ts';
import { header } from '../render/header.ts';
import type { Paint } from '../render/paint.ts';
import { printable } from '../render/printable.ts';
import { table } from '../render/table.ts';

/** How a run ended; `unfinished` when its record has no end. */
export const outcomeOf = ({ end }: RecordedRun): string => end?.outcome ?? 'unfinished';

/** A line for each run. */
export function runsText(runs: readonly RecordedRun[]): string {
  const rows = runs.map((run) => {
    const { organization, environment, actor } = run.header ?? {};
    const changes = `${run.changes.filter(({ status }) => status === 'applied').length}/${run.changes.length}`;
    const who = organization?.name ?? organization?.id ?? '';
    return [run.run, who, environment ?? '', actor ?? '', outcomeOf(run), changes].map(printable);
  });
  return table(['run', 'organization', 'environment', 'by', 'outcome', 'applied'], rows, ['run']);
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
  const unfinished =
    torn || end === null
      ? `\n${paint.yellow('This run did not come to its end; plan again to see what is left.')}\n`
      : '';
  const closing = end
    ? `\n${outcomeOf(run)}, ${end.converged ? 'proven by the end check' : paint.red('not everything was proven')} at ${printable(end.at)}\n`
    : '';
  return `${title}\n${facts.map(([name = '', value = '']) => `  ${name.padEnd(14)}${printable(value)}\n`).join('')}\n${lines.map((line) => `${line}\n`).join('')}${unfinished}${closing}`;
}

function changeLines(change: RecordedChange, kinds: Kinds, paint: Paint): readonly string[] {
  const { action, address, after, before, id, label } = change;
  const kind = kinds.collections.find(
    ({ collection }) => address.startsWith(`${collection}.`) || address.startsWith(`${collection}[`),
  );
  return changeText(
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
}

function statusText({ outcome, status, tries }: RecordedChange, paint: Paint): string {
  const sent = tries > 1 ? ` after ${tries} tries` : '';
  const request = outcome?.request_id ? ` · request ${printable(outcome.request_id)}` : '';
  const id = outcome?.id ? ` · ${printable(outcome.id)}` : '';
  const error = outcome?.error ? `: ${printable(outcome.error.message)}` : '';
  const word =
    status === 'applied' || status === 'already_done'
      ? paint.green(status.replace('_', ' '))
      : paint.red(status.replace('_', ' '));
  return `${word}${sent}${id}${request}${error}`;
}
