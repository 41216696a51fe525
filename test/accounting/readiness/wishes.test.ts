import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { line, payable, product } from '../../plan/build.ts';
import { deductions, gapsInShort, invoice, payments, products, readinessOf } from './readiness-world.ts';

const test = suite('what the next apply mends');

type World = Parameters<typeof readinessOf>[0];

const bill = payable('b1');
const sales = { code: '200' };
const any = { payable: {}, line_item: { name: ['*'] } };
const archivedLine = { lines: [line(bill, 'l1', { ledger_account_id: 'x-old', tax: 2000 })] };

const rows: Readonly<Record<string, readonly [world: World, gaps: readonly string[]]>> = {
  'a rule fills gaps of lines': [
    {
      lines: [line(bill, 'l1'), line(bill, 'l2')],
      file: { lines: [{ when: any, account: { id: 'x-sales' } }] },
    },
    ['blocks LINE_WITHOUT_ACCOUNT 2, 2 filled'],
  ],
  'a rule for other statuses fills none': [
    {
      lines: [line(payable('b2', { status: 'paid' }), 'l1')],
      file: { lines: [{ when: any, account: { id: 'x-sales' } }] },
    },
    ['blocks LINE_WITHOUT_ACCOUNT 1'],
  ],
  'a rule fills what points to nothing': [
    {
      lines: [line(bill, 'l1', { ledger_account_id: 'gone' })],
      file: { lines: [{ when: any, account: { id: 'x-sales' } }] },
    },
    ['blocks TARGET_MISSING 1, 1 filled'],
  ],
  'a rule leaves what points to an archived account': [
    { ...archivedLine, file: { lines: [{ when: any, account: { id: 'x-sales' } }] } },
    ['blocks TARGET_ARCHIVED 1'],
  ],
  'a rule that overwrites replaces it': [
    { ...archivedLine, file: { lines: [{ when: any, account: { id: 'x-sales' }, overwrite: true }] } },
    ['blocks TARGET_ARCHIVED 1, 1 filled'],
  ],
  'a specific entry replaces it': [
    {
      ...archivedLine,
      file: {
        lines: [
          {
            payable: { by: 'id', text: 'b1' },
            line: { by: 'id', text: 'l1' },
            account: { id: 'x-sales' },
          },
        ],
      },
    },
    ['blocks TARGET_ARCHIVED 1, 1 filled'],
  ],
  'an archived account in place of none mends nothing': [
    { lines: [line(bill, 'l1')], file: { lines: [{ when: any, account: { id: 'x-old' } }] } },
    ['blocks LINE_WITHOUT_ACCOUNT 1'],
  ],
  'a look-up that finds nothing mends nothing': [
    { lines: [line(bill, 'l1')], file: { lines: [{ when: any, account: { code: 'CODE' } }] } },
    ['blocks LINE_WITHOUT_ACCOUNT 1', 'blocks REFERENCE_BROKEN 1'],
  ],
  'one reference that leads nowhere ends the plan, so nothing else is mended either': [
    {
      lines: [line(bill, 'l1')],
      settings: { [payments]: null },
      file: {
        settings: { 'ledger_accounts.payments': { id: 'x-sales' } },
        lines: [
          { when: any, account: { id: 'x-sales' } },
          { payable: { by: 'id', text: 'b1' }, line: { by: 'id', text: 'l1' }, account: { code: '4999' } },
        ],
      },
    },
    ['blocks LINE_WITHOUT_ACCOUNT 1', 'blocks PAYMENTS_ACCOUNT_UNSET 1', 'blocks REFERENCE_BROKEN 1'],
  ],
  'an external account that is not there is told, and what names it is not told again': [
    {
      file: {
        external: { ledger_accounts: { marketing: { code: '4999' } } },
        products: [{ when: {}, account: 'external:marketing' }],
      },
    },
    ['blocks REFERENCE_BROKEN 1'],
  ],
  'a setting that leads nowhere is told': [
    { file: { settings: { 'ledger_accounts.products': { code: '4999' } } } },
    ['blocks REFERENCE_BROKEN 1'],
  ],
  'an account that the apply creates fills a gap': [
    {
      products: [product('p1')],
      file: {
        ledger_accounts: { fees: { nominal_code: '4711', name: 'Fees' } },
        products: [{ when: {}, account: 'fees' }],
      },
    },
    ['blocks PRODUCT_WITHOUT_ACCOUNT 1, 1 filled'],
  ],
  'null fills nothing': [
    { products: [product('p1')], file: { products: [{ when: {}, account: null }] } },
    ['blocks PRODUCT_WITHOUT_ACCOUNT 1'],
  ],
  'the setting for products fills gaps of products and of inline ones': [
    {
      products: [product('p1')],
      invoices: [invoice('1', [{ inline: true }])],
      file: { settings: { 'ledger_accounts.products': { id: 'x-sales' } } },
    },
    ['blocks PRODUCT_WITHOUT_ACCOUNT 1, 1 filled', 'blocks INLINE_WITHOUT_ACCOUNT 1, 1 filled'],
  ],
  'settings that are stated are set': [
    {
      settings: { [payments]: null, [deductions]: 'x-20', [products]: 'gone' },
      file: {
        settings: {
          'ledger_accounts.payments': { id: 'x-sales' },
          'ledger_accounts.products': { id: 'x-sales' },
          'tax_rates.deductions': { code: 'ZERO' },
        },
      },
    },
    [
      'blocks PAYMENTS_ACCOUNT_UNSET 1, 1 filled',
      'warns DEDUCTIONS_RATE_UNSUITABLE 1, 1 filled',
      'warns TARGET_MISSING 1, 1 filled',
    ],
  ],
  'a rate for lines mends a value that no rate has': [
    {
      lines: [line(bill, 'l1', { ledger_account_id: 'x-sales', tax: 1900 })],
      file: { lines: [{ when: any, rate: { code: 'OUTPUT2' } }] },
    },
    ['blocks TAX_VALUE_UNKNOWN 1, 1 filled'],
  ],
  'an account with a counterpart replaces one that has none': [
    {
      products: [product('p1', { ledger_account_id: 'i-alone' })],
      file: { products: [{ by: { by: 'id', text: 'p1' }, account: { id: 'i-code' } }] },
    },
    ['blocks EXTERNAL_MISSING 1, 1 filled'],
  ],
  'a look-up that finds several mends nothing': [
    { products: [product('p1')], file: { products: [{ when: {}, account: sales }] } },
    ['blocks PRODUCT_WITHOUT_ACCOUNT 1', 'blocks REFERENCE_BROKEN 1'],
  ],
};

for (const [name, [world, gaps]] of Object.entries(rows))
  test(name, () => {
    assert.equal(gapsInShort(readinessOf(world)), gaps);
  });

test('an entry for something that was not read says nothing and breaks nothing', () => {
  const world = {
    lines: [line(bill, 'l1')],
    file: {
      lines: [
        { payable: { by: 'id', text: 'pushed' }, line: { by: 'id', text: 'l9' }, account: { id: 'x-sales' } },
        { when: any, account: { id: 'x-sales' } },
      ],
    },
  } as const;
  assert.equal(gapsInShort(readinessOf(world)), ['blocks LINE_WITHOUT_ACCOUNT 1, 1 filled']);
});

test.run();
