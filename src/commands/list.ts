import { errorProblem, Stop } from '../model/problem.ts';
import type { Provider } from '../providers/contract.ts';
import { csv } from '../render/csv.ts';
import { header } from '../render/header.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
import { table } from '../render/table.ts';
import type { CommonOptions } from './common-options.ts';
import { readConfiguration } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import { listingOf } from './listing.ts';
import { showReading } from './progress.ts';
import type { Shell } from './shell.ts';

export interface ListOptions extends CommonOptions {
  readonly internal?: true;
  readonly external?: true;
  readonly unassigned?: true;
  readonly match?: string;
}

/** A live object as a row: its id, the key that manages it, and what else is known of it. */
export type Row = { readonly id: string; readonly key: string | null } & Readonly<
  Record<string, string | null>
>;

/** Columns that are never shortened, because they are typed again. */
const wholeColumns = ['id', 'key'];

/** What was found: the columns, also of an empty list. */
export interface Listing {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** Shows live objects of one kind, or one of them in full. */
export async function list(
  kind: string,
  id: string | undefined,
  options: ListOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    if (shell.format === 'table') shell.say(header(provider.account, shell.paint));
    const found = await showReading(
      shell,
      () => provider.traffic(),
      (notify) => {
        const unassigned = options.unassigned === true;
        return listingOf({ kind, scope: scopeOf(options), id, unassigned, notify }, desired, provider);
      },
    );
    const matching = found.rows.filter((row) => matches(row, options.match));
    const rows = id === undefined ? matching : [theOne(found.rows, kind, id)];
    await tell({ ...found, rows }, kind, id !== undefined, provider, shell);
    return 0;
  });
}

function scopeOf({ external, internal }: ListOptions): 'internal' | 'external' | undefined {
  if (external === internal) return undefined;
  return external ? 'external' : 'internal';
}

function matches(row: Row, text: string | undefined): boolean {
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return Object.values(row).some((value) => value?.toLowerCase().includes(wanted));
}

function theOne(rows: readonly Row[], kind: string, id: string): Row {
  const found = rows.find(
    (row) => row.id === id || (row.key !== null && [row.key, row.key.slice(kind.length + 1)].includes(id)),
  );
  if (found) return found;
  throw new Stop(3, [
    errorProblem('ID_NOT_FOUND', `There is no ${kind} object with the id or key ${id}.`, {
      hint: `ledgerform list ${kind} shows all of them.`,
    }),
  ]);
}

async function tell(
  listing: Listing,
  kind: string,
  full: boolean,
  provider: Provider,
  shell: Shell,
): Promise<void> {
  const { columns, rows } = listing;
  const { apiUrl, environment, organization } = provider.account;
  shell.sayJson({ format_version: '1', organization, environment, api_url: apiUrl, kind, objects: rows });
  const cells = (row: Row) => columns.map((name) => row[name] ?? null);
  const [first] = rows;
  if (shell.format === 'csv') shell.print(csv(columns, rows.map(cells)));
  else if (full && first) await shell.show(fullText(first));
  else {
    const lines = rows.map((row) => cells(row).map((cell) => printable(cell ?? '')));
    await shell.show(
      (room) => `\n${table(columns, lines, wholeColumns, room.columns)}\n${counted(rows.length, 'object')}\n`,
    );
  }
}

function fullText(row: Row): string {
  const columns = Math.max(...Object.keys(row).map((name) => name.length));
  const lines = Object.entries(row).map(([name, value]) =>
    `${name.padEnd(columns)}  ${value === null ? '' : printable(value)}`.trimEnd(),
  );
  return `\n${lines.join('\n')}\n`;
}
