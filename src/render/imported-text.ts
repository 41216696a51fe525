import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { numberText } from './summary-text.ts';
import { shorten } from './width.ts';

/** What an import came to, for people. */
export interface ImportedView {
  readonly sections: readonly (readonly [section: string, count: number])[];
  readonly leftOut: readonly { readonly address: string; readonly label: string; readonly why: string }[];
  readonly outcome: 'written' | 'replaced' | 'extended' | 'unchanged' | 'printed';
  readonly path: string;
}

/** What was written, what was left out and why, and what to do next. */
export function importedText({ leftOut, outcome, path, sections }: ImportedView, paint: Paint): string {
  const columns = Math.max(0, ...sections.map(([section]) => section.length));
  const rows = sections.map(([section, count]) => `  ${section.padEnd(columns)}  ${numberText(count)}\n`);
  const left = leftOut
    .slice(0, most)
    .map(
      ({ address, label, why }) =>
        `  ${printable(address)}  ${shorten(printable(label), 60)}\n    ${printable(why)}\n`,
    );
  const more =
    leftOut.length > most
      ? `  and ${numberText(leftOut.length - most)} more: --json lists all of them\n`
      : '';
  const apart =
    left.length === 0
      ? ''
      : `\n${paint.yellow('Left out')}: ${numberText(leftOut.length)}\n${left.join('')}${more}`;
  return `\n${rows.length === 0 ? `${nothing[outcome === 'extended' || outcome === 'unchanged' ? 'more' : 'any']}\n` : rows.join('')}${apart}\n${lastLine(outcome, path, paint)}`;
}

/** What is left out and listed. */
const most = 20;

const nothing = { any: 'There is nothing that a configuration could say.', more: 'There is nothing to add.' };

function lastLine(outcome: ImportedView['outcome'], path: string, paint: Paint): string {
  const file = printable(path);
  const option = path === 'ledgerform.yaml' ? '' : ` -c ${file}`;
  const proven = `Proven: a plan of it is empty, \`ledgerform plan${option}\`.`;
  switch (outcome) {
    case 'written':
      return `${paint.green('Written')}: ${file}. ${proven}\n`;
    case 'replaced':
      return `${paint.green('Replaced')}: ${file}. ${proven}\n`;
    case 'extended':
      return `${paint.green('Added')} to ${file}; every other byte is as it was, and a plan has nothing more to do than before.\n`;
    case 'unchanged':
      return `Unchanged: ${file} says all of it already.\n`;
    case 'printed':
      return `Nothing is written. ${proven}\n`;
    default:
      return outcome satisfies never;
  }
}
