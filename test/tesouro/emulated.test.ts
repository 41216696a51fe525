import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type EmulatorOptions, localCredentials, startEmulator } from '../../src/emulator/emulator.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { connectTesouro } from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { organizationId } from './fake-service.ts';

const test = suite('the client against the emulated API');

async function withEmulator(
  options: Partial<EmulatorOptions>,
  run: (provider: Provider, emulator: Awaited<ReturnType<typeof startEmulator>>) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator({
    port: 0,
    file: null,
    seed: null,
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
    ...options,
  });
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
  try {
    await run(provider, emulator);
  } finally {
    await provider.close();
    await emulator.close();
  }
}

test('what is written is read again, and nothing sent is against the description', () =>
  withEmulator({}, async (provider, emulator) => {
    const fields = { name: 'Reduced', code: 'RED', effective_tax_rate: '7.5%' };
    const rate = await provider.create('tax_rates', fields);
    assert.ok(rate.status === 'stored');
    assert.equal(rate.stored.fields, { ...fields, description: null });
    const account = await provider.create('ledger_accounts', { name: 'Cash', nominal_code: '0400' });
    assert.ok(account.status === 'stored');
    const update = await provider.update('ledger_accounts', account.stored.id, {
      name: 'Cash 2',
      description: 'x',
    });
    assert.ok(update.status === 'stored');
    const settings = await provider.writeSettings({
      'settings.ledger_accounts.payments': account.stored.id,
      'settings.tax_rates.deductions': rate.stored.id,
    });
    assert.ok(settings.status === 'stored');
    assert.equal(await provider.settings(), settings.stored);
    assert.is(settings.stored['settings.ledger_accounts.payments'], account.stored.id);
    assert.equal(await provider.list('ledger_accounts', 'internal'), [update.stored]);
    assert.equal(await provider.list('ledger_accounts', 'external'), []);
    assert.is((await provider.remove('tax_rates', rate.stored.id)).status, 'stored');
    assert.equal(await provider.list('tax_rates'), []);
    for (const read of [
      provider.products(),
      provider.invoices(),
      provider.payables({ status: ['draft', 'new'] }),
    ])
      for await (const each of read) assert.unreachable(JSON.stringify(each));
    assert.equal(await provider.connections(), []);
    assert.is(emulator.stats().rejected, 0);
    assert.is(emulator.stats().requests, provider.traffic().requests);
  }));

test('more than the budget of two seconds is sent without one 429', () =>
  withEmulator({ rateLimit: 30, latencyMs: 10 }, async (provider, emulator) => {
    await Promise.all(Array.from({ length: 70 }, () => provider.settings()));
    assert.is(provider.traffic().throttled, 0);
    assert.is(emulator.stats().throttled, 0);
    assert.is(provider.traffic().requests, 71);
  }));

test.run();
