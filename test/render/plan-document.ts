import type { Change, Plan } from '../../src/model/plan.ts';
import { warningProblem } from '../../src/model/problem.ts';

const source = (line: number) => ({ file: 'ledgerform.yaml', line, column: 3, rule: null });
const change = (given: Partial<Change> & Pick<Change, 'address' | 'kind' | 'action'>): Change => ({
  reason: 'config',
  label: '',
  id: null,
  before: null,
  after: null,
  source: null,
  depends_on: [],
  warnings: [],
  ...given,
});

/** A plan with every action and every form of value. */
export const changes: readonly Change[] = [
  change({
    address: 'tax_rates.reduced',
    kind: 'tax_rate',
    action: 'update',
    label: 'RED_TAX Reduced tax',
    id: '11111111-1111-4111-8111-111111111111',
    before: { name: ' Reduced tax ', code: 'red_tax', effective_tax_rate: '7%', description: null },
    after: { name: 'Reduced tax', code: 'RED_TAX', effective_tax_rate: '7.5%', description: 'For books' },
    source: source(12),
    warnings: [warningProblem('TAX_RATE_CHANGED', 'Existing documents that use it may change.')],
  }),
  change({
    address: 'ledger_accounts.cash',
    kind: 'ledger_account',
    action: 'create',
    label: '1090 Cash clearing',
    after: { name: 'Cash clearing', nominal_code: '1090', description: null },
    source: source(20),
  }),
  change({
    address: 'ledger_accounts.retainers',
    kind: 'ledger_account',
    action: 'update',
    reason: 'drift',
    label: '4030 Retainers',
    id: '22222222-2222-4222-8222-222222222222',
    before: { description: 'Monthly.\nIn arrears.\nDeferred.\nOver a quarter.' },
    after: { description: 'Monthly.\nIn advance.\nDeferred.\nOver a quarter.' },
    source: source(30),
  }),
  change({
    address: 'settings.ledger_accounts.payments',
    kind: 'setting',
    action: 'set',
    label: 'payments ledger account',
    id: '9d2b4c8f-2087-4738-ba91-7359683c49a4',
    before: { ledger_account: 'external.ledger_accounts.bank' },
    after: { ledger_account: 'ledger_accounts.cash' },
    source: source(40),
  }),
  change({
    address: 'settings.tax_rates.deductions',
    kind: 'setting',
    action: 'set',
    label: 'deductions tax rate',
    id: '9d2b4c8f-2087-4738-ba91-7359683c49a4',
    before: { tax_rate: 'tax_rates[33333333-3333-4333-8333-333333333333]' },
    after: { tax_rate: null },
    source: source(44),
  }),
  change({
    address: 'ledger_accounts[44444444-4444-4444-8444-444444444444]',
    kind: 'ledger_account',
    action: 'delete',
    reason: 'prune',
    label: '1180 Old',
    id: '44444444-4444-4444-8444-444444444444',
    before: { name: 'Old', nominal_code: '1180', description: null },
  }),
];

const rule = (name: string | null, line: number) => ({
  file: 'base/services.yaml',
  line,
  column: 5,
  rule: name,
});
const hour = (at: number, before: string | null): Change =>
  change({
    address: `assignments.products.${at}7777777-7777-4777-8777-777777777777`,
    kind: 'product_assignment',
    action: 'assign',
    reason: 'rule',
    label: `SKU-${100 + at} Consulting hour ${at}`,
    id: `${at}7777777-7777-4777-8777-777777777777`,
    before: { ledger_account: before },
    after: { ledger_account: 'ledger_accounts.consulting' },
    source: rule('consulting', 44),
    warnings: at > 4 && at < 7 ? [warningProblem('LOOKUP_ARCHIVED', `Account ${at} is archived.`)] : [],
  });

