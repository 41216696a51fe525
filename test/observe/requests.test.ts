import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localCredentials, startEmulator } from '../../src/emulator/emulator.ts';
import type { Allowed } from '../../src/model/plan.ts';
import { survey } from '../../src/pipeline.ts';
import { connectTesouro } from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { codes, desired } from '../plan/build.ts';

/*
 * The number of requests is the smallest that the API allows. What it should be is worked out here from what was seeded
 * and from the page sizes of the API (250 for accounts, rates and receivables, 100 for products, payables and lines),
 * never from the code under test. A token is one request.
 */

const test = suite('the requests of a plan');

const organizationId = '9d2b4c8f-2087-4738-ba91-7359683c49a4';
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

const idOf = (kind: number, at: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(at).padStart(12, '0')}`;

const seed = {
  organizations: [
    {
      id: organizationId,
      ledger_accounts: [
        ...range(510).map((at) => ({
          id: idOf(3, at),
          name: `Account ${at}`,
          nominal_code: String(1000 + at),
        })),
        ...range(260).map((at) => ({ name: `Pulled ${at}`, nominal_code: `x${at}`, is_external: true })),
      ],
      tax_rates: range(3).map((at) => ({ id: idOf(4, at), name: `Rate ${at}`, code: `R${at}` })),
      products: range(110).map((at) => ({
        id: idOf(1, at),
        name: `Product ${at}`,
        type: at % 2 === 0 ? 'service' : 'product',
        ledger_account: { nominal_code: '1000' },
      })),
      payables: range(105).map((at) => ({
        id: idOf(2, at),
        document_id: `BILL-${at}`,
        counterpart_name: at < 10 ? 'Hetzner' : 'Other',
        status: at < 100 ? 'draft' : 'paid',
        line_items: range(at === 0 ? 120 : 1).map((line) => ({ name: `Line ${line}` })),
      })),
      receivables: [
        ...range(255).map((at) => ({
          type: 'invoice',
          document_id: `INV-${at}`,
          line_items: [{ product: { name: 'Hour' } }],
        })),
        ...range(250).map((at) => ({ type: 'quote', document_id: `Q-${at}` })),
      ],
    },
  ],
};

const token = 1;
/** 770 accounts, 250 a page. */
const accounts = 4;
/** 260 of them external. */
const externalAccounts = 2;
const rates = 1;
const settings = 1;
/** 110, 100 a page. */
const products = 2;
/** 255 invoices, 250 a page; quotes are not asked for. */
const invoices = 2;
/** 105, 100 a page. */
const payables = 2;
/** One for each payable, and the second page of the one that has 120 lines. */
const lines = 105 + 1;
const connections = 1;

type File = Parameters<typeof desired>[0];

interface More {
  readonly allow?: Partial<Allowed>;
  readonly target?: string;
  readonly impact?: boolean;
  readonly connections?: boolean;
}

/** 55 of the products are services, which is one page; one has this name. */
const services = 1;
const named = 1;
/** By id: as many as one page has are one request. */
const byId = (count: number): number => Math.ceil(count / 100);
/** 5 of the payables are paid; the other 100 are draft, on one page. */
const drafts = 1;
const paid = 1;

const account = { a: { nominal_code: '1000' } };
const accountId = idOf(3, 0);
const rateId = idOf(4, 0);
const recoded = { ledger_accounts: { a: { id: accountId, nominal_code: '1000-2' } } };
const rate = { r: { code: 'R0' } };

const rows: readonly [title: string, file: File, requests: number, more?: More][] = [
  ['nothing declared: nothing but nothing', {}, 0],
  ['rates alone', { tax_rates: rate }, token + rates],
  ['accounts alone', { ledger_accounts: account }, token + accounts],
  ['accounts and rates', { ledger_accounts: account, tax_rates: rate }, token + accounts + rates],
  [
    'external accounts alone',
    { external: { ledger_accounts: { e: { code: 'x7' } } } },
    token + externalAccounts,
  ],
  [
    'a setting with its collection, read once; it changes, so the connections as well',
    { ledger_accounts: account, settings: { 'ledger_accounts.payments': 'a' } },
    token + accounts + settings + connections,
  ],
  [
    'a setting that is as it shall be: the connections are of no concern',
    { ledger_accounts: account, settings: { 'ledger_accounts.payments': null } },
    token + accounts + settings,
  ],
  [
    'a deleted rate: everything that may use one; products may not',
    { removed: { tax_rates: [{ code: 'R1' }] } },
    token + rates + settings + invoices + payables + lines,
  ],
  [
    'a deleted account, and settings that were read for another reason',
    { removed: { ledger_accounts: [{ code: '1009' }] }, settings: { 'ledger_accounts.products': null } },
    token + accounts + settings + products + invoices + payables + lines,
  ],
  [
    'a deleted account and a deleted rate: everything once',
    { removed: { ledger_accounts: [{ code: '1009' }], tax_rates: [{ code: 'R1' }] } },
    token + accounts + rates + settings + products + invoices + payables + lines,
  ],
  ['what is gone already asks for no uses', { removed: { tax_rates: [{ code: 'gone' }] } }, token + rates],
  [
    'a rule for products: the whole list, and the accounts that they may have',
    { products: [{ when: { name: ['Product*'] }, account: { code: '1000' } }] },
    token + accounts + products,
  ],
  [
    'rules for one type: the list of that type',
    { products: [{ when: { type: ['service'] }, account: { code: '1000' } }] },
    token + accounts + services,
  ],
  [
    'a product by id',
    { products: [{ by: { by: 'id', text: idOf(1, 7) }, account: { code: '1000' } }] },
    token + accounts + byId(1),
  ],
  [
    'every product by id: never more than the whole list',
    {
      products: range(110).map((at) => ({
        by: { by: 'id', text: idOf(1, at) },
        account: { code: '1000' },
      })),
    },
    token + accounts + byId(110),
  ],
  [
    'a product by name',
    { products: [{ by: { by: 'name', text: 'Product 7' }, account: { code: '1000' } }] },
    token + accounts + named,
  ],
  [
    'a line rule: payables that are draft or new, lines of those that match, and the connections',
    { lines: [{ when: { payable: { counterpart_name: ['Hetz*'] } }, rate: { code: 'R0' } }] },
    // One of the ten has 120 lines, on two pages.
    token + rates + drafts + 10 + 1 + connections,
  ],
  [
    'a payable by number: its own list and its own lines, the connections, and nothing of other kinds',
    {
      lines: [
        {
          payable: { by: 'document_id', text: 'BILL-104' },
          line: { by: 'name', text: 'Line 0' },
          rate: { code: 'R0' },
        },
      ],
    },
    token + rates + paid + 1 + connections,
  ],
  [
    'payables by id and a rule that matches none of the others',
    {
      lines: [
        {
          payable: { by: 'id', text: idOf(2, 50) },
          line: { by: 'name', text: 'Line 0' },
          rate: { code: 'R0' },
        },
        {
          payable: { by: 'id', text: idOf(2, 51) },
          line: { by: 'name', text: 'Line 0' },
          rate: { code: 'R0' },
        },
        { when: { payable: { document_id: ['none'] } }, rate: { code: 'R0' } },
      ],
    },
    token + rates + drafts + byId(2) + 2 + connections,
  ],
  [
    'a deleted account and rules: products once, lines once, the list of payables once more and whole',
    {
      removed: { ledger_accounts: [{ code: '1009' }] },
      products: [{ when: {}, account: { code: '1000' } }],
      lines: [{ when: { payable: { counterpart_name: ['Hetz*'] } }, account: { code: '1001' } }],
    },
    token + accounts + settings + products + invoices + drafts + payables + lines + connections,
  ],
  [
    'a target among products reads no payables',
    {
      products: [{ when: {}, account: { code: '1000' } }],
      lines: [{ rate: { code: 'R0' } }],
    },
    token + accounts + products,
    { target: `assignments.products.${idOf(1, 3)}` },
  ],
  [
    'a target reads its own collection alone',
    { ledger_accounts: account, tax_rates: rate, settings: { 'ledger_accounts.payments': 'a' } },
    token + rates,
    { target: 'tax_rates.r' },
  ],
  ['a changed code, without --impact: nothing more is read', recoded, token + accounts],
  [
    'a changed code with --impact: everything that may use the account',
    recoded,
    token + accounts + settings + products + invoices + payables + lines,
    { impact: true },
  ],
  [
    'a changed rate with --impact: products may not use it',
    { tax_rates: { r: { id: rateId, effective_tax_rate: '9%' } } },
    token + rates + settings + invoices + payables + lines,
    { impact: true },
  ],
  [
    'a changed code with --impact, and products that were read for another reason: nothing twice',
    { ...recoded, products: [{ when: {}, account: 'a' }] },
    token + accounts + settings + products + invoices + payables + lines,
    { impact: true },
  ],
  ['--impact where no rate and no code changes', { tax_rates: rate }, token + rates, { impact: true }],
  [
    'a first payments account with --impact: nothing was pushed with another, so no records are read',
    { ledger_accounts: account, settings: { 'ledger_accounts.payments': 'a' } },
    token + accounts + settings + connections,
    { impact: true },
  ],
  [
    'where nothing will be written, the connections are of no concern',
    { ledger_accounts: account, settings: { 'ledger_accounts.payments': 'a' } },
    token + accounts + settings,
    { connections: false },
  ],
];

let emulator: Awaited<ReturnType<typeof startEmulator>>;
test.before(async () => {
  emulator = await startEmulator({
    port: 0,
    file: null,
    seed,
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
  });
});
test.after(() => emulator.close());

for (const [title, file, requests, more] of rows)
  test(`${title}: ${requests}`, async () => {
    const { sent, plan } = await surveyed(file, more);
    assert.is(sent, requests);
    assert.is(plan?.observed.requests, requests);
  });

test(`an external look-up that finds none asks once for the reason: ${token + externalAccounts + connections}`, async () => {
  const { sent, plan } = await surveyed({ external: { ledger_accounts: { e: { code: 'none' } } } });
  assert.is(plan, null);
  assert.is(sent, token + externalAccounts + connections);
});

test('a deleted object that may be in use asks for no uses', async () => {
  const first = await surveyed({ removed: { tax_rates: [{ code: 'R1' }] } });
  const address = first.plan?.changes[0]?.address ?? '';
  const { sent, plan } = await surveyed(
    { removed: { tax_rates: [{ code: 'R1' }] } },
    { allow: { in_use: [address] } },
  );
  assert.is(sent, token + rates);
  assert.equal(codes(plan?.warnings ?? []), ['IN_USE_NOT_READ']);
});

test('nothing that was sent is against the description of the API', () => {
  assert.is(emulator.stats().rejected, 0);
});

test.run();

async function surveyed(file: File, { allow, target, ...more }: More = {}) {
  const provider = connectTesouro({
    account: { organization: { id: organizationId, name: null }, environment: 'local', apiUrl: 'local' },
    baseUrl: emulator.url,
    credentials: {
      type: 'client',
      id: localCredentials.id,
      secret: new Secret(localCredentials.secret),
      tokenUrl: null,
    },
    concurrency: 30,
    rateLimit: null,
    deadlineSeconds: 60,
    abort: new AbortController().signal,
    log: () => {},
    environment: {},
  });
  const before = emulator.stats().requests;
  const allowed = { in_use: [], deletes: null, overwrites: null, dirty: false, ...allow };
  const configuration = { path: 'ledgerform.yaml', sha256: 'ab'.repeat(32), git_commit: null, dirty: false };
  const options = {
    target: target === undefined ? [] : [target],
    allowed,
    configuration,
    base: null,
    notes: [],
    ...more,
  };
  try {
    const context = { provider, accounting: provider.accounting, now: () => new Date(), version: '1.0.0' };
    const plan = await survey(desired(file), options, context).then(
      (done) => done.plan,
      () => null,
    );
    return { plan, sent: emulator.stats().requests - before };
  } finally {
    await provider.close();
  }
}
