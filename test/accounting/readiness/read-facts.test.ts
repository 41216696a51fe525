import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judge } from '../../../src/accounting/readiness/judge.ts';
import { readFacts } from '../../../src/accounting/readiness/read-facts.ts';
import { localCredentials, startEmulator } from '../../../src/emulator/emulator.ts';
import { type PushType, pushTypes } from '../../../src/model/readiness.ts';
import type { ReadEvent } from '../../../src/observe/each-payable.ts';
import { connectTesouro } from '../../../src/providers/tesouro/connect.ts';
import { Secret } from '../../../src/providers/tesouro/secret.ts';
import { desired } from '../../plan/build.ts';
import { now } from './readiness-world.ts';

/* What readiness reads of an emulated organization: only what the types need, and no lines of bills that are there already. */

const test = suite('what readiness reads');
const organizationId = '9d2b4c8f-2087-4738-ba91-7359683c49a4';

const bill = (document_id: string, members: Readonly<Record<string, unknown>>) => ({
  document_id,
  created_at: '2026-01-10T00:00:00Z',
  line_items: [{ name: 'Hosting', quantity: 1, unit_price: 100, tax: 850 }],
  ...members,
});

const done = (document_id: string, sync_status: string) => ({
  object_type: 'bill',
  object: { document_id },
  sync_status,
});

const seed = {
  organizations: [
    {
      id: organizationId,
      ledger_accounts: [{ nominal_code: '090', name: 'Bank', is_external: true }],
      tax_rates: [
        { code: 'BOTH', name: 'Both', effective_tax_rate: 868, total_tax_rate: 850, is_external: true },
      ],
      connections: [
        { platform: 'xero', created_at: '2026-01-01T00:00:00Z', last_pull: '2026-02-01T11:00:00Z' },
      ],
      payables: [
        bill('pushed', { status: 'waiting_to_be_paid' }),
        bill('failed', { status: 'paid', created_at: '2025-01-01T00:00:00Z' }),
        bill('open', { status: 'draft' }),
        bill('past', { status: 'paid', created_at: '2025-01-01T00:00:00Z' }),
        bill('old', { status: 'new', created_at: '2025-01-01T00:00:00Z' }),
        bill('in other books', { status: 'waiting_to_be_paid' }),
        bill('called off', { status: 'canceled' }),
      ],
      synced_records: [
        done('pushed', 'done'),
        done('failed', 'error'),
        { ...done('in other books', 'done'), platform: 'quickbooks' },
      ],
      products: [{ name: 'Hour' }],
      receivables: [
        {
          type: 'invoice',
          document_id: 'R-1',
          status: 'issued',
          created_at: '2026-01-10T00:00:00Z',
          line_items: [{ product: { name: 'Hour' } }],
        },
      ],
    },
  ],
};

async function read(types: readonly PushType[]) {
  const emulator = await startEmulator({
    port: 0,
    file: null,
    seed,
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => now,
  });
  const account = {
    organization: { id: organizationId, name: null },
    environment: 'local',
    apiUrl: 'local',
  } as const;
  const { id, secret } = localCredentials;
  const provider = connectTesouro({
    account,
    baseUrl: emulator.url,
    credentials: { type: 'client', id, secret: new Secret(secret), tokenUrl: null },
    concurrency: 30,
    rateLimit: null,
    deadlineSeconds: 60,
    abort: new AbortController().signal,
    log: () => {},
    environment: {},
  });
  const events: ReadEvent[] = [];
  try {
    const facts = await readFacts(desired({}), { types, now, maxAgeMinutes: 120 }, provider, (event) => {
      events.push(event);
    });
    const { byOperation } = provider.traffic();
    return { byOperation, events, facts, readiness: judge(facts, account, 0) };
  } finally {
    await provider.close();
    await emulator.close();
  }
}

const asked = (byOperation: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(byOperation)
    .map(([operation, count]) => `${count} ${operation}`)
    .sort();

test('payments take no lists of documents and no rates', async () => {
  const { byOperation } = await read(['payments']);
  assert.equal(
    asked(byOperation).filter((each) => !each.includes('token')),
    [
      '1 GET /accounting-connections',
      '1 GET /accounting-synced-records',
      '1 GET /entities/{entity_id}/settings',
      '1 GET /ledger-accounts',
    ],
  );
});

test('lines are read of bills that can still be pushed, which is told before', async () => {
  const { byOperation, events, facts, readiness } = await read(['bills']);
  assert.is(byOperation['GET /payables/{payable_id}/line-items'], 3);
  assert.equal(events[0]?.type === 'estimate' && events[0].requests, 3);
  assert.equal(
    facts.live.payables?.read.map(({ document_id }) => document_id),
    ['failed', 'open', 'in other books'],
  );
  // The rate of the lines is the total one over there.
  assert.equal(
    readiness.gaps.map(({ code, count }) => `${code} ${count}`),
    ['LINE_WITHOUT_ACCOUNT 3', 'PUSH_FAILED 1'],
  );
  const [bills] = readiness.types;
  assert.equal([bills?.to_push, bills?.pushed, bills?.past], [3, 1, 2]);
});

test('everything is one list of each, and the lines', async () => {
  const { byOperation, readiness } = await read(pushTypes);
  const requests = Object.values(byOperation).reduce((sum, count) => sum + count, 0);
  // Connections, accounts, rates, settings, products, invoices, payables, six types of records, three bills, a token.
  assert.is(requests, 7 + 6 + 3 + 1);
  assert.equal(
    readiness.types.map(({ type, to_push }) => `${type} ${to_push}`),
    ['bills 3', 'invoices 1', 'payments 0', 'products 1'],
  );
});

test.run();
