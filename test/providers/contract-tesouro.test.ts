import { localCredentials, startEmulator } from '../../src/emulator/emulator.ts';
import { connectTesouro } from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { contractOf, type Stage, stored } from './contract.ts';

contractOf('Tesouro, against the emulator', async (): Promise<Stage> => {
  const emulator = await startEmulator({
    port: 0,
    file: null,
    seed: seedOfContract(),
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
  });
  const provider = connectTesouro({
    account: { organization: { id: stored.organization, name: null }, environment: 'local', apiUrl: 'local' },
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
  return {
    provider,
    async close() {
      await provider.close();
      await emulator.close();
    },
  };
});

/** `stored` in the words of the API. */
function seedOfContract(): unknown {
  const { internal, external, rate, product, payables, line, lockedLine, invoice, connection } = stored;
  const points = { ledger_account_id: internal.id, accounting_tax_rate_id: rate.id };
  const [draft, paid] = payables;
  return {
    organizations: [
      {
        id: stored.organization,
        ledger_accounts: [
          { id: internal.id, ...internal.fields },
          { id: external.id, ...external.fields, is_external: true },
        ],
        tax_rates: [{ id: rate.id, ...rate.fields, effective_tax_rate: 750 }],
        products: [{ ...product, type: 'service', ledger_account_id: internal.id }],
        payables: [
          { ...draft, line_items: [{ ...line, ...points }] },
          { ...paid, line_items: [lockedLine] },
        ],
        receivables: [
          {
            ...invoice,
            line_items: [
              {
                quantity: 1,
                product: { external_reference: product.external_reference, accounting_tax_rate_id: rate.id },
              },
            ],
          },
        ],
        connections: [connection],
      },
    ],
  };
}
