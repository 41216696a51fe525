import type { ChartEdit, Difference } from '../import/chart-edits.ts';
import { labelOf, type SkippedRow } from '../load/csv/chart-rows.ts';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../model/problem.ts';

/** A spreadsheet of which nothing can be taken is another one than was meant. */
export const noRow = (skipped: readonly SkippedRow[], file: string): Stop =>
  new Stop(3, [
    {
      ...errorProblem('CSV_FORM', `None of the rows of \`${file}\` can be taken; nothing is written.`, {
        hint: 'It is said why for the first ones; --columns says which column is which, and --kind what the rows are.',
      }),
      file,
    },
    ...skipped.slice(0, 20).map((row) => skippedProblem(row, file)),
  ]);

/** Why a row is not taken. */
export const skippedProblem = ({ label, line, why }: SkippedRow, file: string): Problem =>
  warningProblem('ROW_SKIPPED', `${label === '' ? 'The row' : shortened(label)} is not taken: ${why}.`, {
    origin: { file, line, column: 1 },
    hint: 'Nothing has to be done if that is right.',
  });

/** What the file says otherwise than a row. */
export const differsProblem = ({ entry, fields, row }: Difference, file: string): Problem =>
  warningProblem(
    'ROW_DIFFERS',
    `The file says something else: ${fields
      .map(
        ({ file: says, name, row: here }) =>
          `its ${name} is ${says === null ? 'not stated' : `\`${shortened(says)}\``}, here \`${shortened(here)}\``,
      )
      .join('; ')}.`,
    {
      origin: { file, line: row.line, column: 1 },
      address: entry.address,
      hint: 'With --update the file will say what the row says.',
    },
  );

/** Why an edit could not be made. */
export const refusedProblem = (
  { address, row }: ChartEdit,
  why: string,
  file: string,
  kind: CollectionKind,
): Problem =>
  warningProblem('NOT_WRITTEN', `${shortened(labelOf(row, kind))} is not written into the file: ${why}.`, {
    origin: { file, line: row.line, column: 1 },
    address,
    hint: 'Write it by hand.',
  });

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
