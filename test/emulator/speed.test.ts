import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Local, organization, withLocal } from './local-client.ts';

const test = suite('the emulator with 10,000 of everything');

const range = (count: number) => Array.from({ length: count }, (_, n) => n);
const code = (n: number) => String(n).padStart(5, '0');
const size = 10_000;
const id = (n: number) => `77777777-0000-4000-8000-${String(n).padStart(12, '0')}`;
const seed = {
  organizations: [
    {
      id: organization,
      ledger_accounts: range(size).map((n) => ({
        id: id(n),
        nominal_code: code(n),
        name: `Account ${code((n * 7919) % size)}`,
      })),
      products: range(size).map((n) => ({
        name: `Product ${code(n)}`,
        ledger_account: { nominal_code: code(n) },
      })),
      payables: range(size).map((n) => ({
        document_id: `B-${code(n)}`,
        status: n % 2 === 0 ? 'draft' : 'paid',
        line_items: [
          { name: 'One', unit_price: 1 },
          { name: 'Two', unit_price: 2 },
        ],
      })),
    },
  ],
};

/** The median CPU time of some calls in ms, client included, after one that may build an index; other processes do not count. */
async function median(run: (n: number) => Promise<unknown>): Promise<number> {
  await run(0);
  const times: number[] = [];
  for (const n of range(15)) {
    const { user, system } = process.cpuUsage();
    await run(n + 1);
    const spent = process.cpuUsage({ user, system });
    times.push((spent.user + spent.system) / 1000);
  }
  return times.sort((a, b) => a - b)[7] ?? Number.POSITIVE_INFINITY;
}

/** Client and server together take about 2 ms; sorting 10,000 objects for a page takes more than this. */
const bound = 12;

async function measured(local: Local): Promise<Readonly<Record<string, number>>> {
  const { body } = await local.call('GET', '/ledger-accounts?limit=100&sort=name&order=desc');
  const token = encodeURIComponent(String(body.next_pagination_token));
  const [payable = {}] = (await local.call('GET', '/payables?limit=1')).body.data as readonly {
    id?: string;
  }[]; // one payable
  const calls: Readonly<Record<string, (n: number) => Promise<unknown>>> = {
    'a first page': () => local.call('GET', '/ledger-accounts?limit=100'),
    'a later page': () => local.call('GET', `/ledger-accounts?limit=100&pagination_token=${token}`),
    'a sorted page': () => local.call('GET', '/products?sort=name&limit=100'),
    'a filtered page': () => local.call('GET', '/payables?status__in=draft&status__in=new&limit=100'),
    'one object': (n) => local.call('GET', `/ledger-accounts/${id(n)}`),
    'a change': (n) => local.call('PATCH', `/ledger-accounts/${id(n)}`, { body: { name: `Changed ${n}` } }),
    'a create': (n) => local.call('POST', '/ledger-accounts', { body: { name: `New ${n}` } }),
    'a delete': (n) => local.call('DELETE', `/ledger-accounts/${id(100 + n)}`),
    'the lines of a payable': () => local.call('GET', `/payables/${payable.id}/line-items`),
  };
  const times: Record<string, number> = {};
  for (const [name, run] of Object.entries(calls)) times[name] = await median(run);
  return times;
}

test('no call takes long, with the data in a file, and the file opens quickly again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-speed-'));
  try {
    const file = join(folder, 'local.json');
    const times = await withLocal({ file, seed }, measured);
    for (const [name, ms] of Object.entries(times)) assert.ok(ms < bound, `${name} took ${ms.toFixed(1)} ms`);
    const before = process.cpuUsage();
    await withLocal({ file }, async (local) => {
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 2_000_000, `opening took ${(user + system) / 1000} ms`);
      assert.is((await local.list('/payables?limit=100')).length, size);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('an emulator in memory starts in a few milliseconds', async () => {
  const times: number[] = [];
  for (const _ of range(5)) {
    const started = performance.now();
    await withLocal({}, async () => undefined);
    times.push(performance.now() - started);
  }
  assert.ok(Math.min(...times) < 50, `${times.map(Math.round).join(', ')} ms with a login and the end`);
});

test.run();
