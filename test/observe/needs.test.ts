import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../src/model/plan.ts';
import { needsOfDesired, needsOfPlan } from '../../src/observe/needs.ts';
import { seal } from '../../src/plan/seal.ts';
import { desired, external, internal, kinds, live, proposal } from '../plan/build.ts';
import { by } from '../plan/sealed.ts';

const test = suite('observe/needs');

type File = Parameters<typeof desired>[0];

const accounts = 'ledger_accounts';
const rates = 'tax_rates';

const rows: readonly [
  title: string,
  file: File,
  collections: Readonly<Record<string, string>>,
  settings: boolean,
][] = [
  ['an empty file needs nothing', {}, {}, false],
  [
    'an empty section needs its collection, to list what is unmanaged',
    { tax_rates: {} },
    { [rates]: 'all' },
    false,
  ],
  ['`removed` needs its collection', { removed: { tax_rates: [{ code: 'A' }] } }, { [rates]: 'all' }, false],
  [
    '`external` alone needs external objects alone',
    { external: { ledger_accounts: { a: { code: '1' } } } },
    { [accounts]: 'external' },
    false,
  ],
  [
    '`external` beside a section of its kind needs all',
    {
      ledger_accounts: {},
      external: { ledger_accounts: { a: { code: '1' } }, tax_rates: { b: { code: '2' } } },
    },
    { [accounts]: 'all', [rates]: 'external' },
    false,
  ],
  [
    'a setting needs the settings and its own collection, for the name of the old value',
    { settings: { 'ledger_accounts.payments': null } },
    { [accounts]: 'all' },
    true,
  ],
  [
    'a setting that points to an external object needs all, too',
    {
      external: { ledger_accounts: { a: { code: '1' } } },
      settings: { 'ledger_accounts.products': 'external:a' },
    },
    { [accounts]: 'all' },
    true,
  ],
];
for (const [title, file, collections, settings] of rows)
  test(title, () => {
    const needs = needsOfDesired(desired(file), kinds);
    assert.equal([Object.fromEntries(needs.collections), needs.settings], [collections, settings]);
  });

const state = live(
  {
    ledger_accounts: [internal('1', { nominal_code: '1' }), external('x', { nominal_code: '404' })],
    tax_rates: [internal('t', { code: 'T' })],
  },
  { 'settings.ledger_accounts.payments': '1' },
);
const planOf = (file: File, inUse: readonly string[] = []): Plan =>
  seal(proposal(file, state), { ...by, allowed: { ...by.allowed, in_use: inUse } });

const plans: readonly [
  title: string,
  plan: Plan,
  collections: Readonly<Record<string, string>>,
  settings: boolean,
][] = [
  ['a plan without changes needs nothing', planOf({ tax_rates: {} }), {}, false],
  [
    'a plan needs the collections that it changes',
    planOf({ tax_rates: { a: { code: 'A' } } }),
    { [rates]: 'all' },
    false,
  ],
  [
    'a delete needs the settings, which may use the object',
    planOf({ removed: { tax_rates: [{ id: 't' }] } }),
    { [rates]: 'all' },
    true,
  ],
  [
    'a delete of what may be in use does not',
    planOf({ removed: { tax_rates: [{ id: 't' }] } }, ['tax_rates[t]']),
    { [rates]: 'all' },
    false,
  ],
  [
    'a setting that is cleared needs no collection',
    planOf({ settings: { 'ledger_accounts.payments': null } }),
    {},
    true,
  ],
  [
    'a setting that points to an external object needs external ones alone',
    planOf({
      external: { ledger_accounts: { a: { code: '404' } } },
      settings: { 'ledger_accounts.products': 'external:a' },
    }),
    { [accounts]: 'external' },
    true,
  ],
  [
    'settings that point to an external and an internal object need all',
    planOf({
      settings: { 'ledger_accounts.products': { id: '1' }, 'ledger_accounts.payments': { id: 'x' } },
    }),
    { [accounts]: 'all' },
    true,
  ],
];
for (const [title, plan, collections, settings] of plans)
  test(title, () => {
    const needs = needsOfPlan(plan, kinds);
    assert.equal([Object.fromEntries(needs.collections), needs.settings], [collections, settings]);
  });

test.run();
