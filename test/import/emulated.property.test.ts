import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localCredentials, startEmulator } from '../../src/emulator/emulator.ts';
import { percentToHundredths } from '../../src/model/percent.ts';
import type { MemoryOrganization } from '../../src/providers/memory/organization.ts';
import { connectTesouro } from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { importNew, planOf } from './importing.ts';
import { world } from './worlds.ts';

/*
 * The same random organizations as in import.property.test.ts, behind the emulated API: pages, filters, and what a service makes of texts.
 * Fewer of them, because each costs some dozen requests.
 */

const test = suite('imports of random organizations from the emulated API');
const runs = Number(process.env.LEDGERFORM_RUNS ?? 8);

test('a plan of what is imported is empty, and a second import changes no byte', async () => {
  const worlds = fc.sample(world, runs);
  const idOf = (at: number): string => `9d2b4c8f-2087-4738-ba91-${String(at).padStart(12, '0')}`;
  const emulator = await startEmulator({
    ...{
      port: 0,
      file: null,
      switches: {},
      rateLimit: null,
      latencyMs: 0,
      faults: [],
      now: () => new Date(),
    },
    seed: { organizations: worlds.map((each, at) => ({ id: idOf(at), ...seedOf(each) })) },
  });
  try {
    for (const [at] of worlds.entries()) await check(emulator.url, idOf(at));
  } finally {
    await emulator.close();
  }
});

async function check(baseUrl: string, id: string): Promise<void> {
  const provider = connectTesouro({
    account: { organization: { id, name: null }, environment: 'local', apiUrl: 'local' },
    credentials: {
      ...{ type: 'client', id: localCredentials.id, tokenUrl: null },
      secret: new Secret(localCredentials.secret),
    },
    ...{ baseUrl, concurrency: 10, rateLimit: null, deadlineSeconds: 60, environment: {} },
    ...{ abort: new AbortController().signal, log: () => {} },
  });
  try {
    for (const rules of [false, true]) {
      const { text } = await importNew(provider, { rules, allExternal: rules });
      const { changes, problems, refusals } = await planOf(text, provider);
      assert.equal([...changes, ...problems, ...refusals], [], text);
      assert.is((await importNew(provider, { rules, allExternal: rules })).text, text);
    }
  } finally {
    await provider.close();
  }
}

/** An organization as a seed of the emulator, which refuses only names and references that the API could not have stored. */
function seedOf({ lines, objects, payables, products, settings }: MemoryOrganization) {
  const [accounts = [], rates = []] = ['ledger_accounts', 'tax_rates'].map((name) => [
    ...(objects.get(name)?.values() ?? []),
  ]);
  return {
    ledger_accounts: accounts.map(({ external, fields, id, status }) => ({
      ...{ ...fields, id, is_external: external },
      ...(status === null ? {} : { status }),
    })),
    tax_rates: rates.map(({ external, fields: { effective_tax_rate, ...fields }, id, status }) => ({
      ...{ ...fields, id, status, is_external: external },
      effective_tax_rate:
        typeof effective_tax_rate === 'string' ? percentToHundredths(effective_tax_rate) : null,
    })),
    products: products.map(({ external_reference, id, ledger_account_id, name, type }) => ({
      ...{ id, ledger_account_id, name: name ?? '' },
      external_reference: external_reference === '' ? null : (external_reference?.slice(0, 255) ?? null),
      type: type === 'service' ? 'service' : 'product',
    })),
    payables: payables.map(({ counterpart_name, document_id, id, status }) => ({
      ...{ id, status, document_id },
      ...(counterpart_name === null ? {} : { counterpart_name }),
      line_items: lines.get(id) ?? [],
    })),
    settings: {
      accounting: {
        ledger_account_ids: {
          payments: settings['settings.ledger_accounts.payments'] ?? null,
          products: settings['settings.ledger_accounts.products'] ?? null,
        },
        tax_ids: { deductions: settings['settings.tax_rates.deductions'] ?? null },
      },
    },
  };
}

test.run();
