import { fewestRequests, readDiff } from '../../accounting/documents/read-diff.ts';
import { totalDiff } from '../../accounting/documents/total-diff.ts';
import type { BookList } from '../../model/book-document.ts';
import { type DiffClass, type DiffRow, differingClasses } from '../../model/document-diff.ts';
import { Stop } from '../../model/problem.ts';
import { diffCsv } from '../../render/document-diff-csv.ts';
import { diffText } from '../../render/document-diff-text.ts';
import { atLeastText } from '../../render/estimate-text.ts';
import { header } from '../../render/header.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import { announce, showReading } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { connectedBooks, neverPulled } from './books.ts';
import { documentOf } from './told-document.ts';

export interface DocumentsDiffOptions extends CommonOptions {
  readonly type?: BookList;
  readonly only?: readonly DiffClass[];
  readonly lines: boolean;
  readonly showSame?: true;
  readonly showAll?: true;
}

/** Compares our payables and invoices with the documents of the accounting system; exit 2 when something differs. */
export async function diffDocuments(options: DocumentsDiffOptions, shell: Shell): Promise<ExitCode> {
  const lists: readonly BookList[] = options.type ? [options.type] : ['payables', 'receivables'];
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    if (shell.format === 'table') shell.say(header(provider.account, shell.paint));
    const sides = lists.map((list) => (list === 'payables' ? 'payables' : 'invoices')).join(' and ');
    const what = `${sides} of both sides, their records and the accounts`;
    const limit = provider.traffic().limitPerSecond;
    const lines = readsLines(options);
    const each = lines && lists.includes('payables') ? ', and one for each payable that both sides have' : '';
    announce(shell, `${atLeastText(what, 1 + fewestRequests({ lists }), limit)}${each}`);
    const connection = await connectedBooks(provider, shell);
    if (connection.last_pull === null) throw new Stop(3, [neverPulled('error', connection)]);
    const rows = await showReading(
      shell,
      () => provider.traffic(),
      (notify) => readDiff({ lists, lines, connection }, provider, notify),
    );
    const wanted = options.only ?? differingClasses;
    const shown = rows.filter((row) => isShown(row, wanted, options));
    const totals = totalDiff(rows, lists);
    const { business_name, id, last_pull, platform } = connection;
    const system = { connection: id, platform, business_name, last_pull };
    const told = { accounting_system: system, lists, lines_read: lines, summary: totals, documents: shown };
    shell.sayJson(documentOf(provider, told));
    if (shell.format === 'csv') shell.print(diffCsv(shown));
    else {
      const found = { rows, shown, totals, connection, lines, only: options.only ?? null };
      const view = {
        ...found,
        named: options.config?.[0] ?? null,
        now: shell.edge.now(),
        paint: shell.paint,
      };
      const most = options.showAll ? Number.POSITIVE_INFINITY : 20;
      await shell.show(({ columns }) => diffText({ ...view, most, room: columns }));
    }
    const differs = rows.some((row) => wanted.includes(row.class) && differingClasses.includes(row.class));
    return differs ? 2 : 0;
  });
}

/** Lines cost a request for each payable, and only tell what differs from what is the same. */
const readsLines = ({ lines, only, showSame }: DocumentsDiffOptions): boolean =>
  lines &&
  (only === undefined || showSame === true || only.some((each) => each === 'differs' || each === 'same'));

const isShown = (row: DiffRow, wanted: readonly DiffClass[], { showSame }: DocumentsDiffOptions): boolean =>
  wanted.includes(row.class) || (showSame === true && !differingClasses.includes(row.class));
