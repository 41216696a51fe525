import type { Problem } from '../model/problem.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { counted, numberText } from './summary-text.ts';

/** What was read from a spreadsheet, and what became of it. */
export interface Imported {
  readonly file: string;
  readonly layout: string;
  readonly encoding: string;
  readonly delimiter: string;
  /** The header of each column that was read. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: number;
  /** What became of the file at the path. */
  readonly outcome: 'written' | 'replaced' | 'extended' | 'unchanged' | 'printed';
  readonly path: string;
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: number;
}

const layouts: Readonly<Record<string, string>> = {
  xero: 'the columns of Xero',
  quickbooks: 'the columns of QuickBooks',
  datev: 'the columns of DATEV',
  plain: 'plain columns',
  named: 'the columns that you named',
};

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252',
};

/** As many rows as somebody reads; all of them are in the JSON. */
const mostLines = 20;

/** What an import of a spreadsheet came to: how it was read, what was left out and why, and what was written. */
export function importedRowsText(
  imported: Imported,
  noun: { readonly one: string; readonly many: string },
  problems: readonly Problem[],
  paint: Paint,
): string {
  const { columns, delimiter, encoding, file, layout, rows } = imported;
  const read = `${printable(file)}: ${layouts[layout] ?? layout}, ${encodings[encoding] ?? encoding}, ${delimiter}, ${counted(rows, 'row')}`;
  const roles = Object.entries(columns).map(([role, header]) => `${role} from ${printable(header)}`);
  const blocks = [
    `${paint.bold(read)}\n  ${roles.join(', ')}\n`,
    block('Left out', 'row', problems, 'ROW_SKIPPED', paint),
    block('In the file with other words; --update changes them', 'row', problems, 'ROW_DIFFERS', paint),
    block('Not written', 'row', problems, 'NOT_WRITTEN', paint),
    verdict(imported, noun, problems, paint),
  ];
  return blocks.filter((each) => each !== '').join('\n');
}

function block(
  title: string,
  unit: string,
  problems: readonly Problem[],
  code: Problem['code'],
  paint: Paint,
): string {
  const told = problems.filter((each) => each.code === code);
  if (told.length === 0) return '';
  const lines = told.slice(0, mostLines).map(({ address, line, message }) => {
    const about = code === 'ROW_DIFFERS' && address !== null ? `${printable(address)}: ` : '';
    return `  line ${line}  ${about}${printable(message)}\n`;
  });
  const more =
    told.length > mostLines ? `  … and ${numberText(told.length - mostLines)} more (--json has all)\n` : '';
  return `${paint.yellow(title)}, ${counted(told.length, unit)}:\n${lines.join('')}${more}`;
}

function verdict(
  { added, outcome, path, rows, unchanged, updated }: Imported,
  noun: { readonly one: string; readonly many: string },
  problems: readonly Problem[],
  paint: Paint,
): string {
  const some = (count: number): string => `${numberText(count)} ${count === 1 ? noun.one : noun.many}`;
  const there =
    unchanged === 0 ? '' : `; ${numberText(unchanged)} ${unchanged === 1 ? 'was' : 'were'} there already`;
  if (rows === 0) return 'Nothing to write: no row stands below the headers.\n';
  if (unchanged === 0 && outcome === 'unchanged' && problems.every(({ code }) => code !== 'ROW_DIFFERS'))
    return 'Nothing to write: no row is taken.\n';
  if (outcome === 'unchanged') return `Nothing to write: ${printable(path)} has all that could be taken.\n`;
  const parts = [
    ...(added.length === 0 ? [] : [`${some(added.length)} added`]),
    ...(updated.length === 0 ? [] : [`${some(updated.length)} changed`]),
  ];
  const verb = outcome === 'printed' ? 'Printed, not written' : `Written into ${printable(path)}`;
  return `${paint.green(verb)}: ${parts.join(', ')}${there}.\n`;
}
