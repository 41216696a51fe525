import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { amountThere } from '../../../src/accounting/documents/amount-there.ts';
import { comparePair } from '../../../src/accounting/documents/compare-pair.ts';
import { type OwnDocument, ownInvoice, ownPayable } from '../../../src/accounting/documents/own-document.ts';
import type { BookDocument, BookLine } from '../../../src/model/book-document.ts';
import { decimalText } from '../../../src/model/decimal.ts';
import { accountBook, bookOf, lineOf, ownOf } from './documents.ts';

const test = suite('documents: comparing two');

/** `amount 119.00|120.00`, and `? what` for what could not be compared. */
function found(own: Partial<OwnDocument>, document: Partial<BookDocument>): readonly string[] {
  const { differences, notCompared } = comparePair(
    ownOf({ id: 'b', ...own }),
    bookOf({ id: 'd', ...document }),
    accountBook,
  );
  return [
    ...differences.map(({ here, there, what }) => `${what} ${here}|${there}`),
    ...notCompared.map((what) => `? ${what}`),
  ];
}
const noLines = ['? accounts'];

const rows: Readonly<
  Record<string, readonly [own: Partial<OwnDocument>, there: Partial<BookDocument>, readonly string[]]>
> = {
  'the same': [{}, {}, noLines],
  'another amount': [{}, { total_amount: 120 }, ['amount 119.00|120.00', ...noLines]],
  'a cent': [{}, { total_amount: 119.01 }, ['amount 119.00|119.01', ...noLines]],
  'the noise of a binary sum is none': [{}, { total_amount: 119.00000000000001 }, noLines],
  'yen have no cents': [{ currency: 'JPY', total: 119 }, { currency: 'JPY' }, noLines],
  'yen taken for cents': [
    { currency: 'JPY', total: 11900 },
    { currency: 'JPY' },
    ['amount 11900|119', ...noLines],
  ],
  'dinars have a thousand fils': [{ currency: 'BHD', total: 119_000 }, { currency: 'BHD' }, noLines],
  'another currency, whose amounts cannot be compared': [
    {},
    { currency: 'USD', total_amount: 1 },
    ['currency EUR|USD', ...noLines],
  ],
  'no currency over there': [{}, { currency: null }, ['? currency', ...noLines]],
  'the currency of the other side counts': [
    { currency: null, total: 119 },
    { currency: 'JPY' },
    ['? currency', ...noLines],
  ],
  'no amount of ours': [{ total: null }, {}, ['? amount', ...noLines]],
  'another number': [{}, { number: '8' }, ['number 7|8', ...noLines]],
  'a number with blanks around it': [{}, { number: ' 7 ' }, noLines],
  'no number over there': [{}, { number: null }, ['? number', ...noLines]],
  'no number on either side': [{ number: null }, { number: '' }, noLines],
  'called off here and open there': [{ status: 'canceled' }, {}, ['status canceled|open', ...noLines]],
  'void there and open here': [{}, { status: 'void' }, ['status waiting_to_be_paid|void', ...noLines]],
  'called off on both sides': [{ status: 'canceled' }, { status: 'void' }, noLines],
  'a status that is not known there': [{ status: 'canceled' }, { status: 'unknown' }, noLines],
  'the sum of lines for a bill without total': [
    {},
    { total_amount: null, lines: [lineOf()] },
    ['? amount', ...noLines],
  ],
  'the sum of lines without tax': [{ net: 10000 }, { total_amount: null, lines: [lineOf()] }, noLines],
  'another sum of lines': [
    { net: 10000 },
    { total_amount: null, lines: [lineOf({ quantity: 2 })] },
    ['amount 100.00|200.00', ...noLines],
  ],
  'a total there is never compared with what is ours before tax': [
    { net: 10000 },
    { total_amount: 100 },
    ['amount 119.00|100.00', ...noLines],
  ],
  'the sum of lines whose prices include tax': [
    { net: 10000 },
    { total_amount: null, lines: [lineOf({ unit_amount: 119 })] },
    noLines,
  ],
  'a deduction, for which there is a negative line': [
    { net: 10000 },
    { total_amount: null, lines: [lineOf(), lineOf({ unit_amount: -5 })] },
    noLines,
  ],
  'accounts that products have got since the invoice was made': [
    { accounts: ['a1'], accountsNow: ['a2'] },
    { lines: [lineOf({ ledger_account_id: 'a2' })] },
    [],
  ],
  'accounts that neither the invoice nor its products have': [
    { accounts: ['a1'], accountsNow: ['a2'] },
    { lines: [lineOf({ ledger_account_id: 'a3' })] },
    ['accounts account a1|account a3'],
  ],
  'a price that is not told': [
    { net: 10000 },
    { total_amount: null, lines: [lineOf({ unit_amount: null })] },
    ['? amount', ...noLines],
  ],
  'a sum of rounded lines': [
    { net: 2 },
    { total_amount: null, lines: [lineOf({ unit_amount: 0.005 }), lineOf({ unit_amount: 0.005 })] },
    noLines,
  ],
  'a rounded sum of lines': [
    { net: 1 },
    { total_amount: null, lines: [lineOf({ unit_amount: 0.005 }), lineOf({ unit_amount: 0.005 })] },
    noLines,
  ],
};
for (const [name, [own, there, expected]] of Object.entries(rows))
  test(name, () => assert.equal(found(own, there), expected));

