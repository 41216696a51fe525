import type { Mutant } from './mutant.ts';

const decoding = ['test/load/csv/decode-table.test.ts'];
const tables = ['test/load/csv/read-table.test.ts'];
const rows = ['test/load/csv/chart-rows.test.ts'];
const edits = ['test/import/chart-edits.test.ts'];

/** What importing spreadsheets and exporting them promises. */
export const spreadsheetMutants: readonly Mutant[] = [
  {
    title: 'a formula in the second line of a cell stays one',
    file: 'src/model/harmless-cell.ts',
    find: "text.split('\\n').map(change).join('\\n')",
    replace: 'change(text)',
    tests: ['test/model/harmless-cell.test.ts'],
  },
  {
    title: 'a program of another country finds a formula within a text',
    file: 'src/model/harmless-cell.ts',
    find: '|(?<=[,;\\t|])(?=[\'"',
    replace: '|(?<=[,;\\t|]x)(?=[\'"',
    tests: ['test/model/harmless-cell.test.ts'],
  },
  {
    title: 'an import keeps the quote that an export put before a formula',
    file: 'src/load/csv/chart-rows.ts',
    find: 'canonicalText(told ?? originalCell(cell))',
    replace: 'canonicalText(told ?? cell)',
    tests: ['test/render/chart-csv.test.ts'],
  },
  {
    title: 'the byte order mark becomes a part of the first header',
    file: 'src/load/csv/decode-table.ts',
    find: 'bytes.subarray(marked[1].length)',
    replace: 'bytes',
    tests: decoding,
  },
  {
    title: 'UTF-16 without a mark is no text',
    file: 'src/load/csv/decode-table.ts',
    find: '?? wideIn(bytes)',
    replace: '?? null',
    tests: decoding,
  },
  {
    title: 'a letter with a zero byte makes UTF-16 no text',
    file: 'src/load/csv/decode-table.ts',
    find: 'if (odd > 4 * even)',
    replace: 'if (even === 0)',
    tests: decoding,
  },
  {
    title: 'a row that has come apart is taken as it stands',
    file: 'src/load/csv/chart-rows.ts',
    find: 'if (comesApart(row, facts))',
    replace: 'if (row.cells.length < 0)',
    tests: rows,
  },
  {
    title: 'a delimiter behind every row is a cell too many',
    file: 'src/load/csv/chart-rows.ts',
    find: 'return Math.max(length, usual);',
    replace: 'return Math.min(length, usual);',
    tests: rows,
  },
  {
    title: 'a chart with usual tax rates becomes tax rates',
    file: 'src/load/csv/find-columns.ts',
    find: ' && isChart) continue',
    replace: ' && header.line < 0) continue',
    tests: tables,
  },
  {
    title: 'a zero byte passes for text',
    file: 'src/load/csv/decode-table.ts',
    find: "text.includes('\\0') ? null : ",
    replace: '',
    tests: decoding,
  },
  {
    title: 'a row says the line on which it ends',
    file: 'src/load/csv/read-rows.ts',
    find: 'line: end + 1, end',
    replace: 'line: info.lines, end',
    tests: tables,
  },
  {
    title: 'a table may have any number of rows',
    file: 'src/load/csv/read-table.ts',
    find: 'rows.length > mostRows || ',
    replace: '',
    tests: tables,
  },
  {
    title: 'a code that stands twice in a chart is taken twice',
    file: 'src/load/csv/chart-rows.ts',
    find: 'first.set(wordOf(read, kind), row.line);',
    replace: '',
    tests: rows,
  },
  {
    title: 'a heading among accounts with codes is an account',
    file: 'src/load/csv/chart-rows.ts',
    find: "if (code === '' && type === '' && (coded || typed))",
    replace: 'if (coded && !coded)',
    tests: rows,
  },
  {
    title: 'a text over the limit of the API is taken',
    file: 'src/load/csv/chart-rows.ts',
    find: 'return length > field.maxLength',
    replace: 'return length < 0',
    tests: rows,
  },
  {
    title: 'a bare fraction passes for a percentage',
    file: 'src/load/csv/rate-of.ts',
    find: "if (sign === '' && Number(whole) === 0 && exact !== '')",
    replace: "if (sign === '' && Number(whole) < 0)",
    tests: rows,
  },
  {
    title: 'an import changes entries that say something else, unasked',
    file: 'src/import/chart-edits.ts',
    find: 'else if (update) edits',
    replace: 'else if (update || different) edits',
    tests: edits,
  },
  {
    title: 'an import declares what the file says must not exist',
    file: 'src/import/chart-edits.ts',
    find: "known.set(wordFor(identity, kind), { type: 'removed' });",
    replace: 'known.delete(wordFor(identity, kind));',
    tests: edits,
  },
  {
    title: 'what looks like a variable in a spreadsheet becomes one',
    file: 'src/import/chart-edits.ts',
    find: '[[name, escapeVariables(value)]]',
    replace: '[[name, value]]',
    tests: edits,
  },
  {
    title: 'a key of the accounting system’s objects is given a second time',
    file: 'src/import/chart-edits.ts',
    find: 'const used = [...declared.entries, ...declared.externals].filter(',
    replace: 'const used = [...declared.entries].filter(',
    tests: edits,
  },
];
