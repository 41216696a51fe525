import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cause } from '../../src/accounting/remedies.ts';
import { causesOf, remediesOf, remedyOf } from '../../src/accounting/remedy.ts';

const test = suite('what usually helps a failed record');

const cases: readonly (readonly [type: string, text: string, cause: Cause | null])[] = [
  ['bill', 'The tax rate 19% does not exist in the accounting system.', 'rate'],
  ['receivable', 'Tax rate with value 7.00 not found in Xero', 'rate'],
  ['receivable', 'accounting_tax_rate_id: field required', 'rate'],
  ['receivable', "The TaxType code 'OUTPUT' is not a valid code", 'rate'],
  ['bill', 'No rate of 7 % over there', 'rate'],
  ['receivable', 'A currency rate must be specified', null],
  ['bill', 'line_items: ledger_account_id is missing', 'lines'],
  ['bill', 'Ledger account is not set for line item 2', 'lines'],
  ['bill', "Account code '404' is not a valid code for this document", 'lines'],
  ['bill', 'The account 4010 is archived', 'archived'],
  ['receivable', 'ACCOUNT_ARCHIVED: the archived account 200 cannot be used', 'archived'],
  ['bill', 'The tax rate of the account is inactive', 'rate'],
  ['receivable', 'Ledger account not found', 'products'],
  ['product', 'Product has no ledger account', 'products'],
  ['receivable', 'ledgerAccountIds.products must be set', 'products'],
  ['payment_record', 'ledger_account_ids.payments is not set', 'payments'],
  ['payment_record', 'No account is chosen', 'payments'],
  ['receivable', 'tax_ids.deductions is required for special incentives', 'deductions'],
  ['bill', 'The accounting system is not connected', 'connection'],
  ['bill', 'No active accounting connection', 'connection'],
  ['bill', 'Connection 42 is no longer valid, it was deauthorized', 'connection'],
  ['bill', 'Token has been revoked', 'connection'],
  ['bill', 'Vendor was not found', 'partner'],
  ['receivable', 'Contact does not exist', 'partner'],
  ['bill', 'The document date cannot be before the period lock date', 'period'],
  ['bill', 'Accounting period is closed', 'period'],
  ['receivable', 'Invoice number must be unique', 'duplicate'],
  ['bill', 'A bill with this number already exists', 'duplicate'],
  ['bill', 'API rate limit exceeded', 'passing'],
  ['bill', 'Request timed out', 'passing'],
  ['bill', 'line 1 (VAT rates) has no ledger account', 'lines'],
  ['bill', 'line 1 (Hosting) has the archived ledger account 404 Hosting', 'archived'],
  ['payment_record', 'the settings: payments has the archived ledger account 461 Clearing', 'archived'],
  [
    'product',
    'the product Hosting has the ledger account 215 Sales, which the accounting system does not have',
    'absent',
  ],
  [
    'payment_record',
    'the settings: payments has the ledger account 461, which the accounting system does not have',
    'absent',
  ],
  [
    'bill',
    'line 1 has the ledger account 404 Archived goods, which the accounting system does not have',
    'absent',
  ],
  ['bill', 'Account 404 was not found in Xero', 'absent'],
  ['bill', 'line 1 has the tax rate 19 %, which the accounting system does not have', 'rate'],
  ['bill', 'line 1 (Hosting) has 7 % tax, and the accounting system has no tax rate of 7 %', 'rate'],
  ['receivable', 'line 2 ("Payments desk") has no ledger account', 'products'],
  ['product', 'the product Payments gateway has no ledger account', 'products'],
  ['payment_record', 'the settings have no ledger account for payments', 'payments'],
  ['receivable', 'the settings have no ledger account for products', 'products'],
  [
    'receivable',
    'the invoice has a deduction, and the settings have no tax rate for deductions',
    'deductions',
  ],
  ['bill', "Missing value ('ledger_account_id')", 'lines'],
  ['bill', 'Something else is wrong', null],
  ['bill', 'The account was updated', null],
];
for (const [type, text, cause] of cases)
  test(`${type}: “${text}” is ${cause ?? 'no known cause'}`, () => {
    assert.equal(causesOf({ object_type: type, errors: [text] }), cause === null ? [] : [cause]);
    assert.equal(
      causesOf({ object_type: type, errors: [text.toUpperCase()] }),
      cause === null ? [] : [cause],
    );
  });

test('several texts name several causes, in their order and each once', () => {
  const errors = ['Push failed', 'Ledger account is missing', 'Tax code is invalid', 'line 2: no account'];
  assert.equal(causesOf({ object_type: 'bill', errors }), ['lines', 'rate']);
  assert.equal(
    remediesOf({ object_type: 'bill', errors }).map(({ cause }) => cause),
    ['lines', 'rate'],
  );
  assert.is(remedyOf({ object_type: 'bill', errors })?.cause, 'lines');
  const account = ['The product has no account', 'Ledger account not found'];
  assert.equal(causesOf({ object_type: 'receivable', errors: account }), ['products']);
  assert.equal(causesOf({ object_type: 'bill', errors: [] }), []);
});

test('a connection that may be there again is not to be begun, but looked at', () => {
  const [remedy] = remediesOf({ object_type: 'vendor', errors: ['not connected'] });
  assert.equal(
    remedy?.steps.map(({ text }) => text),
    ['ledgerform connection status', 'ledgerform records retry --failed --wait'],
  );
});

test('each remedy says what to do in a sentence, with steps that can be typed or written', () => {
  for (const [type, text, cause] of cases) {
    const remedy = remedyOf({ object_type: type, errors: [text] });
    assert.is(remedy?.cause ?? null, cause);
    if (!remedy) continue;
    assert.match(remedy.text, /^\p{Lu}.*\.$/u);
    for (const step of remedy.steps)
      assert.match(step.text, step.type === 'run' ? /^ledgerform / : /^\w+: \{ /);
  }
});

test('no text breaks it, and none takes so long that it would be noticed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const causes = causesOf({ object_type: 'bill', errors: [text] });
      assert.ok(causes.length <= 1);
    }),
    { numRuns: 100 },
  );
  // A pattern that tries every way to read these would not end.
  for (const piece of ['no ', 'connection ', 'a', 'account ', '(', "'", 'tax rate', '__'])
    causesOf({ object_type: 'bill', errors: [piece.repeat(20_000)] });
});

test.run();
