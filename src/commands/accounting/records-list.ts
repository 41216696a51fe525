import { readRecords, recordFilters, sortRecords } from '../../accounting/read-records.ts';
import { recordTotals } from '../../accounting/record-totals.ts';
import type { Remedy } from '../../accounting/remedies.ts';
import { type RemediesOf, remediesFor } from '../../accounting/remedies-for.ts';
import type { RecordTotal, SyncedRecord } from '../../model/synced-record.ts';
import { csv } from '../../render/csv.ts';
import { header } from '../../render/header.ts';
import { recordNames } from '../../render/push-text.ts';
import { recordTable } from '../../render/record-table.ts';
import { recordCells, recordMembers, totalsTable } from '../../render/record-text.ts';
import { remedyText } from '../../render/remedy-text.ts';
import { counted } from '../../render/summary-text.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { ofObjects } from './record-by-id.ts';
import { type RecordsNarrowed, recordsWanted } from './records-options.ts';
import { showRecords } from './show-records.ts';
import { documentOf } from './told-document.ts';

export interface RecordsListOptions extends CommonOptions, RecordsNarrowed {
  readonly status?: readonly string[];
  readonly sort?: 'created' | 'updated';
  readonly order?: 'asc' | 'desc';
}

/** Lists synchronization records, with totals of each type. Status is not asked of the service, which cannot filter by it. */
export async function recordsList(options: RecordsListOptions, shell: Shell): Promise<ExitCode> {
  const wanted = recordsWanted(options, shell.edge.now());
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    if (shell.format === 'table') shell.say(header(provider.account, shell.paint));
    const { order = 'asc', sort, status } = options;
    const sorted = sort !== undefined || options.order !== undefined;
    const by = sort === 'updated' ? 'updated_at' : 'created_at';
    const filters = recordFilters({ ...wanted, ...(sorted ? { sort: by, order } : {}) });
    const found = await showRecords(shell, provider, filters, (seen) =>
      ofObjects(options.object, () => readRecords(filters, provider.accounting, seen)),
    );
    const all = sorted ? sortRecords(found, by, order) : found;
    const records = status ? all.filter(({ sync_status }) => status.includes(sync_status)) : all;
    const totals = recordTotals(all);
    const remediesOf = remediesFor(options.config?.[0] ?? null);
    shell.sayJson(documentOf(provider, { records, totals }));
    if (shell.format === 'csv') shell.print(csvOf(records));
    else await shell.show(({ columns }) => tableOf(records, totals, remediesOf, columns));
    return 0;
  });
}

const csvOf = (records: readonly SyncedRecord[]): string =>
  csv(
    recordMembers,
    records.map((record) => recordCells(record, recordMembers)),
  );

function tableOf(
  records: readonly SyncedRecord[],
  totals: readonly RecordTotal[],
  remediesOf: RemediesOf,
  room: number,
): string {
  const shown = records.length === 0 ? '' : `\n${recordTable(records, room)}`;
  const counts = totals.length === 0 ? '' : `\n${totalsTable(totals)}`;
  const helps = [...helping(records, remediesOf)].map(
    ([remedy, group]) => `${recordNames(group)}\n${remedyText(remedy, '')}`,
  );
  const advice = helps.length === 0 ? '' : `\nWhat usually helps:\n${helps.join('')}`;
  return `${shown}${counts}${advice}\n${counted(records.length, 'record')}\n`;
}

/** The records that each remedy may help. */
function helping(
  records: readonly SyncedRecord[],
  remediesOf: RemediesOf,
): ReadonlyMap<Remedy, readonly SyncedRecord[]> {
  const groups = new Map<Remedy, SyncedRecord[]>();
  for (const record of records) {
    const remedies = record.sync_status === 'error' ? remediesOf(record) : [];
    for (const remedy of remedies) {
      const group = groups.get(remedy) ?? [];
      groups.set(remedy, group);
      group.push(record);
    }
  }
  return groups;
}
