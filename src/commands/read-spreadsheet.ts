import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { type NoTable, readTable, type Table, type TableOptions } from '../load/csv/read-table.ts';
import { maxBytes } from '../load/read-file.ts';
import { readRegular } from '../load/read-regular.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import { plainReason } from './plain-reason.ts';

/** A spreadsheet that is understood, and its path as problems show it; or Stop (exit 3). */
export async function readSpreadsheet(
  path: string,
  options: TableOptions,
  cwd: string,
): Promise<Table & { readonly path: string }> {
  const absolute = resolve(cwd, path);
  const shown = (relative(cwd, absolute) || path).split(sep).join('/');
  const table = readTable(await bytesOf(absolute, shown), options);
  if ('why' in table) throw notUnderstood(table, shown);
  return { ...table, path: shown };
}

async function bytesOf(absolute: string, shown: string): Promise<Uint8Array> {
  try {
    const found = await readRegular(await realpath(absolute), maxBytes);
    if ('bytes' in found) return found.bytes;
    const isLarge = found.refused === 'size';
    throw stop(
      isLarge ? 'FILE_TOO_LARGE' : 'FILE_UNREADABLE',
      isLarge
        ? `\`${shown}\` has more than ${maxBytes / 1024 / 1024} MB.`
        : `\`${shown}\` cannot be read: it is ${found.refused === 'folder' ? 'a folder' : 'not a file'}.`,
      isLarge ? 'Split it into several files.' : 'Name a file.',
      shown,
    );
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const isMissing =
      cause instanceof Error && 'code' in cause && ['ENOENT', 'ENOTDIR'].includes(String(cause.code));
    if (isMissing)
      throw stop('FILE_NOT_FOUND', `There is no file \`${shown}\`.`, 'Check the spelling.', shown);
    throw stop(
      'FILE_UNREADABLE',
      `\`${shown}\` cannot be read: ${plainReason(cause)}.`,
      'Check who may read it.',
      shown,
    );
  }
}

function notUnderstood(table: NoTable, shown: string): Stop {
  switch (table.why) {
    case 'no text':
      return stop(
        'FILE_NOT_TEXT',
        `\`${shown}\` is no text in that encoding, or no text at all.`,
        'Save it as CSV, not as a workbook, or say with --encoding how it is written.',
        shown,
      );
    case 'empty':
      return stop('CSV_FORM', `\`${shown}\` is empty.`, 'Save the spreadsheet as CSV once more.', shown);
    case 'rows':
      return stop(
        'CSV_FORM',
        `\`${shown}\` has more than ${table.most.toLocaleString('en-US')} rows.`,
        'Split it into several files.',
        shown,
      );
    case 'quote':
      return stop(
        'CSV_FORM',
        table.open
          ? 'A quote that opens here is never closed.'
          : 'Something stands behind a quote that closes here.',
        'A quote inside of a quoted text is written twice: "".',
        shown,
        table.line,
      );
    case 'columns':
      return stop('CSV_FORM', headersUnknown(table.cells), columnsHint, shown, table.line);
  }
}

const columnsHint =
  'Say which is which, for example --columns code=Konto,name=Text; what is known by itself stands in docs/spreadsheets.md.';

function headersUnknown(cells: readonly string[]): string {
  const shown = cells.slice(0, 12).map((cell) => `\`${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}\``);
  return `No row has headers that tell which column is the code and which the name; this one has ${shown.join(', ')}${cells.length > 12 ? ', …' : ''}.`;
}

const stop = (
  code: ProblemCode,
  message: string,
  hint: string,
  file: string,
  line: number | null = null,
): Stop =>
  new Stop(3, [{ ...errorProblem(code, message, { hint }), file, line, column: line === null ? null : 1 }]);
