import { shellWord } from '../../accounting/command-for.ts';
import { isActive, noConnection } from '../../accounting/connection-state.ts';
import { requestsEach } from '../../accounting/push-again.ts';
import { readRecords, recordFilters } from '../../accounting/read-records.ts';
import { remediesFor } from '../../accounting/remedies-for.ts';
import { errorProblem, Stop, warningProblem } from '../../model/problem.ts';
import type { ObjectType, SyncedRecord } from '../../model/synced-record.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { pushingText } from '../../render/estimate-text.ts';
import { header } from '../../render/header.ts';
import { printable } from '../../render/printable.ts';
import { counted } from '../../render/summary-text.ts';
import { askApproval } from '../approval.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import { announce } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { carryPushes } from './carry-pushes.ts';
import { ofObjects, recordById } from './record-by-id.ts';
import { showRecords } from './show-records.ts';
import { documentOf } from './told-document.ts';

export interface RecordsRetryOptions extends CommonOptions {
  readonly failed?: true;
  readonly type?: readonly ObjectType[];
  readonly object?: readonly string[];
  readonly force?: true;
  readonly wait?: number;
  readonly autoApprove?: true;
}

/** From so many failed records on, nothing is pushed without a yes: nobody has seen each of them. */
const asksFrom = 100;

/** Pushes records again, the named ones or all that failed, and reports each. What is not in error needs `--force`. */
export async function recordsRetry(
  ids: readonly string[],
  options: RecordsRetryOptions,
  shell: Shell,
): Promise<ExitCode> {
  refuseContradictions(ids, options);
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const connections = await provider.connections();
    if (!connections.some(isActive)) {
      const { code, hint, message } = noConnection(connections);
      if (options.force !== true) throw new Stop(3, [errorProblem(code, message, { hint })]);
      shell.warn([warningProblem(code, `${message} What is pushed waits or fails.`, { hint })]);
    }
    const records = await chosen(ids, options, provider, shell);
    if (records.length === 0) {
      shell.sayJson(documentOf(provider, { outcomes: [], summary: {}, waited_seconds: 0, problems: [] }));
      shell.say('\nNo record is in error. Nothing was done.\n');
      return 0;
    }
    await askForMany(records.length, options, provider, shell);
    const remediesOf = remediesFor(options.config?.[0] ?? null);
    return carryPushes(
      records,
      { seconds: options.wait ?? null, remediesOf, again: sameAgain(ids, options) },
      provider,
      shell,
    );
  });
}

/** The command that pushes again what is still in error. More than a few ids are no command that somebody types. */
function sameAgain(ids: readonly string[], { object = [], type = [] }: RecordsRetryOptions): string {
  const named = ids.length > 0 && ids.length <= 5 ? ids.map(shellWord) : null;
  const narrowed = [
    ...type.map((each) => `--type ${each}`),
    ...object.map((each) => `--object ${shellWord(each)}`),
  ];
  return ['ledgerform records retry', ...(named ?? ['--failed', ...narrowed]), '--wait'].join(' ');
}

function refuseContradictions(ids: readonly string[], options: RecordsRetryOptions): void {
  const narrowed = options.type !== undefined || options.object !== undefined;
  const message =
    ids.length === 0 && options.failed !== true
      ? 'Nothing is named: which records are to be pushed again?'
      : ids.length > 0 && (options.failed === true || narrowed)
        ? 'Records are named by their ids, and --failed, --type and --object choose among all.'
        : null;
  if (message === null) return;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', message, {
      hint: 'ledgerform records retry ID, or ledgerform records retry --failed, which takes --type and --object.',
    }),
  ]);
}

async function chosen(
  ids: readonly string[],
  { failed, force, object, type }: RecordsRetryOptions,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<readonly SyncedRecord[]> {
  if (failed) {
    const filters = recordFilters({ ...(type && { types: type }), ...(object && { objects: object }) });
    const all = await showRecords(shell, provider, filters, (seen) =>
      ofObjects(object, () => readRecords(filters, provider.accounting, seen)),
    );
    return all.filter(({ sync_status }) => sync_status === 'error');
  }
  const records = await Promise.all([...new Set(ids)].map((id) => recordById(id, provider)));
  const sound = records.filter(({ sync_status }) => sync_status !== 'error');
  if (sound.length === 0 || force === true) return records;
  throw new Stop(4, sound.map(notFailed));
}

const notFailed = ({ id, object_type, sync_status }: SyncedRecord) =>
  errorProblem(
    'RECORD_NOT_FAILED',
    `Record ${id} (${object_type}) is not in error: its status is ${sync_status}. Nothing was pushed.`,
    { hint: 'Leave it out, or add --force; pushing what was pushed may make a second document over there.' },
  );

async function askForMany(
  count: number,
  { autoApprove, failed }: RecordsRetryOptions,
  { account, traffic }: ConnectedProvider,
  shell: Shell,
): Promise<void> {
  announce(shell, pushingText(count, requestsEach, traffic().limitPerSecond));
  if (failed !== true || autoApprove === true || count < asksFrom) return;
  if (shell.edge.stdin.isTTY !== true) throw new Stop(3, [needsApproval(count)]);
  const { environment, organization } = account;
  const whose = printable(organization.name ?? organization.id);
  const question = `Push these ${counted(count, 'record')} of ${whose} (${environment}) again?`;
  await askApproval(shell, question);
}

const needsApproval = (count: number) =>
  errorProblem(
    'APPROVAL_NEEDED',
    `${counted(count, 'record')} would be pushed again, and there is no terminal to ask in.`,
    { hint: 'Add --auto-approve, or choose fewer: --type and --object.' },
  );
