import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonOf, type Ran } from '../workbench.ts';

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
const ajv = new Ajv2020({ allowUnionTypes: true, validateFormats: false });
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
