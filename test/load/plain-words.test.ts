import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fix } from '../../src/load/fix.ts';
import { head, told, tryLoad, tryText } from './try-load.ts';

const test = suite('what is said of likely mistakes');
const cash = 'ledger_accounts: { cash: { nominal_code: "1090" } }\n';

/** One mistake, one problem, at its place, with the words that mend it. */
const mistakes: Readonly<Record<string, readonly [yaml: string, problem: string, says: RegExp]>> = {
  'a code in place of an external look-up': [
    'external:\n  ledger_accounts:\n    bank: 0404',
    'WRONG_TYPE 5:11',
    /`\{ nominal_code: "0404" \}`/,
  ],
  'a quoted code in place of a removed one': [
    'removed: { tax_rates: ["OLD"] }',
    'WRONG_TYPE 3:24',
    /`\{ code: "OLD" \}`/,
  ],
  'a code in place of a former identity': [
    'ledger_accounts: { a: { name: A, was: "1190" } }',
    'WRONG_TYPE 3:39',
    /`\{ nominal_code: "1190" \}`/,
  ],
  'the code of another section': [
    'ledger_accounts: { a: { code: "1" } }',
    'UNKNOWN_KEY 3:25',
    /mean `nominal_code`/,
  ],
  'a short word for a rate': [
    'tax_rates: { a: { code: X, rate: 5% } }',
    'UNKNOWN_KEY 3:28',
    /mean `effective_tax_rate`/,
  ],
  'a short word for an environment': ['environment: prod', 'NOT_ALLOWED 3:14', /mean `production`/],
  'a comma inside brackets': [
    'ledger_accounts: { a: { name: Food, drinks, nominal_code: "1" } }',
    'UNKNOWN_KEY 3:37',
    /comma.*quotes/,
  ],
  'a variable without quotes inside brackets': [
    `ledger_accounts: { a: { nominal_code: \${var.CODE}, name: A } }\ntax_rates: {}`,
    'YAML_SYNTAX 3:39',
    /quotes/,
  ],
  'a colon without a space': [
    'ledger_accounts:\n  a:\n    nominal_code:"1"\n    name: A',
    'YAML_SYNTAX 5:5',
    /colon and a space/,
  ],
  'fields that stand beside their entry': [
    'ledger_accounts:\n  a:\n  name: Cash',
    'WRONG_TYPE 5:9',
    /further to the right/,
  ],
  'a list of entries': ['ledger_accounts:\n  - name: Cash', 'WRONG_TYPE 4:3', /key of its own/],
  'an empty reference': ['settings: { ledger_accounts: { payments: "" } }', 'NOT_ALLOWED 3:42', /Fill it in/],
  'a protected word': ['policy: { protect: [cash] }', 'NOT_ALLOWED 3:21', /ledger_accounts\.cash/],
  'a list in place of a rate': [
    'tax_rates: { a: { code: X, effective_tax_rate: [7%] } }',
    'PERCENT_FORM 3:48',
    /is a list/,
  ],
  'an empty environment': ['environment:', 'NOT_ALLOWED 3:13', /has no value/],
};

for (const [mistake, [yaml, problem, says]] of Object.entries(mistakes)) {
  test(`${mistake} is one problem that says what to write`, async () => {
    const loaded = await tryText(`${head}${yaml}\n`);
    assert.equal(told(loaded), [problem]);
    assert.match(`${loaded.problems[0]?.message} ${loaded.problems[0]?.hint}`, says);
  });
}

test('an empty organization or an id that is a number is never told to be an empty mapping or a quoted number', async () => {
  const empty = await tryText('version: 1\norganization:\n');
  assert.equal(told(empty), ['WRONG_TYPE 2:14']);
  assert.match(empty.problems[0]?.hint ?? '', /`id:`/);
  const number = await tryText('version: 1\norganization: { id: 12 }\n');
  assert.equal(told(number), ['WRONG_TYPE 2:21']);
  assert.match(number.problems[0]?.hint ?? '', /UUID/);
  assert.equal(number.repairs, []);
});

