import { viewDocument } from '../../accounting/documents/view-document.ts';
import type { BookDocument, BookList } from '../../model/book-document.ts';
import type { DocumentView } from '../../model/document-view.ts';
import { foldCase } from '../../model/fold-case.ts';
import { collect } from '../../observe/collect.ts';
import { listText } from '../../plan/words.ts';
import { documentsCsv, documentsTable } from '../../render/documents-text.ts';
import { atLeastText } from '../../render/estimate-text.ts';
import { header } from '../../render/header.ts';
import { printable } from '../../render/printable.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import { announce, showReading } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { connectedBooks, neverPulled } from './books.ts';
import { documentOf } from './told-document.ts';

export interface DocumentsListOptions extends CommonOptions {
  readonly match?: string;
  readonly status?: readonly string[];
}

/** Lists the bills, or invoices, of the accounting system. */
export async function listDocuments(
  list: BookList,
  options: DocumentsListOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    if (shell.format === 'table') shell.say(header(provider.account, shell.paint));
    announce(
      shell,
      atLeastText(`the ${list} of the accounting system`, 3, provider.traffic().limitPerSecond),
    );
    const connection = await connectedBooks(provider, shell);
    if (connection.last_pull === null) shell.warn([neverPulled('warning', connection)]);
    const documents = await showReading(
      shell,
      () => provider.traffic(),
      () => collect(provider.accounting.documents(list)),
    );
    const rows = documents.map(viewDocument).filter((row) => isWanted(row, options));
    shell.note(unknownStatuses(documents, options));
    const { id, last_pull, platform } = connection;
    const system = { connection: id, platform, last_pull };
    shell.sayJson(documentOf(provider, { list, accounting_system: system, documents: rows }));
    if (shell.format === 'csv') shell.print(documentsCsv(rows));
    else await shell.show(({ columns }) => documentsTable(rows, last_pull, shell.edge.now(), columns));
    return 0;
  });
}

/** A status that none there has may be misspelt, and an accounting system has words of its own: the ones that are there are told. */
function unknownStatuses(documents: readonly BookDocument[], { status = [] }: DocumentsListOptions): string {
  const known = [...new Set(documents.flatMap((each) => each.status ?? []))].sort();
  const folded = new Set(known.map(foldCase));
  const unknown = status.filter((each) => !folded.has(foldCase(each)));
  if (unknown.length === 0 || known.length === 0) return '';
  const [asked, there] = [unknown, known].map((texts) => printable(listText(texts, 20)));
  return `No document there has the status ${asked}. Those there have: ${there}.\n`;
}

function isWanted(row: DocumentView, { match, status }: DocumentsListOptions): boolean {
  if (status !== undefined && !status.some((each) => foldCase(each) === foldCase(row.status ?? '')))
    return false;
  if (match === undefined) return true;
  const wanted = foldCase(match);
  return Object.values(row).some((value) => value !== null && foldCase(value).includes(wanted));
}
