import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, localCredentials, startEmulator } from '../src/emulator/emulator.ts';

/** The most objects that the API puts on one page of tax rates or ledger accounts. */
const pageSize = 250;
/** Whose books the bench is about. */
export const organization = '9d2b4c8f-2087-4738-ba91-7359683c49a4';

/** So many objects: one in ten is a tax rate, the others are ledger accounts. */
export interface Sample {
  readonly accounts: number;
  readonly rates: number;
}

/** A sample of a size. */
export const sampleOf = (size: number): Sample => ({
  accounts: size - Math.floor(size / 10),
  rates: Math.floor(size / 10),
});

/** Writes ledgerform.yaml for a sample, with both sections and a setting. */
export function writeConfiguration(folder: string, { accounts, rates }: Sample): void {
  const lines = [
    'version: 1',
    'organization:',
    `  id: ${organization}`,
    '  name: Bench Ltd',
    'environment: sandbox',
    'tax_rates:',
  ];
  for (let index = 0; index < rates; index += 1)
    lines.push(
      `  rate_${index}:`,
      ...Object.entries(rateOf(index)).map(([name, value]) => `    ${name}: "${value}"`),
    );
  if (rates === 0) lines[lines.length - 1] = 'tax_rates: {}';
  lines.push('ledger_accounts:');
  for (let index = 0; index < accounts; index += 1)
    lines.push(
      `  account_${index}:`,
      ...Object.entries(accountOf(index)).map(([name, value]) => `    ${name}: "${value}"`),
    );
  lines.push('settings:', '  ledger_accounts:', '    payments: account_0', '');
  writeFileSync(join(folder, 'ledgerform.yaml'), lines.join('\n'));
}

/** The API with a sample in it, all as the configuration wants it, in this process. */
export async function startWith(
  { accounts, rates }: Sample,
  limits: { rateLimit: number | null; latencyMs: number },
): Promise<Emulator> {
  const options = { port: 0, file: null, seed: null, switches: {}, faults: [], now: () => new Date() };
  const emulator = await startEmulator({ ...options, ...limits });
  const books = emulator.organization(organization);
  for (let index = 0; index < rates; index += 1) {
    const { effective_tax_rate, ...texts } = rateOf(index);
    const hundredths = Math.round(Number.parseFloat(effective_tax_rate) * 100);
    books.put('tax_rates', {
      ...texts,
      effective_tax_rate: hundredths,
      is_external: false,
      status: 'Active',
    });
  }
  let payments: string | null = null;
  for (let index = 0; index < accounts; index += 1) {
    const { id } = books.put('ledger_accounts', {
      ...accountOf(index),
      is_external: false,
      status: 'Active',
      type: 'Unknown',
    });
    payments ??= id;
  }
  if (payments !== null) books.replaceSettings({ accounting: { ledger_account_ids: { payments } } });
  return emulator;
}

/** How the command reaches the API. */
export const accessTo = ({ url }: Emulator): NodeJS.ProcessEnv => ({
  TESOURO_API_URL: url,
  TESOURO_CLIENT_ID: localCredentials.id,
  TESOURO_CLIENT_SECRET: localCredentials.secret,
});

/** The fewest requests that can tell the state of a sample: a token, every page of both lists, and the settings. */
export const fewestReads = ({ accounts, rates }: Sample): number =>
  1 + pagesOf(accounts) + pagesOf(rates) + 1;

const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / pageSize));

const accountOf = (index: number) => ({
  name: `Account number ${index}`,
  nominal_code: String(index).padStart(6, '0'),
  description: `What is booked on account ${index}`,
});

const rateOf = (index: number) => ({
  name: `Rate number ${index}`,
  code: `RATE_${index}`,
  effective_tax_rate: `${index % 100}.25%`,
});
