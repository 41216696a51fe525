import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Origin } from '../../src/model/problem.ts';
import { head, told, tryLoad, tryText } from './try-load.ts';

const test = suite('layers and variables');
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

test('later layers win key by key, and every value keeps the place it came from', async () => {
  const { desired, problems } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [one.yaml, two.yaml]\nledger_accounts:\n  a: { description: mine }\n`,
    'one.yaml': 'ledger_accounts:\n  a: { nominal_code: "1", name: One }\n  b: { nominal_code: "2" }\n',
    'two.yaml': 'ledger_accounts:\n  a: { name: Two }\n',
  });
  assert.equal(problems, []);
  const [a, b] = desired?.entries ?? [];
  assert.equal(a?.fields, { name: 'Two', nominal_code: '1', description: 'mine' });
  assert.equal(a?.origin, { file: 'ledgerform.yaml', line: 5, column: 3 });
  assert.equal(a?.fieldOrigins.nominal_code, { file: 'one.yaml', line: 2, column: 22 });
  assert.equal(a?.fieldOrigins.name, { file: 'two.yaml', line: 2, column: 14 });
  assert.equal(b?.origin, { file: 'one.yaml', line: 3, column: 3 });
});

test('null in place of an entry drops the inherited one, and only an inherited one', async () => {
  const base = 'ledger_accounts: { a: { nominal_code: "1" } }\nexternal: { tax_rates: { s: { code: S } } }\n';
  const text = `${head}extends: [base.yaml]\nledger_accounts: { a: null }\nexternal: { tax_rates: { s: } }\n`;
  const { desired, problems } = await tryLoad({ 'ledgerform.yaml': text, 'base.yaml': base });
  assert.equal(problems, []);
  assert.equal([desired?.entries, desired?.externals], [[], []]);
  assert.ok(desired?.declared.has('ledger_accounts'));
  assert.equal(told(await tryText(`${head}ledger_accounts: { a: null }\n`)), ['NO_IDENTITY 3:20']);
});

test('an entry that a middle layer drops can be declared anew without what was dropped', async () => {
  const { desired } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [middle.yaml]\nledger_accounts: { a: { nominal_code: "9" } }\n`,
    'middle.yaml': 'extends: [base.yaml]\nledger_accounts: { a: null }\n',
    'base.yaml': 'ledger_accounts: { a: { nominal_code: "1", name: Old } }\n',
  });
  assert.equal(
    desired?.entries.map(({ fields }) => fields),
    [{ nominal_code: '9' }],
  );
});

/** `value file:line:column`, in order. */
const shortly = (hidden: readonly { readonly value: unknown; readonly origin: Origin }[] = []) =>
  hidden.map(
    ({ value, origin }) => `${JSON.stringify(value)} ${origin.file}:${origin.line}:${origin.column}`,
  );

