import { chartRows } from '../../../src/load/csv/chart-rows.ts';
import { type NoTable, readTable, type Table, type TableOptions } from '../../../src/load/csv/read-table.ts';
import { kinds } from '../../../src/providers/tesouro/kinds/index.gen.ts';

/** A spreadsheet as it is understood, with nothing said of it but this. */
export const read = (text: string | Uint8Array, options: Partial<TableOptions> = {}): Table | NoTable =>
  readTable(typeof text === 'string' ? Buffer.from(text) : text, {
    encoding: null,
    delimiter: null,
    of: null,
    columns: null,
    ...options,
  });

/** The same of one that must be understood. */
export function tableOf(text: string | Uint8Array, options: Partial<TableOptions> = {}): Table {
  const table = read(text, options);
  if ('why' in table) throw new Error(`it is not understood: ${JSON.stringify(table)}`);
  return table;
}

/** The kinds by what their rows are. */
export const kindOf = (of: 'accounts' | 'rates') => {
  const kind = kinds.collections.find(({ rate }) => (rate !== undefined) === (of === 'rates'));
  if (!kind) throw new Error(`no kind for ${of}`);
  return kind;
};

/** The rows of a spreadsheet, and those that are not taken. */
export const rowsOf = (text: string | Uint8Array, options: Partial<TableOptions> = {}) => {
  const table = tableOf(text, options);
  return chartRows(table, kindOf(table.columns.of));
};
