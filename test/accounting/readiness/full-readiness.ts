import type { Readiness } from '../../../src/model/readiness.ts';
import { external, internal, line, payable, product } from '../../plan/build.ts';
import {
  accounts,
  connection,
  deductions,
  invoice,
  payments,
  products,
  readinessOf,
  record,
} from './readiness-world.ts';

const lines = Array.from({ length: 14 }, (_, at) =>
  line(payable(`b${at}`, { counterpart_name: `Vendor ${at % 12}` }), `l${at}`, {
    name: 'Hosting',
    tax: 1900,
  }),
);

/** Something of every kind is missing, and the file mends some of it. */
export const fullReadiness: Readiness = readinessOf({
  file: {
    ledger_accounts: { cash: { nominal_code: '1090', name: 'Cash' } },
    settings: { 'ledger_accounts.payments': 'cash' },
    products: [{ when: { name: ['Consult*'] }, account: { code: '090' } }],
    lines: [{ when: { payable: { counterpart_name: ['Vendor 1'] } }, account: { code: '090' } }],
  },
  connections: [
    connection({ last_pull: '2026-02-01T08:00:00Z', errors: ['The token is about to expire.'] }),
    connection({ id: 'c2', platform: 'quickbooks' }),
  ].map((each) => ({ ...each, last_pull: '2026-02-01T08:00:00Z' })),
  lines: [
    ...lines,
    line(payable('other', { status: 'waiting_to_be_paid' }), 'o1', { ledger_account_id: 'x-old' }),
    line(payable('other', { status: 'waiting_to_be_paid' }), 'o2', { ledger_account_id: 'i-alone' }),
    line(payable('other', { status: 'waiting_to_be_paid' }), 'o3', { ledger_account_id: 'x-bank' }),
  ],
  products: [
    product('p1', { name: 'Consulting' }),
    product('p2', { name: 'Travel', external_reference: 'SKU-2' }),
  ],
  invoices: [
    invoice('1', [{ inline: true, product_name: 'Setup' }]),
    invoice('2', [{ product_id: 'p1', tax: 1900 }]),
  ],
  settings: { [payments]: null, [products]: null, [deductions]: null },
  records: [
    ...['b1', 'b2', 'b3', 'b4'].map((id) =>
      record('bill', id, { sync_status: 'error', errors: ['The tax rate does not exist.'] }),
    ),
    record('vendor', 'v1', { sync_status: 'error' }),
    record('bill', 'pushed'),
  ],
});

/** The same kinds of gaps, where the only texts are these two. */
export function poisonedReadiness(text: string, other: string): Readiness {
  const bill = payable(text, { counterpart_name: text, document_id: other, status: 'draft' });
  const failing = { sync_status: 'error', errors: [text, other] };
  const readiness = readinessOf({
    accounts: [
      ...accounts,
      internal(text, { nominal_code: other, name: text }),
      external('old', { nominal_code: text, name: other }, 'Archived'),
    ],
    connections: [connection({ errors: [text], platform: other }), connection({ id: text, platform: text })],
    lines: [
      line(bill, text, { name: other, description: text }),
      line(bill, 'l2', { name: null, description: text, ledger_account_id: text }),
      line(bill, 'l3', { name: text, ledger_account_id: 'old', tax: 1900 }),
      line(bill, 'l4', { name: text, ledger_account_id: other }),
    ],
    products: [product(text, { name: text, external_reference: other }), product('p2', { name: other })],
    invoices: [invoice(other, [{ inline: true, product_name: text, tax: 700 }], { document_id: text })],
    settings: { [payments]: null, [products]: text, [deductions]: other },
    records: [
      record('bill', text, { ...failing, id: other }),
      record('vendor', text, failing),
      record('product', text, failing),
    ],
  });
  const connected = readiness.connection && {
    ...readiness.connection,
    id: text,
    status: other,
    last_pull: text,
  };
  const organization = { id: other, name: text };
  return { ...readiness, connection: connected, organization, api_url: text };
}