const line = (ledger_account_id: string | null, more: Partial<BookLine> = {}): BookLine =>
  lineOf({ ledger_account_id, ...more });
const accountRows: Readonly<
  Record<string, readonly [own: readonly (string | null)[], lines: readonly BookLine[], readonly string[]]>
> = {
  'the same accounts in another order': [['a1', 'a2'], [line('a2'), line('a1')], []],
  'another account': [['a1', 'a2'], [line('a1'), line('a3')], ['accounts account a2|account a3']],
  'an account more often': [['a1', 'a1'], [line('a1')], ['accounts account a1|null']],
  'one that is there more often': [
    ['a1'],
    [line('a1'), line('a2'), line('a2')],
    ['accounts null|2 × account a2'],
  ],
  'an internal account that stands for the one over there': [['a-internal'], [line('a-external')], []],
  'no account over there': [['a1'], [line(null)], ['accounts account a1|no account']],
  'no account of ours': [[null], [line('a1')], ['accounts no account|account a1']],
  'an id that is none of Tesouro’s': [['a1'], [line('4010')], ['? accounts']],
  'no lines over there': [['a1'], [], ['? accounts']],
  'a line of text over there': [['a1'], [line('a1'), line(null, { quantity: null, unit_amount: null })], []],
  'a deduction, for which a line of its own is made': [
    ['a1'],
    [line('a1'), line('a9', { unit_amount: -5 })],
    [],
  ],
};
for (const [name, [accounts, lines, expected]] of Object.entries(accountRows))
  test(`lines: ${name}`, () => assert.equal(found({ accounts }, { lines }), expected));

for (const [name, given, expected] of [
  ['a percentage', { discount_percentage: 12.5 }, '87.5'],
  ['an amount', { discount_amount: 10 }, '90'],
  ['an amount and the percentage that it is', { discount_amount: 10, discount_percentage: 10 }, '90'],
  ['nothing', { discount_amount: 0, discount_percentage: 0 }, '100'],
] as const)
  test(`a discount of ${name} is taken off a line`, () => {
    const told = amountThere(bookOf({ id: 'd', total_amount: null, lines: [lineOf(given)] }), 'EUR');
    assert.is(told && decimalText(told.amount, 0), expected);
    assert.is(told?.net, true);
  });

test('payables and invoices are compared by what the service says of them', () => {
  const named = { counterpart_name: 'X', currency: 'EUR', created_at: null };
  const payable = ownPayable({ id: 'b', status: 'new', document_id: '7', counterpart_id: null, ...named });
  assert.equal([payable.total, payable.net, payable.accounts], [null, null, null]);
  const product = { product_name: 'Hour', product_id: 'p', accounting_tax_rate_id: null };
  const invoice = (amounts: readonly (number | undefined)[]) =>
    ownInvoice({
      id: 'i',
      status: 'issued',
      document_id: '8',
      total_amount: 119,
      ...named,
      lines: amounts.map((amount) => ({
        ...product,
        ledger_account_id: 'a1',
        ...(amount !== undefined && { amount }),
      })),
    });
  assert.is(invoice([60, 40]).net, 100);
  assert.is(invoice([60, undefined]).net, null);
  assert.is(invoice([]).net, null);
  assert.equal(invoice([60, 40]).accounts, ['a1', 'a1']);
});

test.run();