test('what three layers state is kept, the hidden values from the highest layer down', async () => {
  const { desired, problems } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [middle.yaml]\nledger_accounts:\n  a: { name: Top }\n  b: { name: B }\nexternal: { ledger_accounts: { x: { name: X } } }\nsettings: { ledger_accounts: { payments: b, products: null } }\n`,
    'middle.yaml':
      'extends: [base.yaml]\nledger_accounts:\n  a: { name: Middle, description: null }\n  b: { nominal_code: "2" }\nsettings: { ledger_accounts: { payments: { name: Cash } } }\n',
    'base.yaml':
      'ledger_accounts:\n  a: { name: Base, nominal_code: "1", description: Text, id: 6A3C1F0E-5B7D-4F2A-9C1E-2F8B7A6D5C4E }\nexternal: { ledger_accounts: { x: { nominal_code: "9" } } }\nsettings: { ledger_accounts: { payments: x, products: a } }\n',
  });
  assert.equal(problems, []);
  const [a, b] = desired?.entries ?? [];
  assert.equal(a?.fields, { name: 'Top', nominal_code: '1', description: null });
  assert.equal(Object.keys(a?.hidden ?? {}).sort(), ['description', 'name']);
  assert.equal(shortly(a?.hidden?.name), ['"Middle" middle.yaml:3:14', '"Base" base.yaml:2:14']);
  assert.equal(shortly(a?.hidden?.description), ['"Text" base.yaml:2:52']);
  assert.equal([b?.hidden, a?.drops, desired?.dropped], [undefined, undefined, []]);
  assert.equal(shortly(desired?.externals[0]?.hidden), ['{"code":"9"} base.yaml:3:32']);
  const [payments, products] = desired?.settings ?? [];
  assert.equal(shortly(payments?.hidden), [
    '{"type":"lookup","collection":"ledger_accounts","identity":{"name":"Cash"}} middle.yaml:5:32',
    '{"type":"key","address":"external.ledger_accounts.x"} base.yaml:4:32',
  ]);
  assert.is(products?.reference, null);
  assert.equal(shortly(products?.hidden), ['{"type":"key","address":"ledger_accounts.a"} base.yaml:4:45']);
});

test('of a dropped entry it is kept where it was stated and where it was dropped', async () => {
  const { desired, problems } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [middle.yaml]\nledger_accounts:\n  a: { nominal_code: "9" }\nsettings: { ledger_accounts: { payments: a, products: a } }\n`,
    'middle.yaml':
      'extends: [base.yaml]\nledger_accounts: { a: null, b: null }\nexternal: { ledger_accounts: { x: null } }\n',
    'base.yaml':
      'ledger_accounts:\n  a: { nominal_code: "1", name: Old }\n  b: { nominal_code: "2" }\nexternal: { ledger_accounts: { x: { nominal_code: "9" } } }\nsettings: { ledger_accounts: { payments: b, products: x } }\n',
  });
  assert.equal(problems, []);
  const [a] = desired?.entries ?? [];
  assert.equal(a?.drops, [{ file: 'middle.yaml', line: 2, column: 20 }]);
  assert.equal(shortly(a?.hidden?.nominal_code), ['"1" base.yaml:2:22']);
  assert.equal(shortly(a?.hidden?.name), ['"Old" base.yaml:2:33']);
  assert.equal(desired?.dropped, [
    {
      address: 'ledger_accounts.b',
      origin: { file: 'middle.yaml', line: 2, column: 29 },
      stated: { file: 'base.yaml', line: 3, column: 3 },
    },
    {
      address: 'external.ledger_accounts.x',
      origin: { file: 'middle.yaml', line: 3, column: 32 },
      stated: { file: 'base.yaml', line: 4, column: 32 },
    },
  ]);
  assert.equal(
    desired?.settings.map(({ hidden }) => shortly(hidden)),
    [
      ['{"type":"key","address":"ledger_accounts.b"} base.yaml:5:32'],
      ['{"type":"key","address":"external.ledger_accounts.x"} base.yaml:5:45'],
    ],
  );
});

test('a value that is reached on two ways hides only what is another one', async () => {
  const { desired } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [one.yaml, two.yaml]\n`,
    'one.yaml': 'extends: [base.yaml]\ntax_rates: { a: { name: One } }\n',
    'two.yaml': 'extends: [base.yaml]\n',
    'base.yaml': 'tax_rates: { a: { code: A, name: Base } }\n',
  });
  const [a] = desired?.entries ?? [];
  assert.is(a?.fields.name, 'Base');
  assert.equal([Object.keys(a?.hidden ?? {}), shortly(a?.hidden?.name)], [['name'], ['"One" one.yaml:2:25']]);
});

test('a look-up is one value: the later one replaces the earlier one', async () => {
  const { desired, problems } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [base.yaml]\nexternal: { tax_rates: { s: { name: Standard } } }\n`,
    'base.yaml': 'external: { tax_rates: { s: { code: S } } }\n',
  });
  assert.equal(problems, []);
  assert.equal(
    desired?.externals.map(({ identity }) => identity),
    [{ name: 'Standard' }],
  );
});

