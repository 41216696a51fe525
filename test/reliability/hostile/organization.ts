import { type Emulator, localCredentials, startEmulator } from '../../../src/emulator/emulator.ts';

const id = '9d2b4c8f-2087-4738-ba91-7359683c49a4';

/** A configuration with every kind of change against the organization below. */
export const configuration = `version: 1
organization: { id: ${id}, name: Acme GmbH }
environment: sandbox
ledger_accounts:
  cash: { name: Cash, nominal_code: "1090" }
  income: { name: Income, nominal_code: "4010", description: Fees }
  fresh: { name: Fresh, nominal_code: "4020" }
tax_rates:
  reduced: { name: Reduced, code: RED, effective_tax_rate: 7.5% }
external:
  ledger_accounts: { fees: { nominal_code: "404" } }
settings:
  ledger_accounts: { payments: cash, products: income }
assignments:
  products:
    - { product: { external_reference: D-1 }, ledger_account: income }
    - { rule: mugs, when: { name: "M*" }, ledger_account: fresh }
  line_items:
    - { rule: hosting, when: { payable: { counterpart_name: "Hetz*" } }, ledger_account: fees, tax_rate: reduced }
policy: { prune: all }
`;

/** Texts in the place of names, where a test is about them. */
export interface Texts {
  readonly name?: string;
}

const seedOf = ({ name }: Texts) => ({
  organizations: [
    {
      id,
      name: 'Acme GmbH',
      ledger_accounts: [
        { name: 'Cash', nominal_code: '1090', description: name ?? 'x' },
        { name: name ?? 'Income', nominal_code: '4010', description: name ?? 'y' },
        { name: name ?? 'Old', nominal_code: '1180' },
        { name: name ?? 'Fees', nominal_code: '404', is_external: true },
      ],
      tax_rates: [{ name: name ?? 'Reduced', code: 'RED', effective_tax_rate: 700 }],
      products: [
        { name: name ?? 'Day', type: 'service', external_reference: 'D-1' },
        { name: `M${name ?? 'ug'}`, type: 'product', external_reference: name ?? 'M-1' },
      ],
      payables: [
        {
          document_id: name ?? 'INV-1',
          status: 'new',
          counterpart_name: `Hetz${name ?? 'ner'}`,
          line_items: [{ name: name ?? 'Hosting', description: name ?? 'z' }, { name: 'Domain' }],
        },
      ],
      settings: {},
      connections: [{ platform: name ?? 'xero' }],
    },
  ],
});

/** Starts an emulator with that organization. */
export const openOrganization = (texts: Texts = {}): Promise<Emulator> =>
  startEmulator({
    port: 0,
    file: null,
    seed: seedOf(texts),
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(),
  });

/** What a command line needs to reach a service that stands for the emulator. */
export const variablesFor = (url: string): Readonly<Record<string, string>> => ({
  TESOURO_API_URL: url,
  TESOURO_CLIENT_ID: localCredentials.id,
  TESOURO_CLIENT_SECRET: localCredentials.secret,
});

/** A path of an operation and nothing else: whatever ids a file or an answer had. */
export const operation =
  /^\/openid\/connect\/token$|^\/v1\/(?:auth\/token|entities\/[\w-]+\/settings|accounting-connections|receivables|(?:ledger-accounts|accounting-tax-rates|products|payables)(?:\/(?!\.{1,2}(?:\/|$))[\w.~:@-]+)?(?:\/line-items(?:\/(?!\.{1,2}$)[\w.~:@-]+)?)?)(?:\?[^#]*)?$/;
