import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { checkShape } from '../../src/load/check-shape.gen.js';
import { isRecord, keysIn, type SchemaKey } from '../editors/schema-keys.ts';

const test = suite('schemas/ledgerform.v1.schema.json');
const root = fileURLToPath(new URL('../..', import.meta.url));
const text = await readFile(join(root, 'schemas', 'ledgerform.v1.schema.json'), 'utf8');
const schema: unknown = JSON.parse(text);
const ajv = new Ajv2020({ strictRequired: false, strictTypes: false });
// Words for editors that are no part of JSON Schema; whoever checks only passes them over.
ajv.addVocabulary([
  'defaultSnippets',
  'doNotSuggest',
  'enumDescriptions',
  'errorMessage',
  'markdownDescription',
]);
const ids = '9d2b4c8f-2087-4738-ba91-7359683c49a4';
const validate = ajv.compile(typeof schema === 'object' && schema !== null ? schema : {});

const whole = `
version: 1
organization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4, name: Acme GmbH }
environment: sandbox
extends: [../charts/uk-base.yaml]
tax_rates:
  reduced: { name: Reduced tax, code: RED_TAX, effective_tax_rate: 7.5%, description: For specific goods }
ledger_accounts:
  consulting_income: { name: Consulting income, nominal_code: "4010", description: null }
  cash_clearing: { name: Cash clearing, nominal_code: "1090", was: { nominal_code: "1190" } }
  dropped: null
removed:
  ledger_accounts: [{ nominal_code: "1180" }]
  tax_rates: [{ code: OLD_TAX }]
external:
  ledger_accounts: { bank_fees: { nominal_code: "404" } }
  tax_rates: { standard: { code: OUTPUT2 } }
settings:
  ledger_accounts: { payments: cash_clearing, products: { name: Sales } }
  tax_rates: { deductions: null }
assignments:
  products:
    - product: { external_reference: SKU-100 }
      ledger_account: consulting_income
    - rule: consulting
      when: { type: service, name: "Consult*" }
      ledger_account: { nominal_code: "4010" }
  line_items:
    - payable: { document_id: INV-2044 }
      line_item: { name: Hosting }
      ledger_account: bank_fees
    - rule: amazon
      when:
        payable:
          status: [draft, new]
          counterpart_name: "Amazon*"
          created_at: { from: 2026-01-01 }
        line_item: { name: "*" }
      ledger_account: bank_fees
      tax_rate: standard
      overwrite: true
policy: { prune: removed, max_deletes: 10, max_overwrites: 100, protect: [ledger_accounts.cash_clearing] }
`;

const named = keysIn(schema);

