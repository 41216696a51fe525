import type { BookList } from '../model/book-document.ts';
import {
  type Compared,
  type DiffClass,
  type DiffRow,
  type DiffTotal,
  diffClasses,
  differingClasses,
} from '../model/document-diff.ts';
import type { LiveConnection } from '../model/live.ts';
import { lastPullText } from './connection-text.ts';
import { nextSteps, pushAgain } from './document-diff-steps.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { counted, numberText } from './summary-text.ts';
import { tableRows } from './table.ts';

/** What a comparison of documents is shown from. */
export interface DiffView {
  readonly rows: readonly DiffRow[];
  /** Those that are listed; the rest is only counted. */
  readonly shown: readonly DiffRow[];
  readonly totals: readonly DiffTotal[];
  readonly connection: LiveConnection;
  /** The classes that were asked for; null where nobody chose. */
  readonly only: readonly DiffClass[] | null;
  /** The configuration that was named, for commands that are told. */
  readonly named: string | null;
  /** Lines of payables were read. */
  readonly lines: boolean;
  /** How many of a group are listed. */
  readonly most: number;
  readonly now: Date;
  readonly paint: Paint;
  /** Columns of the terminal; infinite elsewhere. */
  readonly room: number;
}

const titleOf: Readonly<Record<DiffClass, string>> = {
  missing: 'Missing there',
  failed: 'Failed',
  pending: 'Pending',
  differs: 'Different',
  elsewhere: 'Pushed to another accounting system',
  there_only: 'There, but not ours',
  same: 'The same',
  uncompared: 'Ours, not compared',
  past: 'Older than the connection',
  not_expected: 'Not expected there',
};

const nouns: Readonly<Record<BookList, string>> = { payables: 'payable', receivables: 'invoice' };
/** What has a record of an invoice and is none. */
const nounOf = (list: BookList, name: DiffClass): string =>
  name === 'uncompared' ? 'document' : nouns[list];

/** The comparison for people: a group for each class and list, what could not be compared, and one line that sums it up. */
export function diffText(view: DiffView): string {
  const { connection, now, only, rows, shown, totals } = view;
  const { business_name, id, last_pull, platform } = connection;
  const system = [platform, business_name].filter((part) => part !== null && part !== '').join(', ') || id;
  const against = `\nCompared with ${printable(system)}, pulled ${printable(lastPullText(last_pull, now))}\n`;
  const groups = totals
    .filter(({ count }) => count > 0)
    .sort((a, b) => diffClasses.indexOf(a.class) - diffClasses.indexOf(b.class))
    .map((total) => groupText(total, view));
  const notes = `${nextSteps(shown, view.named)}${onlyNote(only, totals)}${notComparedText(rows, view.lines)}`;
  const none = only !== null && shown.length === 0 ? `\nNone found: ${only.map(inWords).join(', ')}.\n` : '';
  const all = only === null ? '' : 'Of all documents: ';
  return `${against}${groups.join('')}${none}${notes === '' ? '' : `\n${notes}`}\n${all}${summaryText(totals, view.paint)}\n`;
}

function groupText(total: DiffTotal, { most, named, paint, room, shown }: DiffView): string {
  const rows = shown.filter((row) => row.class === total.class && row.list === total.list);
  if (rows.length === 0) return '';
  const amounts = total.amounts.map(({ amount, currency }) =>
    `${amount} ${printable(currency ?? '')}`.trim(),
  );
  const sum = amounts.length === 0 ? '' : `, ${amounts.join(', ')}`;
  const title = `${titleOf[total.class]}: ${counted(total.count, nounOf(total.list, total.class))}${sum}`;
  const head = `\n${paint.bold(differingClasses.includes(total.class) ? paint.yellow(title) : title)}\n`;
  const left = rows.length - Math.min(rows.length, most);
  const more =
    left > 0 ? `    and ${numberText(left)} more: --show-all, --format csv or --json has them\n` : '';
  return `${head}${alikeIn(rows.slice(0, most))
    .map((alike) => blockText(alike, named, room))
    .join('')}${more}`;
}

