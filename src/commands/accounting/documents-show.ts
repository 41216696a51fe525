import { commandFor, shellWord } from '../../accounting/command-for.ts';
import { accountBook } from '../../accounting/documents/account-book.ts';
import { viewDocument, viewLines } from '../../accounting/documents/view-document.ts';
import { accountKind } from '../../accounting/needed-kinds.ts';
import type { BookDocument, BookList } from '../../model/book-document.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { ReadFailed } from '../../providers/contract.ts';
import { documentText, linesCsv } from '../../render/documents-text.ts';
import { header } from '../../render/header.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { connectedBooks } from './books.ts';
import { documentOf } from './told-document.ts';

/** Shows one document of the accounting system with its lines; the accounts as Tesouro calls them. */
export async function showDocument(
  list: BookList,
  id: string,
  options: CommonOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    if (shell.format === 'table') shell.say(header(provider.account, shell.paint));
    const { last_pull } = await connectedBooks(provider, shell);
    const kind = accountKind(provider.kinds);
    const [document, accounts] = await Promise.all([
      readOne(list, id, options.config?.[0] ?? null, provider),
      provider.list(kind.collection),
    ]);
    const book = accountBook(kind, accounts);
    const known = new Set(accounts.map((each) => each.id));
    const lines = viewLines(document, (each) => (known.has(each) ? book.label(each) : null));
    const { counterpart_id, memo } = document;
    const shown = { ...viewDocument(document), counterpart_id, memo, lines };
    shell.sayJson(documentOf(provider, { list, document: shown }));
    if (shell.format === 'csv') shell.print(linesCsv(lines));
    else await shell.show(({ columns }) => documentText(shown, last_pull, shell.edge.now(), columns));
    return 0;
  });
}

async function readOne(
  list: BookList,
  id: string,
  named: string | null,
  { accounting }: ConnectedProvider,
): Promise<BookDocument> {
  try {
    return await accounting.document(list, id);
  } catch (error) {
    if (!(error instanceof ReadFailed)) throw error;
    const { problem, status } = error.error;
    if (status === 404) throw notThere(list, id, named);
    // An id that no path can hold is looked for in the list.
    if (status !== null || problem.code !== 'API_ANSWER') throw error;
    for await (const each of accounting.documents(list)) if (each.id === id) return each;
    throw notThere(list, id, named);
  }
}

const notThere = (list: BookList, id: string, named: string | null): Stop =>
  new Stop(3, [
    errorProblem('ID_NOT_FOUND', `The accounting system has none of the ${list} under the id ${id}.`, {
      hint: `It is the accounting system’s own id, not the number: ${commandFor(`ledgerform documents ${list} list --match ${shellWord(id)}`, named)} looks for it.`,
    }),
  ]);
