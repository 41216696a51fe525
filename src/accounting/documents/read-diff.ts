import type { BookDocument, BookList } from '../../model/book-document.ts';
import type { DiffRow } from '../../model/document-diff.ts';
import type { LiveConnection, LiveInvoice, LivePayable } from '../../model/live.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import { collect } from '../../observe/collect.ts';
import { eachPayable, type Notify } from '../../observe/each-payable.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { accountKind } from '../needed-kinds.ts';
import { recordsOfSystems } from '../to-push.ts';
import { accountBook } from './account-book.ts';
import type { AccountBook } from './accounts-of-lines.ts';
import { classify, isUnfinished } from './classify.ts';
import { type Joined, join, type Pair } from './join.ts';
import { type OwnDocument, ownInvoice, ownPayable } from './own-document.ts';
import { withProductAccounts } from './product-accounts.ts';

/** What is compared: which lists, whether with the lines of payables, and with what was pulled when. */
export interface DiffWanted {
  readonly lists: readonly BookList[];
  readonly lines: boolean;
  /** What is compared with. */
  readonly connection: LiveConnection;
}

/** How many requests comparing takes at least: the accounts, and for each list ours, the records, and those over there to the empty page. */
export const fewestRequests = ({ lists }: Pick<DiffWanted, 'lists'>): number => 1 + 4 * lists.length;

/** Reads both sides and compares them; lines of payables last, and only of those that were found on both sides. */
export async function readDiff(
  { connection, lines, lists }: DiffWanted,
  provider: ConnectedProvider,
  notify: Notify,
): Promise<readonly DiffRow[]> {
  const kind = accountKind(provider.kinds);
  const [objects, ...sides] = await Promise.all([
    provider.list(kind.collection),
    ...lists.map((list) => readSides(list, provider)),
  ]);
  const accounts = accountBook(kind, objects);
  const rows: DiffRow[] = [];
  for (const { documents, invoices, own, payables, records } of sides) {
    const known = recordsOfSystems(records, [connection]);
    const ofThese = new Set(known);
    const others = records.filter((record) => !ofThese.has(record));
    const found = join(own, known, documents, others);
    const joined = await withProductAccounts(found, invoices, accounts, provider);
    const read = lines ? await withLines(joined, payables, accounts, provider, notify) : joined;
    rows.push(...classify(read, accounts, connection));
  }
  return rows;
}

interface Sides {
  readonly own: readonly OwnDocument[];
  readonly records: readonly SyncedRecord[];
  readonly documents: readonly BookDocument[];
  readonly payables: ReadonlyMap<string, LivePayable>;
  readonly invoices: ReadonlyMap<string, LiveInvoice>;
}

async function readSides(list: BookList, provider: ConnectedProvider): Promise<Sides> {
  const [payables, invoices, records, documents] = await Promise.all([
    list === 'payables' ? collect<LivePayable>(provider.payables()) : [],
    list === 'receivables' ? collect<LiveInvoice>(provider.invoices()) : [],
    collect(provider.accounting.records({ object_type: list === 'payables' ? 'bill' : 'receivable' })),
    collect(provider.accounting.documents(list)),
  ]);
  return {
    own: [...payables.map(ownPayable), ...invoices.map(ownInvoice)],
    records,
    documents,
    payables: new Map(payables.map((each) => [each.id, each])),
    invoices: new Map(invoices.map((each) => [each.id, each])),
  };
}

/** The same pairs with the accounts of our lines, where they can tell something. */
async function withLines(
  joined: Joined,
  payables: ReadonlyMap<string, LivePayable>,
  accounts: AccountBook,
  provider: ConnectedProvider,
  notify: Notify,
): Promise<Joined> {
  const asked = joined.pairs.filter((pair) => isWorthReading(pair, joined, accounts));
  const wanted = asked.flatMap(({ own }) => payables.get(own.id) ?? []);
  const read = await eachPayable(
    wanted,
    provider,
    ({ id }, lines) => [id, lines.map(({ ledger_account_id }) => ledger_account_id)] as const,
    notify,
  );
  const linesOf = new Map(read);
  const pairs = joined.pairs.map((pair) => {
    const own = { ...pair.own, accounts: linesOf.get(pair.own.id) ?? pair.own.accounts };
    return { ...pair, own };
  });
  return { ...joined, pairs };
}

/** Not while a push is under way or has failed, and not where the accounts over there are no one’s that is known. */
const isWorthReading = ({ document, own }: Pair, { recordsOf }: Joined, accounts: AccountBook): boolean =>
  !isUnfinished(recordsOf.get(own.id)) &&
  document.lines.some(({ ledger_account_id: id }) => id !== null && accounts.standsFor(id) !== null);
