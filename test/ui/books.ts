import { configuration, organization } from '../commands/workbench.ts';

/* An organization in which much lacks an account, for whoever goes through it in a terminal. */

const account = (nominal_code: string, name: string, type: string, more: object = {}) => ({
  name,
  nominal_code,
  type,
  is_external: true,
  ...more,
});

const lineOf = (name: string, unit_price: number, nominal_code?: string) => ({
  name,
  quantity: 1,
  unit_price,
  tax: 0,
  ...(nominal_code === undefined ? {} : { ledger_account: { nominal_code } }),
});

const bill = (
  document_id: string,
  counterpart_name: string,
  line_items: readonly unknown[],
  status = 'new',
) => ({
  document_id,
  status,
  currency: 'EUR',
  counterpart_name,
  created_at: '2026-11-02T08:15:00Z',
  issued_at: '2026-11-02',
  due_date: '2026-12-15',
  line_items,
});

/** Its seed, as a file for `local reset`. */
export const seed = JSON.stringify({
  organizations: [
    {
      id: organization,
      name: 'Acme GmbH',
      ledger_accounts: [
        account('200', 'Sales', 'Income'),
        account('404', 'Hosting', 'Expense'),
        account('408', 'Cleaning', 'Expense'),
        account('453', 'Office expenses', 'Expense'),
        account('1090', 'Payments clearing', 'Asset'),
        account('1099', 'Old payments clearing', 'Asset', { status: 'Archived' }),
        account('7001', '旅費交通費と会議費', 'Expense'),
        ...Array.from({ length: 40 }, (_, at) => account(String(6000 + at), `Other cost ${at}`, 'Expense')),
      ],
      products: [
        { name: 'Consulting day', type: 'service', external_reference: 'SKU-1' },
        { name: 'Consulting hour', type: 'service', external_reference: 'SKU-2' },
        { name: 'Mug', type: 'product', external_reference: 'SKU-3' },
      ],
      payables: [
        bill('INV-1', 'Hetzner', [lineOf('Hosting', 4900, '404'), lineOf('Domain', 1200)]),
        bill('INV-2', 'Hetzner', [lineOf('Hosting', 4900), lineOf('Domain', 1200)], 'draft'),
        bill('INV-3', 'Hetzner', [lineOf('Hosting', 4900)]),
        bill('CL-7', 'Glanz Reinigung', [lineOf('Büro \u001b[31mreinigen', 30_000)]),
        // The number of a vendor's bill is another vendor's too.
        bill('CL-7', 'Old vendor', [lineOf('Paid long ago', 100, '408')], 'paid'),
      ],
    },
  ],
});

/** Its configuration. */
export const file = configuration(
  `
# What we need of the chart
external:
  ledger_accounts:
    hosting: { nominal_code: "404" } # Xero
`,
  'local',
);
