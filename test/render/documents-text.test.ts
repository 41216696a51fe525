import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { classify } from '../../src/accounting/documents/classify.ts';
import { join } from '../../src/accounting/documents/join.ts';
import { totalDiff } from '../../src/accounting/documents/total-diff.ts';
import { viewDocument, viewLines } from '../../src/accounting/documents/view-document.ts';
import type { DiffRow } from '../../src/model/document-diff.ts';
import { diffCsv } from '../../src/render/document-diff-csv.ts';
import { diffText } from '../../src/render/document-diff-text.ts';
import { documentsCsv, documentsTable, documentText, linesCsv } from '../../src/render/documents-text.ts';
import { paint } from '../../src/render/paint.ts';
import { accountBook, bookOf, fresh, lineOf, ownOf, recordOf } from '../accounting/documents/documents.ts';
import { harmInCsv, harmInLines, hostileTexts } from '../reliability/hostile/texts.ts';

const test = suite('documents as text');
const now = new Date('2026-07-01T01:00:00Z');
const connection = {
  id: 'c',
  status: 'connected',
  platform: 'xero',
  connection_url: null,
  business_name: 'Acme Books',
  errors: [],
  ...fresh,
};

const textOf = (
  rows: readonly DiffRow[],
  more: { readonly most?: number; readonly lines?: boolean } = {},
): string =>
  diffText({
    room: Number.POSITIVE_INFINITY,
    rows,
    shown: rows,
    totals: totalDiff(rows, ['payables', 'receivables']),
    connection,
    lines: true,
    only: null,
    named: null,
    most: 20,
    now,
    paint: paint(false),
    ...more,
  });
const rowsOf = (...given: Parameters<typeof join>): readonly DiffRow[] =>
  classify(join(...given), accountBook, fresh);

test('the same reason is said once, and of a long group the first are listed', () => {
  const own = Array.from({ length: 25 }, (_, at) => ownOf({ id: `b${at}`, number: `${100 + at}` }));
  const text = textOf(rowsOf(own, [], []));
  assert.is(text.match(/It has no synchronization record/g)?.length, 1);
  assert.match(text, /Missing there: 25 payables, 2975\.00 EUR\n/);
  assert.match(text, /and 5 more: --show-all/);
  assert.not.match(text, / 124 /);
  assert.not.match(textOf(rowsOf(own, [], []), { most: Number.POSITIVE_INFINITY }), /more/);
});

test('of failures that all have reasons of their own the first are listed as well', () => {
  const own = Array.from({ length: 25 }, (_, at) => ownOf({ id: `b${at}`, number: `${100 + at}` }));
  const records = own.map(({ id }) =>
    recordOf({ id: `r${id}`, object_id: id, sync_status: 'error', errors: [`No rate for ${id}`] }),
  );
  const text = textOf(rowsOf(own, records, []));
  assert.is(text.match(/No rate for/g)?.length, 20);
  assert.match(text, /and 5 more.*\n\nWhat failed: ledgerform records list/);
});

test('sums are told by currency, each with its places', () => {
  const own = [
    ownOf({ id: 'a' }),
    ownOf({ id: 'b', currency: 'JPY' }),
    ownOf({ id: 'c', currency: 'KWD', total: 1500 }),
    ownOf({ id: 'd', total: 33 }),
  ];
  assert.match(
    textOf(rowsOf(own, [], [])),
    /Missing there: 4 payables, 119\.33 EUR, 11900 JPY, 1\.500 KWD\n/,
  );
});

test('what could not be compared is counted, and unread lines are told as such', () => {
  const rows = rowsOf([ownOf({ id: 'b' })], [], [bookOf({ id: 'd', currency: null })]);
  assert.match(textOf(rows), /Not compared.*: currency of 1 document, accounts of 1 document\./);
  const unread = textOf(rows, { lines: false });
  assert.match(unread, /Not compared.*: currency of 1 document\.\n.*lines were not read/);
});

test('a total that is a sum of lines is marked', () => {
  const invoice = bookOf({ id: 'd', list: 'receivables', total_amount: null, lines: [lineOf()] });
  const text = documentsTable([viewDocument(invoice)], fresh.last_pull, now, Number.POSITIVE_INFINITY);
  assert.match(text, /100\.00 \*/);
  assert.match(text, /\n\* .*without tax\.\n1 document, pulled 2026-07-01T00:00:00Z, 1 hour ago\n$/);
  assert.not.match(
    documentsTable([viewDocument(bookOf({ id: 'd' }))], null, now, Number.POSITIVE_INFINITY),
    /\*/,
  );
  assert.match(documentsCsv([viewDocument(invoice)]), /,100\.00,net_sum_of_lines,/);
});

/** Documents of each class in which every text is this one. */
function worldOf(text: string) {
  const line = lineOf({ description: text, ledger_account_id: text, tax_rate_id: text });
  const given = { number: text, counterpart_name: text, status: text, currency: text };
  const document = bookOf({
    ...given,
    id: `d${text}`,
    due_date: text,
    memo: text,
    counterpart_id: text,
    lines: [line],
  });
  const rows = rowsOf(
    [
      ownOf({ ...given, id: `b${text}` }),
      ownOf({ ...given, id: `c${text}`, currency: 'EUR' }),
      ownOf({ ...given, id: `e${text}`, number: '9' }),
    ],
    [
      recordOf({ id: 'r', object_id: `b${text}`, platform_object_id: `d${text}` }),
      recordOf({ id: 's', object_id: `c${text}`, sync_status: 'error', errors: [text] }),
      recordOf({ id: 't', object_id: `e${text}`, platform_object_id: text }),
    ],
    [document, bookOf({ id: `x${text}` })],
  );
  return { document, rows, lines: viewLines(document, () => text) };
}
const plainRows = worldOf('plain').rows;

for (const [name, text] of Object.entries(hostileTexts))
  test(`${name} from the accounting system does no harm in any form`, () => {
    const { document, lines, rows } = worldOf(text);
    const views = [viewDocument(document)];
    for (const shown of [
      textOf(rows),
      documentsTable(views, text, now, Number.POSITIVE_INFINITY),
      documentText(
        { ...viewDocument(document), counterpart_id: text, memo: text, lines },
        text,
        now,
        Number.POSITIVE_INFINITY,
      ),
    ])
      assert.is(harmInLines(shown), null);
    // No text of others begins a line of its own.
    assert.is(textOf(rows).split('\n').length, textOf(plainRows).split('\n').length);
    assert.is(harmInCsv(diffCsv(rows), 18), null);
    assert.is(harmInCsv(documentsCsv(views), 10), null);
    assert.is(harmInCsv(linesCsv(lines), 8), null);
  });

test.run();
