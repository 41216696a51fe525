import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { apply } from '../../src/apply/apply.ts';
import { exitCodeOf } from '../../src/apply/report.ts';
import {
  type Emulator,
  type EmulatorOptions,
  localCredentials,
  startEmulator,
} from '../../src/emulator/emulator.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Plan } from '../../src/model/plan.ts';
import { survey } from '../../src/pipeline.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { connectTesouro } from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { allowed, declare } from './world.ts';

/* The same promises over HTTP: real lost answers of a write, each way they can get lost. */

const test = suite('applying over HTTP');

const organization = '9d2b4c8f-2087-4738-ba91-7359683c49a4';
const desired = declare({
  ledger_accounts: {
    cash: { name: 'Cash', nominal_code: '0100' },
    bank: { name: 'Bank', nominal_code: '0200' },
  },
  tax_rates: { reduced: { name: 'Reduced', code: 'RED', effective_tax_rate: '7.5%' } },
  settings: { 'settings.ledger_accounts.payments': 'ledger_accounts.cash' },
});

const post = { method: 'POST', path: '/ledger-accounts', nth: 1, times: 1 } as const;
const faults: Readonly<Record<string, Fault>> = {
  'a connection reset before anything was done': { ...post, kind: 'reset-before' },
  'a connection reset after the object was made': { ...post, kind: 'reset-after-commit' },
  'an object that is made later': { ...post, kind: 'late-commit', ms: 60_000 },
  'a 500 before anything was done': { ...post, kind: 'status', code: 500 },
  'a 502 after the object was made': { ...post, kind: 'status', code: 502, after: 'commit' },
  'an answer that is no JSON': { ...post, kind: 'not-json' },
  'an answer that is cut off': { ...post, kind: 'truncated' },
};

for (const [name, fault] of Object.entries(faults))
  test(`${name} leaves one object for one key`, () => once(fault));

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
      withEmulator(books, { locked_lines: locked }, async (provider, emulator) => {
        const plan = await planOf(assigning, provider);
        emulator.planFaults(planned);
        const report = await applyTo(plan, assigning, provider, emulator);
        assert.equal(
          report.outcomes.map(({ status, error }) => [status, error?.code ?? null]).sort(),
          [...Array.from({ length: 5 }, () => ['applied', null]), ['failed', 'PAYABLE_LOCKED']],
          JSON.stringify(report),
        );
        assert.is(exitCodeOf(report), 5);
        assert.is(report.problems.length, 0, JSON.stringify(report.problems));
        const { changes } = await planOf(assigning, provider);
        assert.equal(
          changes.map(({ label }) => label),
          ['INV-2 / Books'],
        );
      }));

function once(fault: Fault): Promise<void> {
  return withEmulator(null, {}, async (provider, emulator) => {
    const plan = await planOf(desired, provider);
    emulator.planFaults([fault]);
    const report = await applyTo(plan, desired, provider, emulator);
    assert.is(exitCodeOf(report), 0, JSON.stringify(report));
    assert.is(report.summary.applied, 4);
    assert.is(emulator.organization(organization).all('ledger_accounts').length, 2);
    const posts = emulator
      .log()
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/ledger-accounts'));
    assert.is(posts.length, nothingDone(fault) ? 3 : 2, 'a create is repeated only when nothing came of it');
    assert.equal((await planOf(desired, provider)).changes, []);
  });
}

async function withEmulator(
  seed: unknown,
  switches: EmulatorOptions['switches'],
  act: (provider: Provider, emulator: Emulator) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator({
    port: 0,
    file: null,
    seed,
    switches,
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
  });
  const provider = connect(emulator);
  try {
    await act(provider, emulator);
  } finally {
    await provider.close();
    await emulator.close();
  }
}

const applyTo = (plan: Plan, desired: Desired, provider: Provider, emulator: Emulator) =>
  apply(
    { plan, desired, production: null },
    {
      provider,
      now: () => new Date(),
      // Nobody waits: what would come later comes during the pause.
      sleep: async () => emulator.settle(),
      settleSeconds: 2,
      concurrency: 8,
      stop: new AbortController().signal,
      record: () => ({ id: 'run', write: () => {}, close: () => {} }),
      notify: () => {},
    },
  );

const nothingDone = ({ kind, after }: Fault): boolean =>
  kind === 'reset-before' || (kind === 'status' && after !== 'commit');

const connect = ({ url }: Emulator): Provider =>
  connectTesouro({
    account: { organization: { id: organization, name: null }, environment: 'local', apiUrl: 'local' },
    baseUrl: url,
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

async function planOf(desired: Desired, provider: Provider): Promise<Plan> {
  const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
  const context = { provider, now: () => new Date(), version: '0.0.0' };
  return (await survey(desired, { target: [], allowed, configuration }, context)).plan;
}

test.run();