test('removed and protect are unions', async () => {
  const { desired } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [base.yaml]\nremoved: { tax_rates: [{ code: A }, { code: B }] }\npolicy: { protect: [tax_rates.x] }\n`,
    'base.yaml':
      'tax_rates: { x: { code: X }, y: { code: Y } }\nremoved: { tax_rates: [{ code: B }] }\npolicy: { protect: [tax_rates.y, tax_rates.x], max_deletes: 3 }\n',
  });
  assert.equal(
    desired?.removed.map(({ identity }) => identity),
    [{ code: 'B' }, { code: 'A' }],
  );
  assert.equal(desired?.policy.protect, ['tax_rates.y', 'tax_rates.x']);
  assert.is(desired?.policy.maxDeletes, 3);
});

test('a file that is reached on two ways is read once, and the digest names every file', async () => {
  const files = {
    'ledgerform.yaml': `${head}extends: [charts/one.yaml, charts/two.yaml]\n`,
    'charts/one.yaml': 'extends: [base.yaml]\n',
    'charts/two.yaml': 'extends: [./base.yaml]\n',
    'charts/base.yaml': 'tax_rates: { x: { code: X } }\n',
  };
  const loaded = await tryLoad(files);
  assert.equal(loaded.problems, []);
  const order = ['ledgerform.yaml', 'charts/one.yaml', 'charts/base.yaml', 'charts/two.yaml'] as const;
  assert.equal(
    loaded.files.map(({ path }) => path),
    order,
  );
  assert.is(loaded.sha256, sha(order.map((path) => `${sha(files[path])}  ${path}\n`).join('')));
});

test('problems of every file are reported together, the main file first', async () => {
  const { problems } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [a.yaml]\ncolour: red\n`,
    'a.yaml': 'extends: [b.yaml]\ncolour: red\n',
    'b.yaml': 'ledger_accounts: { x: { nominal_code: 01 } }\n',
  });
  assert.equal(
    problems.map(({ code, file, line }) => `${code} ${file} ${line}`),
    ['UNKNOWN_KEY ledgerform.yaml 4', 'UNKNOWN_KEY a.yaml 2', 'CODE_NOT_TEXT b.yaml 1'],
  );
});

test('two files clash where they meet', async () => {
  const { problems } = await tryLoad({
    'ledgerform.yaml': `${head}extends: [base.yaml]\nledger_accounts: { other: { nominal_code: "1" } }\n`,
    'base.yaml': 'ledger_accounts: { cash: { nominal_code: "1" } }\n',
  });
  assert.equal(
    problems.map(({ code, file }) => [code, file]),
    [['DUPLICATE_IDENTITY', 'ledgerform.yaml']],
  );
  assert.match(problems[0]?.message ?? '', /base\.yaml:1:42/);
});

test('what cannot be read is told where it is extended, and nothing is concluded from it', async () => {
  const text = `${head}extends: [gone.yaml]\nsettings: { ledger_accounts: { payments: cash } }\n`;
  assert.equal(told(await tryText(text)), ['FILE_NOT_FOUND 3:11']);
});

for (const allowOutside of [false, true]) {
  test(`extends out of the root, directly or through a link, is ${allowOutside ? 'followed where it is allowed' : 'refused'}`, async () => {
    const files = {
      'in/ledgerform.yaml': `${head}extends: [../out.yaml, link.yaml]\n`,
      'out.yaml': 'tax_rates: {}\n',
    };
    const loaded = await tryLoad(files, async (folder) => {
      const root = join(folder, 'in');
      await symlink(join(folder, 'out.yaml'), join(root, 'link.yaml'));
      return { root, allowOutside };
    });
    assert.equal(told(loaded), allowOutside ? [] : ['EXTENDS_OUTSIDE 3:11', 'EXTENDS_OUTSIDE 3:24']);
  });
}

test('a folder beside the root that only begins with its name is outside', async () => {
  const files = {
    'in/ledgerform.yaml': `${head}extends: [../in2/base.yaml]\n`,
    'in2/base.yaml': 'tax_rates: {}\n',
  };
  const loaded = await tryLoad(files, (folder) => ({ root: join(folder, 'in') }));
  assert.equal(told(loaded), ['EXTENDS_OUTSIDE 3:11']);
});

test('a root that is reached by a link contains what lies in it', async () => {
  const files = { 'in/ledgerform.yaml': `${head}extends: [base.yaml]\n`, 'in/base.yaml': 'tax_rates: {}\n' };
  const loaded = await tryLoad(files, async (folder) => {
    await symlink(join(folder, 'in'), join(folder, 'alias'));
    return { root: join(folder, 'in'), cwd: join(folder, 'alias'), path: 'ledgerform.yaml' };
  });
  assert.equal(told(loaded), []);
  assert.equal(
    loaded.files.map(({ path }) => path),
    ['ledgerform.yaml', 'base.yaml'],
  );
});