/** Assignments: by a rule that fills and replaces, by one without a name, and specific ones. */
export const assignments: readonly Change[] = [
  ...[1, 2, 3, 4, 7].map((at) => hour(at, null)),
  change({
    address: 'assignments.products.88888888-8888-4888-8888-888888888888',
    kind: 'product_assignment',
    action: 'assign',
    label: 'SKU-900 Gift card',
    id: '88888888-8888-4888-8888-888888888888',
    before: { ledger_account: 'external.ledger_accounts.bank' },
    after: { ledger_account: 'ledger_accounts[99999999-9999-4999-8999-999999999999]' },
    source: source(50),
  }),
  ...[5, 6].map((at) => hour(at, 'external.ledger_accounts.bank')),
  change({
    address:
      'assignments.line_items.aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
    kind: 'line_item_assignment',
    action: 'assign',
    reason: 'rule',
    label: 'INV-2044 Hetzner / Hosting',
    id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
    before: { ledger_account: null, tax_rate: null },
    after: { ledger_account: 'external.ledger_accounts.bank', tax_rate: 'external.tax_rates.standard' },
    source: rule(null, 60),
  }),
  change({
    address:
      'assignments.line_items.cccccccc-cccc-4ccc-8ccc-cccccccccccc/dddddddd-dddd-4ddd-8ddd-dddddddddddd',
    kind: 'line_item_assignment',
    action: 'unassign',
    label: 'cccccccc-cccc-4ccc-8ccc-cccccccccccc / dddddddd-dddd-4ddd-8ddd-dddddddddddd',
    id: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd',
    before: { ledger_account: 'external.ledger_accounts.bank' },
    after: { ledger_account: null },
    source: source(70),
  }),
];

/** What those point to; `ledger_accounts.consulting` is created by the plan. */
export const assignmentReferences: Plan['observed']['references'] = {
  'external.ledger_accounts.bank': {
    id: '66666666-6666-4666-8666-666666666666',
    code: '404',
    name: 'Bank fees',
    external: true,
  },
  'ledger_accounts[99999999-9999-4999-8999-999999999999]': {
    id: '99999999-9999-4999-8999-999999999999',
    code: '404',
    name: 'Bank fees',
    external: false,
  },
  'external.tax_rates.standard': {
    id: 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee',
    code: 'OUTPUT2',
    name: '20% (VAT on Income)',
    external: true,
  },
};

/** The account that the plan above creates for its rule. */
export const consulting: Change = change({
  address: 'ledger_accounts.consulting',
  kind: 'ledger_account',
  action: 'create',
  label: '4010 Consulting income',
  after: { name: 'Consulting income', nominal_code: '4010' },
  source: source(20),
});

/** The plan document around some changes. */
export const planOf = (given: Partial<Plan> = {}): Plan => ({
  format_version: '1',
  ledgerform_version: '0.0.0',
  created_at: '2026-11-21T10:00:00.000Z',
  organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' },
  environment: 'sandbox',
  api_url: 'https://api.sandbox.tesouro.com/v1',
  config: {
    path: 'ledgerform.yaml',
    sha256: '0'.repeat(64),
    git_commit: null,
    base: null,
    allowed: { in_use: [], deletes: null, overwrites: null, dirty: false },
  },
  summary: { create: 1, update: 2, delete: 1, assign: 0, unassign: 0, set: 2, drift: 1 },
  changes,
  unmanaged: [
    {
      address: 'ledger_accounts[55555555-5555-4555-8555-555555555555]',
      id: '55555555-5555-4555-8555-555555555555',
      code: '9999',
      name: 'By hand',
    },
  ],
  warnings: [],
  observed: {
    at: '2026-11-21T10:00:00.000Z',
    requests: 4,
    references: {
      'external.ledger_accounts.bank': {
        id: '66666666-6666-4666-8666-666666666666',
        code: '404',
        name: 'Bank fees',
        external: true,
      },
      'tax_rates[33333333-3333-4333-8333-333333333333]': {
        id: '33333333-3333-4333-8333-333333333333',
        code: null,
        name: null,
        external: null,
      },
    },
  },
  digest: `sha256:${'0'.repeat(64)}`,
  ...given,
});
