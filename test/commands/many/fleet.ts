import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The id of the organization with this number. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Its folder's name: numbers sort as texts. */
export const nameOf = (number: number): string => `org-${String(number).padStart(3, '0')}`;

/** Two accounts and a setting that every organization has. */
export const chart = `ledger_accounts:
  consulting: { name: Consulting income, nominal_code: "4010" }
  cash: { name: Cash clearing, nominal_code: "1090" }
settings:
  ledger_accounts: { payments: cash }
`;

/** A configuration that extends the chart. */
export const extending = (number: number, body = '', environment = 'sandbox'): string =>
  `version: 1\norganization: { id: ${idOf(number)}, name: Company ${number} }\nenvironment: ${environment}\nextends: [../../shared/chart.yaml]\n${body}`;

/** Writes files into a folder, with the folders that they need. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** A repository of so many organizations, numbered from 1, that extend one chart. */
export function fleetOf(count: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return {
    'shared/chart.yaml': chart,
    ...Object.fromEntries(numbers.map((each) => [`orgs/${nameOf(each)}/ledgerform.yaml`, extending(each)])),
  };
}

/** The path of the configuration of an organization. */
export const pathOf = (number: number): string => `orgs/${nameOf(number)}/ledgerform.yaml`;
