import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonOf, type Ran } from '../workbench.ts';

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

/** What a run says of one organization. */
export interface OneResult {
  readonly path: string;
  readonly organization: { readonly id: string } | null;
  readonly exit_code: number;
  readonly plan?: { readonly changes: readonly { readonly address: string }[] };
  readonly apply?: { readonly outcome: string; readonly summary: { readonly applied: number } };
  readonly problems?: readonly { readonly code: string; readonly message: string }[];
  readonly skipped?: string;
}

/** The document of a run over many organizations. */
export interface ManyDocument {
  readonly organizations: readonly OneResult[];
  readonly groups: readonly {
    readonly addresses: readonly string[];
    readonly organizations: readonly string[];
  }[];
  readonly exit_code: number;
}

const schema: Record<string, unknown> = JSON.parse(readFileSync('schemas/many.v1.schema.json', 'utf8'));
const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true, validateFormats: false });
const validate = ajv.compile(schema);

/** What a run printed as JSON; its schema must allow it. */
export function documentOf(ran: Ran): ManyDocument {
  const document = jsonOf(ran);
  if (!validate(document))
    throw new Error(`against the schema: ${JSON.stringify(validate.errors?.slice(0, 5))}`);
  const { exit_code: exitCode, groups, organizations } = document;
  if (!Array.isArray(organizations) || !Array.isArray(groups) || typeof exitCode !== 'number')
    throw new Error(`no document of many: ${ran.stdout.slice(0, 500)}`);
  return { organizations, groups, exit_code: exitCode };
}

/** The codes of the problems of each organization that has any, by path. */
export const problemsIn = ({ organizations }: ManyDocument): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    organizations
      .filter(({ problems = [] }) => problems.length > 0)
      .map(({ path, problems = [] }) => [path, problems.map(({ code }) => code)]),
  );