/** The examples of a key, those that are shown as text included. */
function examplesOf({ examples, markdownDescription }: SchemaKey['schema']): readonly unknown[] {
  const [, shown] = /```yaml\n([^`]*)```/.exec(String(markdownDescription)) ?? [];
  return [...(Array.isArray(examples) ? examples : []), ...(shown === undefined ? [] : [parse(shown)])];
}

test('every key has a description and examples', () => {
  const told = new Set(
    named
      .filter(({ schema }) => String(schema.description ?? '').length > 15 && examplesOf(schema).length > 0)
      .map(({ path }) => path),
  );
  assert.ok(told.size > 60);
  assert.equal(
    named.map(({ path }) => path).filter((path) => !told.has(path)),
    [],
  );
});

test('every example is valid where it stands', () => {
  const wrong = named.flatMap(({ path, schema }) => {
    const check = ajv.compile(schema);
    return examplesOf(schema)
      .filter((example) => !check(example))
      .map((example) => `${path}: ${JSON.stringify(example)}`);
  });
  assert.equal(wrong, []);
});

test('every mapping is closed or says what its keys look like', () => {
  const isClosed = ({
    additionalProperties,
    else: otherwise,
    propertyNames,
    then,
  }: SchemaKey['schema']): boolean =>
    additionalProperties === false ||
    isRecord(propertyNames) ||
    [otherwise, then].filter(isRecord).some(isClosed);
  const mappings = named.filter(({ schema }) => [schema.type].flat().includes('object'));
  assert.ok(mappings.length > 20);
  assert.equal(
    mappings.filter(({ schema }) => !isClosed(schema)).map(({ path }) => path),
    [],
  );
});

test('what an editor may insert is one value: a mapping would lose the quotes of its codes', () => {
  const several = named.filter(({ schema }) =>
    [schema.examples ?? []].flat().some((example) => typeof example === 'object'),
  );
  assert.equal(
    several.map(({ path }) => path),
    [],
  );
});

test('a look-up says one thing, for editors too', () => {
  const two = { external: { tax_rates: { a: { code: 'X', name: 'X' } } } };
  assert.not(validate(two));
  assert.not(validate({ external: { tax_rates: { a: { name: 'X', id: ids } } } }));
  assert.not(validate({ external: { tax_rates: { a: {} } } }));
  assert.not(validate({ settings: { tax_rates: { deductions: {} } } }));
  assert.not(validate({ settings: { tax_rates: { deductions: { cod: 'X' } } } }));
  assert.ok(validate({ external: { tax_rates: { a: { name: 'X' }, b: { id: ids } } } }));
});

test('an organization needs an id and a version, unless another file may say them', () => {
  assert.not(validate({ organization: { id: ids } }));
  assert.not(validate({ version: 1, organization: { name: 'x' } }));
  assert.ok(validate({ version: 1, organization: { id: ids } }));
  assert.ok(validate({ extends: ['base.yaml'], organization: { name: 'x' } }));
});

test('editors say in words what a code, a rate, an id and a key look like', () => {
  const forms = named.filter(({ schema }) => 'pattern' in schema || isRecord(schema.propertyNames));
  const mute = forms.filter(({ schema }) => {
    const { errorMessage } = isRecord(schema.propertyNames) ? schema.propertyNames : schema;
    return typeof errorMessage !== 'string';
  });
  assert.equal(
    mute.map(({ path }) => path),
    [],
  );
  const codes = named.filter(({ path }) => /\.(?:nominal_)?code$/.test(path));
  assert.ok(codes.length > 8 && codes.every(({ schema }) => typeof schema.errorMessage === 'string'));
});

test('a file with everything in it is valid for editors and for the compiled check', () => {
  const value: unknown = parse(whole);
  assert.ok(validate(value), JSON.stringify(validate.errors));
  assert.ok(checkShape(value), JSON.stringify(checkShape.errors));
});

test('variables are valid for editors wherever text is', () => {
  const value: unknown = parse(`
version: 1
organization: { id: "\${var.ORG}" }
environment: "\${var.WHERE:-sandbox}"
tax_rates: { a: { code: "\${var.CODE}", effective_tax_rate: "\${var.RATE}" } }
policy: { prune: "\${var.PRUNE}" }
`);
  assert.ok(validate(value), JSON.stringify(validate.errors));
});

const items: Readonly<Record<string, boolean>> = {
  '{ product: { name: x }, ledger_account: null }': true,
  '{ when: {}, rule: a, overwrite: true, ledger_account: { nominal_code: "1" } }': true,
  '{ product: { name: x }, when: {}, ledger_account: a }': false,
  '{ ledger_account: a }': false,
  '{ rule: a, ledger_account: a }': false,
  '{ product: { name: x, id: y }, ledger_account: a }': false,
  '{ product: { name: x }, overwrite: true, ledger_account: a }': false,
  '{ product: { name: x }, rule: a, ledger_account: a }': false,
  '{ when: {}, ledger_account: null }': false,
  '{ when: {} }': false,
};
for (const [item, sound] of Object.entries(items)) {
  test(`editors ${sound ? 'accept' : 'mark'} ${item}`, () => {
    const value: unknown = parse(`assignments: { products: [${item}] }`);
    assert.is(validate(value), sound, JSON.stringify(validate.errors));
  });
}

test('guards of a later version are unknown keys', () => {
  for (const key of ['freeze', 'approvals']) assert.not(validate({ policy: { [key]: [] } }));
});

test('it says first that it is generated, and what is generated is fresh', () => {
  assert.match(text, /^\{\n {2}"\$comment": "generated by/);
  execFileSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/generate.ts', '--check', 'language-schema', 'check-shape', 'kinds-index'],
    { cwd: root },
  );
});

test.run();