/** Rows with the same reasons, which are said once. */
function alikeIn(rows: readonly DiffRow[]): readonly (readonly DiffRow[])[] {
  const groups = new Map<string, DiffRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.reasons);
    const alike = groups.get(key);
    if (alike) alike.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function blockText(rows: readonly DiffRow[], named: string | null, room: number): string {
  const why = (rows[0]?.reasons ?? []).map((each) => `  ${printable(each)}\n`).join('');
  const titles = ['number', 'counterpart', 'amount', 'status', 'id'];
  const [, ...lines] = tableRows(titles, rows.map(cellsOf), ['id'], room - 4);
  return `${why}${lines.map((line, at) => `${line.replaceAll(/^/gm, '    ')}\n${facetLines(rows[at])}${stepLine(rows[at], named)}`).join('')}`;
}

function cellsOf({ here, probable, there }: DiffRow): readonly string[] {
  const side = here ?? there;
  const amount = [side?.amount, side?.currency].filter((part) => part != null).join(' ');
  return [
    printable(side?.number ?? '(no number)'),
    printable(side?.counterpart ?? ''),
    printable(`${amount}${side?.net ? ' net' : ''}`),
    printable(side?.status ?? ''),
    printable(`${side?.id ?? ''}${probable ? ` (probably ${there?.id ?? ''})` : ''}`),
  ];
}

const facetLines = (row: DiffRow | undefined): string =>
  (row?.differences ?? [])
    .map(
      ({ here, there, what }) =>
        `      ${what}: ${printable(here ?? 'none')} here, ${printable(there ?? 'none')} there\n`,
    )
    .join('');

function stepLine(row: DiffRow | undefined, named: string | null): string {
  const step = row ? pushAgain(row, named) : null;
  return step === null ? '' : `      push it again: ${step}\n`;
}

/** Who asks for what is missing alone shall know what is not there either, and does not count as missing. */
function onlyNote(only: readonly DiffClass[] | null, totals: readonly DiffTotal[]): string {
  if (!only?.includes('missing')) return '';
  const beside = (['past', 'elsewhere'] as const).filter((name) => !only.includes(name));
  const parts = beside.flatMap((name) => {
    const count = countIn(totals, name);
    return count === 0 ? [] : [`${numberText(count)} ${inWords(name)} (--only ${name})`];
  });
  return parts.length === 0 ? '' : `Not there either, and not counted as missing: ${parts.join(', ')}.\n`;
}

const countIn = (totals: readonly DiffTotal[], name: DiffClass): number =>
  totals.reduce((sum, total) => sum + (total.class === name ? total.count : 0), 0);

/** What nobody could compare of what was found on both sides. */
function notComparedText(rows: readonly DiffRow[], lines: boolean): string {
  const counts = new Map<Compared, number>();
  for (const { class: name, list, not_compared: what } of rows)
    if (name === 'same' || name === 'differs')
      for (const each of what)
        if (lines || each !== 'accounts' || list !== 'payables')
          counts.set(each, (counts.get(each) ?? 0) + 1);
  const texts = [...counts].map(([what, count]) => `${what} of ${counted(count, 'document')}`);
  const told =
    texts.length === 0
      ? ''
      : `Not compared, because a side does not say it in a way that can be compared: ${texts.join(', ')}.\n`;
  const unread =
    rows.some(({ list }) => list === 'payables') && !lines
      ? 'The accounts of payables were not compared: their lines were not read.\n'
      : '';
  return `${told}${unread}`;
}

/** `2 missing there, 1 failed; 40 the same (2 probably), 5 not expected there.` */
function summaryText(totals: readonly DiffTotal[], paint: Paint): string {
  const sumOf = (name: DiffClass) => {
    const found = totals.filter((total) => total.class === name);
    const count = found.reduce((sum, each) => sum + each.count, 0);
    const probable = found.reduce((sum, each) => sum + each.probable, 0);
    const note = probable === 0 ? '' : ` (${numberText(probable)} of them probably)`;
    return count === 0 ? [] : [`${numberText(count)} ${inWords(name)}${note}`];
  };
  const differing = differingClasses.flatMap(sumOf);
  const rest = diffClasses.filter((name) => !differingClasses.includes(name)).flatMap(sumOf);
  const first = differing.length === 0 ? paint.green('No differences') : paint.yellow(differing.join(', '));
  return `${first}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.`;
}

const inWords = (name: DiffClass): string => wordsOf[name] ?? titleOf[name].toLowerCase();

const wordsOf: Readonly<Partial<Record<DiffClass, string>>> = {
  elsewhere: 'pushed to another system',
  there_only: 'there but not ours',
  uncompared: 'of ours not compared',
  past: 'older than the connection',
  not_expected: 'not expected there (drafts, or called off)',
};
