import type { DocumentView, LineView } from '../model/document-view.ts';
import { lastPullText } from './connection-text.ts';
import { csv } from './csv.ts';
import { printable } from './printable.ts';
import { counted } from './summary-text.ts';
import { table } from './table.ts';

const columns = [
  'number',
  'counterpart',
  'status',
  'currency',
  'total',
  'amount_due',
  'due_date',
  'posted_date',
  'id',
] as const satisfies readonly (keyof DocumentView)[];

/** Documents of the accounting system for people, and when they were pulled. */
export function documentsTable(
  documents: readonly DocumentView[],
  lastPull: string | null,
  now: Date,
  room: number,
): string {
  const titles = ['number', 'counterpart', 'status', 'currency', 'total', 'due', 'due_date', 'posted', 'id'];
  const rows = documents.map((each) =>
    columns.map((name) => (name === 'total' ? totalText(each) : printable(each[name] ?? ''))),
  );
  const marked = documents.some(({ total_is }) => total_is === 'net_sum_of_lines') ? `* ${netWords}\n` : '';
  const found = `${counted(documents.length, 'document')}, pulled ${printable(lastPullText(lastPull, now))}`;
  return `\n${table(titles, rows, ['id'], room)}\n${marked}${found}\n`;
}

const netWords = 'The accounting system tells no total: the sum of the lines, without tax.';

const totalText = ({ total, total_is }: DocumentView): string =>
  `${total ?? ''}${total_is === 'net_sum_of_lines' ? ' *' : ''}`;

/** The same for spreadsheets, with a column that says what the total is. */
export function documentsCsv(documents: readonly DocumentView[]): string {
  const titles = [...columns.slice(0, 5), 'total_is', ...columns.slice(5)] as const;
  return csv(
    titles,
    documents.map((each) => titles.map((name) => each[name])),
  );
}

/** One document in full. */
export function documentText(
  document: DocumentView & {
    readonly counterpart_id: string | null;
    readonly memo: string | null;
    readonly lines: readonly LineView[];
  },
  lastPull: string | null,
  now: Date,
  room: number,
): string {
  const { lines, ...members } = document;
  const width = Math.max(...Object.keys(members).map((name) => name.length));
  const rows = Object.entries(members).map(([name, value]) =>
    `${name.padEnd(width)}  ${printable(value ?? '')}`.trimEnd(),
  );
  const cells = lines.map((line) => [
    printable(line.description ?? ''),
    line.quantity ?? '',
    line.unit_amount ?? '',
    discountText(line),
    accountText(line),
    printable(line.tax_rate_id ?? ''),
  ]);
  const titles = ['description', 'quantity', 'unit_amount', 'discount', 'account', 'tax_rate_id'];
  const below = lines.length === 0 ? '\nIt has no lines.\n' : `\n${table(titles, cells, ['account'], room)}`;
  return `\n${rows.join('\n')}\n${below}\nPulled ${printable(lastPullText(lastPull, now))}\n`;
}

function discountText({ discount_amount, discount_percentage }: LineView): string {
  if (discount_amount !== null) return discount_amount;
  return discount_percentage === null ? '' : `${discount_percentage}%`;
}

/** As Tesouro calls it, else its id over there. */
const accountText = ({ account, ledger_account_id }: LineView): string =>
  printable(account ?? (ledger_account_id === null ? '' : `${ledger_account_id} (not known here)`));

/** Its lines for spreadsheets. */
export function linesCsv(lines: readonly LineView[]): string {
  const titles = [
    'description',
    'quantity',
    'unit_amount',
    'discount_amount',
    'discount_percentage',
    'account',
    'ledger_account_id',
    'tax_rate_id',
  ] as const;
  return csv(
    titles,
    lines.map((line) => titles.map((name) => line[name])),
  );
}
