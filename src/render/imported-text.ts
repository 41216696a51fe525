import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { numberText } from './summary-text.ts';
import { shorten } from './width.ts';

/** Something that is to be told, and why. */
interface Told {
  readonly address: string;
  readonly label: string;
  readonly why: string;
}

/** What an import came to, for people. */
export interface ImportedView {
  readonly sections: readonly (readonly [section: string, count: number])[];
  readonly leftOut: readonly Told[];
  /** What a plan of the file would change. */
  readonly differing: readonly Told[];
  readonly outcome: 'written' | 'replaced' | 'extended' | 'unchanged' | 'printed';
  readonly path: string;
  /** The command that plans it. */
  readonly plan: string;
}

/** What was written, what was left out and why, and what to do next. */
export function importedText(view: ImportedView, paint: Paint): string {
  const { differing, leftOut, sections, outcome } = view;
  const columns = Math.max(0, ...sections.map(([section]) => section.length));
  const rows = sections.map(([section, count]) => `  ${section.padEnd(columns)}  ${numberText(count)}\n`);
  const left = block(paint.yellow('Left out'), leftOut);
  const other = block(paint.yellow('Not as in the file'), differing);
  return `\n${rows.length === 0 ? `${nothing[outcome === 'extended' || outcome === 'unchanged' ? 'more' : 'any']}\n` : rows.join('')}${left}${other}\n${lastLine(view, paint)}`;
}

/** So many are listed. */
const most = 20;

function block(title: string, told: readonly Told[]): string {
  if (told.length === 0) return '';
  const lines = told
    .slice(0, most)
    .map(
      ({ address, label, why }) =>
        `  ${printable(address)}  ${shorten(printable(label), 60)}\n    ${printable(why)}\n`,
    );
  const more =
    told.length > most ? `  and ${numberText(told.length - most)} more: --json lists all of them\n` : '';
  return `\n${title}: ${numberText(told.length)}\n${lines.join('')}${more}`;
}

const nothing = { any: 'There is nothing that a configuration could say.', more: 'There is nothing to add.' };

function lastLine({ differing, outcome, path, ...view }: ImportedView, paint: Paint): string {
  const file = printable(path);
  const plan = printable(view.plan);
  const proven = `Proven: a plan of it is empty, \`${plan}\`.`;
  switch (outcome) {
    case 'written':
      return `${paint.green('Written')}: ${file}. ${proven}\n`;
    case 'replaced':
      return `${paint.green('Replaced')}: ${file}. ${proven}\n`;
    case 'extended':
      return `${paint.green('Added')} to ${file}; every other byte is as it was, and ${differing.length === 0 ? `a plan of it is empty, \`${plan}\`` : 'a plan has nothing more to do than before'}.\n`;
    case 'unchanged':
      return differing.length === 0
        ? `Unchanged: ${file} says all of it already.\n`
        : `Unchanged: ${file} lacks nothing; what is not as it says, a plan would change, \`${plan}\`.\n`;
    case 'printed':
      return `Nothing is written. ${proven}\n`;
    default:
      return outcome satisfies never;
  }
}