test('the version is shown as it is written', async () => {
  const { problems } = await tryText(`${head.replace('1', '"1"')}`);
  assert.match(problems[0]?.message ?? '', /`"1"`/);
  assert.match((await tryText(head.replace(' 1', ''))).problems[0]?.message ?? '', /no value/);
});

test('a code that an alias stands for is mended where its anchor is', async () => {
  const loaded = await tryText(
    `${head}tax_rates:\n  a: { code: &c 0400 }\nledger_accounts: { b: { nominal_code: *c } }\n`,
  );
  assert.equal(told(loaded), ['CODE_NOT_TEXT 4:17', 'CODE_NOT_TEXT 5:39']);
  assert.match(loaded.problems[1]?.hint ?? '', /`&c`/);
  assert.not.match(loaded.problems[1]?.hint ?? '', /"\*c"/);
  const [fixed] = fix(loaded);
  assert.equal(told(await tryText(fixed?.text ?? '')), []);
});

test('an entry that an alias repeats is told at the alias', async () => {
  const loaded = await tryText(`${head}tax_rates:\n  a: &a { code: X }\n  b: *a\n`);
  assert.equal(told(loaded), ['DUPLICATE_IDENTITY 5:3']);
});

test('an id that stands twice is told where it stands', async () => {
  const id = '2c1f6a0e-4f0e-4c3c-9b57-0d7f2f5a9c11';
  const loaded = await tryText(`${head}tax_rates:\n  a: { id: ${id} }\n  b: { id: ${id} }\n`);
  assert.equal(told(loaded), ['DUPLICATE_IDENTITY 5:12']);
});

test('no rate is no percent of anything, so a bare zero has one repair', async () => {
  const loaded = await tryText(`${head}tax_rates: { a: { code: X, effective_tax_rate: 0 } }\n`);
  assert.equal(told(loaded), ['PERCENT_FORM 3:48']);
  const [fixed] = fix(loaded);
  assert.match(fixed?.text ?? '', /effective_tax_rate: 0% \}/);
});

test('keys are the same in either Unicode form', async () => {
  const twice = await tryText(`${head}tax_rates:\n  B\u00fcro: { code: X }\n  Bu\u0308ro: { code: Y }\n`);
  assert.equal(told(twice), ['DUPLICATE_KEY 5:3']);
  const composed = await tryText(
    `${head}ledger_accounts: { Bu\u0308ro: { nominal_code: "1" } }\nsettings: { ledger_accounts: { payments: B\u00fcro, products: Bu\u0308ro } }\n`,
  );
  assert.equal(composed.problems, []);
  assert.is(composed.desired?.settings.length, 2);
});

test('a file of nothing but a document mark is as empty as an empty one', async () => {
  const loaded = await tryText('---\n# nothing yet\n');
  assert.equal(loaded.problems, []);
  assert.ok(loaded.fragment);
});

test('a folder in extends is called one', async () => {
  const loaded = await tryLoad({ 'a.yaml': `${head}extends: [., base]\n${cash}`, 'base/b.yaml': '' });
  assert.equal(told(loaded), ['FILE_UNREADABLE 3:11', 'FILE_UNREADABLE 3:14']);
  assert.match(loaded.problems[0]?.message ?? '', /`\.`.*folder/);
});

test('no mistake moves the lines below it', async () => {
  const loaded = await tryText('version: 1\nsettings: {} 9\n  b }\npolicy: {}\ntax_rates: @\n');
  assert.is(told(loaded).at(-1), 'YAML_SYNTAX 5:12');
});

test('a link that leads outside is called a link', async () => {
  const loaded = await tryLoad({ 'a.yaml': `${head}extends: [out.yaml, ../x.yaml]\n` }, async (folder) => {
    await symlink('/etc/hosts', join(folder, 'out.yaml'));
    return {};
  });
  assert.equal(told(loaded), ['EXTENDS_OUTSIDE 3:11', 'EXTENDS_OUTSIDE 3:21']);
  assert.equal(
    loaded.problems.map(({ message }) => message.includes('link')),
    [true, false],
  );
});

test.run();
