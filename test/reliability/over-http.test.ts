import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { apply } from '../../src/apply/apply.ts';
import { exitCodeOf } from '../../src/apply/report.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import { survey } from '../../src/pipeline.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { allowed, declare } from '../apply/world.ts';
import { fastClock } from './fast-clock.ts';
import { connectBooks, organization, startBooks } from './world.ts';

/* What the matrix over HTTP has no place for: a bill that the service locks, and many calls whose token expires at once. */

const test = suite('applying over HTTP');

const assigning = declare({
  ledger_accounts: { hosting: { name: 'Hosting', nominal_code: '6800' } },
  tax_rates: { reduced: { name: 'Reduced', code: 'RED', effective_tax_rate: '7%' } },
  products: [{ when: { type: ['service'] }, ledger_account: 'ledger_accounts.hosting' }],
  line_items: [
    { line: 'INV-2/Books', ledger_account: 'ledger_accounts.hosting' },
    { when: {}, ledger_account: 'ledger_accounts.hosting', tax_rate: 'tax_rates.reduced' },
  ],
});
const books = {
  organizations: [
    {
      id: organization,
      products: [{ name: 'Hour', type: 'service' }, { name: 'Box' }],
      payables: [
        { document_id: 'INV-1', line_items: [{ name: 'Server' }, { name: 'Support' }] },
        { document_id: 'INV-2', status: 'paid', line_items: [{ name: 'Books' }] },
      ],
    },
  ],
};
const patch = { method: 'PATCH', path: '*', nth: 1, times: 1 } as const;
const patchFaults: Readonly<Record<string, readonly Fault[]>> = {
  nothing: [],
  'a connection reset before anything was done': [{ ...patch, kind: 'reset-before' }],
  'a connection reset after everything was done': [{ ...patch, kind: 'reset-after-commit' }],
  'a 502': [{ ...patch, kind: 'status', code: 502 }],
  'an answer that is no JSON': [{ ...patch, kind: 'not-json' }],
};

for (const [name, planned] of Object.entries(patchFaults))
  for (const locked of ['409', '400'] as const)
    test(`assignments survive ${name}; a paid bill, refused with ${locked}, is told as locked`, () =>
      withEmulator({ seed: books, switches: { locked_lines: locked } }, async (provider, emulator) => {
        const plan = await planOf(provider);
        emulator.planFaults(planned);
        const report = await apply(
          { plan, desired: assigning, production: null },
          {
            provider,
            now: () => new Date(0),
            sleep: (milliseconds) => provider.wait(milliseconds),
            settleSeconds: 2,
            concurrency: 8,
            stop: new AbortController().signal,
            record: () => ({ id: 'run', write: () => {}, close: () => {} }),
            notify: () => {},
          },
        );
        assert.equal(
          report.outcomes.map(({ status, error }) => [status, error?.code ?? null]).sort(),
          [...Array.from({ length: 5 }, () => ['applied', null]), ['failed', 'PAYABLE_LOCKED']],
          JSON.stringify(report),
        );
        assert.is(exitCodeOf(report), 5);
        assert.is(report.problems.length, 0, JSON.stringify(report.problems));
        const { changes } = await planOf(provider);
        assert.equal(
          changes.map(({ label }) => label),
          ['INV-2 / Books'],
        );
      }));

test('a token that expires under 30 calls at once is renewed by one request', () =>
  withEmulator({}, async (provider, emulator) => {
    await provider.list('tax_rates');
    const from = emulator.log().length;
    emulator.planFaults([{ kind: 'expired-token', method: 'GET', nth: 1 }]);
    const lists = Array.from({ length: 30 }, () => provider.list('ledger_accounts'));
    const lengths = (await Promise.all(lists)).map((objects) => objects.length);
    assert.is(new Set(lengths).size, 1);
    const since = emulator.log().slice(from);
    assert.ok(since.filter(({ status }) => status === 400).length > 1, 'several calls met the expired token');
    assert.is(since.filter(({ path }) => path === '/auth/token').length, 1);
  }));

async function withEmulator(
  options: Partial<EmulatorOptions>,
  act: (provider: Provider, emulator: Emulator) => Promise<void>,
): Promise<void> {
  const clock = fastClock();
  const emulator = await startBooks({ ...options, now: clock.date, after: clock.after });
  const provider = connectBooks(emulator, { deadlineSeconds: 600 }, { clock, random: () => 0.5 });
  try {
    await act(provider, emulator);
  } finally {
    await provider.close();
    await emulator.close();
  }
}

async function planOf(provider: Provider) {
  const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
  const context = { provider, now: () => new Date(0), version: '0.0.0' };
  return (await survey(assigning, { target: [], allowed, configuration, base: null, notes: [] }, context))
    .plan;
}

test.run();
