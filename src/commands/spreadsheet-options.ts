import { InvalidArgumentError, Option } from 'commander';
import { encodings } from '../load/csv/decode-table.ts';
import { type Delimiter, delimiters } from '../load/csv/delimiters.ts';
import type { NamedColumns } from '../load/csv/find-columns.ts';
import { roles } from '../load/csv/layouts.ts';

/** What stands between cells: by its name, or as the sign itself. */
export function delimiterText(text: string): Delimiter {
  const found = Object.entries(delimiters).find(([name, sign]) => name === text || sign === text);
  const known = Object.keys(delimiters).find((name): name is Delimiter => name === found?.[0]);
  if (known) return known;
  throw new InvalidArgumentError(`It must be one of ${Object.keys(delimiters).join(', ')}.`);
}

/** `code=Konto,name=Text`: the header of each column. */
export function columnsText(text: string): NamedColumns {
  const pairs = text.split(',').map((pair) => pair.split('='));
  const named = new Map<string, string>();
  for (const [role = '', header = '', ...more] of pairs) {
    const name = role.trim();
    if (!roles.some((each) => each === name) || header.trim() === '' || more.length > 0 || named.has(name))
      throw new InvalidArgumentError(
        `It must say once for each column what its header is, as in code=Konto,name=Text; columns are ${roles.join(', ')}.`,
      );
    named.set(name, header.trim());
  }
  if (!named.has('code') && !named.has('name'))
    throw new InvalidArgumentError('It must name the header of code or of name.');
  return Object.fromEntries(named);
}

/** How a spreadsheet is to be read, where that is not found out. */
export const readingOptions = (): readonly Option[] => [
  new Option('--columns <list>', 'headers of an unknown layout: code=Konto,name=Text').argParser(columnsText),
  new Option(
    '--delimiter <sign>',
    `what stands between cells: ${Object.keys(delimiters).join(', ')}`,
  ).argParser(delimiterText),
  new Option('--encoding <name>', 'how its bytes stand for text').choices(encodings),
];