test('a circle of three files is told once, with its way', async () => {
  const loaded = await tryLoad({
    'ledgerform.yaml': `${head}extends: [a.yaml]\n`,
    'a.yaml': 'extends: [b.yaml]\n',
    'b.yaml': 'extends: [a.yaml]\n',
  });
  assert.equal(told(loaded), ['EXTENDS_CYCLE 1:11']);
  assert.match(loaded.problems[0]?.message ?? '', /a\.yaml → b\.yaml → a\.yaml/);
});

const inserted: Readonly<Record<string, readonly [written: string, value: string]>> = {
  'a variable': [`x \${var.A} y`, 'x one y'],
  'a variable with a default that is not needed': [`\${var.A:-two}`, 'one'],
  'a default': [`\${var.NONE:-two}`, 'two'],
  'an empty default': [`x\${var.NONE:-}y`, 'xy'],
  'a default for an empty variable': [`\${var.EMPTY:-two}`, 'two'],
  'a literal': [`$\${var.A}`, `\${var.A}`],
  'a value that looks like a variable': [`\${var.NESTED}`, `\${var.A}`],
  'a value that looks like YAML': [`\${var.YAML}`, '{ a: 1 }'],
  'a value that looks like a number': [`\${var.NUMBER}`, '0400'],
  'a dollar sign alone': ['5 $ and $5', '5 $ and $5'],
};
const variables = {
  LEDGERFORM_VAR_A: 'one',
  LEDGERFORM_VAR_EMPTY: '',
  LEDGERFORM_VAR_NESTED: `\${var.A}`,
  LEDGERFORM_VAR_YAML: '{ a: 1 }',
  LEDGERFORM_VAR_NUMBER: '0400',
  SECRET: 'hidden',
};

for (const [what, [written, value]] of Object.entries(inserted)) {
  test(`inserts ${what}`, async () => {
    const { desired, problems } = await tryText(`${head}tax_rates: { a: { code: "${written}" } }\n`, {
      variables,
    });
    assert.equal(problems, []);
    assert.is(desired?.entries[0]?.fields.code, value);
  });
}

for (const [written, problem] of [
  [`\${var.SECRET}`, 'VARIABLE_UNSET 3:26'],
  [`\${SECRET}`, 'VARIABLE_FORM 3:26'],
  [`\${env.SECRET}`, 'VARIABLE_FORM 3:26'],
  [`\${var.A`, 'VARIABLE_FORM 3:26'],
  [`\${var.a b}`, 'VARIABLE_FORM 3:26'],
  [`\${var.A-x}`, 'VARIABLE_FORM 3:26'],
  [`\${var.constructor}`, 'VARIABLE_UNSET 3:26'],
  [`fine \${var.A} \${var.NOPE}`, 'VARIABLE_UNSET 3:40'],
] as const) {
  test(`${written} is refused where it stands`, async () => {
    const loaded = await tryText(`${head}tax_rates: { a: { code: "${written}" } }\n`, { variables });
    assert.equal(told(loaded), [problem]);
  });
}

test('a value that is inserted is checked like one that is written', async () => {
  const text = `${head}tax_rates: { a: { code: A, effective_tax_rate: "\${var.NUMBER}" } }\nenvironment: "\${var.A}"\n`;
  assert.equal(told(await tryText(text, { variables })), ['PERCENT_FORM 3:48', 'NOT_ALLOWED 4:14']);
});

test('a variable that is not set is told once and not also as a wrong value', async () => {
  const text = `${head}tax_rates: { a: { code: A, effective_tax_rate: "\${var.NOPE}" } }\nenvironment: "\${var.NOPE}"\n`;
  assert.equal(told(await tryText(text)), ['VARIABLE_UNSET 3:49', 'VARIABLE_UNSET 4:15']);
});

test('keys are not looked at for variables', async () => {
  assert.equal(told(await tryText(`${head}tax_rates: { "\${var.A}": { code: A } }\n`, { variables })), [
    'NOT_ALLOWED 3:14',
  ]);
});

test.run();
