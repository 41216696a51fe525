import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import { modelineTo } from '../../src/load/modeline.ts';
import { accepted, offsetAt, openLanguageServer, positionAt } from './language-server.ts';
import { keysIn } from './schema-keys.ts';

/*
 * What people see in an editor, asked of the language server that most of them run. It is started once; each text stands in a
 * file of its own.
 */

const test = suite('the schema in an editor');
const project = resolve(import.meta.dirname, '..', '..');
const server = await openLanguageServer(project);
const top = `${modelineTo('./schemas/ledgerform.v1.schema.json')}\n`;
const open = (body: string) => server.open(top + body, 'ledgerform.yaml');

test.after(async () => {
  assert.is(await server.close(), '', 'the server said something, or wanted to reach a host');
});

/** A text with ‸ where somebody asks what may stand there. */
async function offersAt(marked: string) {
  const text = top + marked.replace('‸', '');
  const offers = await server
    .open(text, 'ledgerform.yaml')
    .offers(positionAt(text, (top + marked).indexOf('‸')));
  return { text, offers };
}

const entry = ['id', 'name', 'nominal_code', 'description', 'was'];
const lookUp = ['nominal_code', 'name', 'id'];
const rule = (list: string, more: string) => `assignments:\n  ${list}:\n    - rule: x\n${more}`;
const statuses =
  'draft new approve_in_progress waiting_to_be_paid partially_paid paid canceled rejected'.split(' ');
const byCode = 'look the ledger account up by its nominal_code';

/** At each place everything that is offered, in any order. */
const offered: Readonly<Record<string, readonly string[]>> = {
  '‸': [
    ...['version', 'organization', 'environment', 'extends', 'tax_rates', 'ledger_accounts', 'removed'],
    ...['external', 'settings', 'assignments', 'policy'],
  ],
  'version: ‸': ['1'],
  'version: 1\norganization:\n  ‸': ['id', 'name'],
  'environment: ‸': ['local', 'sandbox', 'production'],
  'environment: sa‸': ['local', 'sandbox', 'production'],
  'extends:\n  ‸': ['a file to build on'],
  'ledger_accounts:\n  ‸': ['a new ledger account'],
  'ledger_accounts:\n  cash: { name: Cash }\n  ‸': ['a new ledger account'],
  'ledger_accounts:\n  cash:\n    ‸': entry,
  'ledger_accounts:\n  cash:\n    name: Cash\n    ‸\n  bank: { name: Bank }': entry.filter(
    (key) => key !== 'name',
  ),
  'ledger_accounts:\n  cash:\n    nominal_code: ‸': ['"4010"'],
  'ledger_accounts:\n  cash:\n    was:\n      ‸': ['nominal_code', 'name'],
  'tax_rates:\n  ‸': ['a new tax rate'],
  'tax_rates:\n  full:\n    ‸': ['id', 'name', 'code', 'effective_tax_rate', 'description', 'was'],
  'tax_rates:\n  full:\n    effective_tax_rate: ‸': ['7.5%'],
  'removed:\n  ‸': ['ledger_accounts', 'tax_rates'],
  'removed:\n  ledger_accounts:\n    ‸': ['a ledger account that must not exist'],
  'removed:\n  ledger_accounts:\n    - ‸': lookUp,
  'external:\n  ‸': ['ledger_accounts', 'tax_rates'],
  'external:\n  ledger_accounts:\n    ‸': ['a ledger account to look up'],
  'external:\n  ledger_accounts:\n    fees:\n      ‸': lookUp,
  'external:\n  ledger_accounts:\n    fees: { n‸ }': lookUp,
  'settings:\n  ‸': ['ledger_accounts', 'tax_rates'],
  'settings:\n  ledger_accounts:\n    ‸': ['payments', 'products'],
  'settings:\n  ledger_accounts:\n    payments: ‸': ['cash_clearing', byCode, 'null'],
  'settings:\n  ledger_accounts:\n    payments:\n      ‸': [...lookUp, byCode],
  'assignments:\n  ‸': ['products', 'line_items'],
  'assignments:\n  products:\n    ‸': ['a rule', 'one product'],
  'assignments:\n  products:\n    - ‸': ['product', 'when', 'ledger_account', 'rule', 'overwrite'],
  [rule('products', '      ‸')]: ['when', 'ledger_account', 'overwrite'],
  [rule('products', '      when:\n        ‸')]: ['type', 'name', 'external_reference', 'currency'],
  [rule('products', '      when: { t‸ }')]: ['type', 'name', 'external_reference', 'currency'],
  [rule('products', '      when:\n        type: ‸')]: ['product', 'service'],
  [rule('products', '      when:\n        type:\n          - ‸')]: ['product', 'service'],
  [rule('products', '      when: {}\n      ‸')]: ['ledger_account', 'overwrite'],
  // A rule cannot unassign.
  [rule('products', '      when: {}\n      ledger_account: ‸')]: ['consulting_income', byCode],
  [rule('products', '      when: {}\n      overwrite: ‸')]: ['false', 'true'],
  'assignments:\n  products:\n    - product:\n        ‸': ['id', 'external_reference', 'name'],
  'assignments:\n  products:\n    - product: { name: x }\n      ‸': ['ledger_account'],
  'assignments:\n  products:\n    - product: { name: x }\n      ledger_account: ‸': [
    'consulting_income',
    byCode,
    'null',
  ],
  'assignments:\n  line_items:\n    ‸': ['a rule', 'one line'],
  'assignments:\n  line_items:\n    - payable: { document_id: x }\n      ‸': [
    'line_item',
    'ledger_account',
    'tax_rate',
  ],
  [rule('line_items', '      when:\n        ‸')]: ['payable', 'line_item'],
  [rule('line_items', '      when:\n        payable:\n          ‸')]: [
    ...['status', 'document_id', 'counterpart_name', 'counterpart_id', 'currency', 'created_at'],
  ],
  [rule('line_items', '      when:\n        payable:\n          status: ‸')]: statuses,
  [rule('line_items', '      when:\n        payable:\n          created_at:\n            ‸')]: ['from', 'to'],
  [rule('line_items', '      when: {}\n      ‸')]: ['ledger_account', 'tax_rate', 'overwrite'],
  'policy:\n  ‸': ['prune', 'max_deletes', 'max_overwrites', 'protect'],
  'policy:\n  prune: ‸': ['never', 'removed', 'all'],
  'policy:\n  protect:\n    ‸': ['an object to protect'],
};

test('at each place exactly what may stand there is offered', async () => {
  const wrong = await Promise.all(
    Object.entries(offered).map(async ([marked, expected]) => {
      const labels = (await offersAt(marked)).offers.map(({ label }) => label);
      const isRight = [...labels].sort().join() === [...expected].sort().join();
      return isRight ? [] : [`${marked}\nis offered ${labels.join(', ')}`];
    }),
  );
  assert.equal(wrong.flat(), []);
});

/** What is marked while an item of a list is not complete. */
const incomplete = /^(?:Missing property "id"|Write a rule|A rule says|Say what is assigned|`\w+` belongs)/;

test('what is offered is right when it is inserted', async () => {
  let tried = 0;
  const wrong = await Promise.all(
    Object.keys(offered).map(async (marked) => {
      const { offers, text } = await offersAt(marked);
      const results = offers.map(async (offer) => {
        const after = accepted(text, offer);
        // The value is for the user to write, or the next thing to be offered.
        if (/(?:[:-]\s*|\{ [a-z_]+ \})$/.test(after.trimEnd()) || /:\s*\n {2}bank/.test(after)) return [];
        tried += 1;
        const marks = await server.open(after, 'ledgerform.yaml').marks;
        const bad = marks.filter(({ message }) => !incomplete.test(message));
        return bad.map(({ message }) => `${message}\n${after}`);
      });
      return (await Promise.all(results)).flat();
    }),
  );
  assert.equal(wrong.flat(), []);
  assert.ok(tried > 70, String(tried));
});

test('a code is inserted with its quotes around what is typed over', async () => {
  for (const at of ['ledger_accounts:\n  cash:\n    ‸', 'removed:\n  ledger_accounts:\n    - ‸']) {
    const { offers } = await offersAt(at);
    const code = offers.find(({ label }) => label === 'nominal_code');
    assert.is(code?.textEdit?.newText, `nominal_code: "\${1:4010}"`);
  }
});

test('at every key there is a text', async () => {
  const everything = await readFile(join(import.meta.dirname, 'everything.yaml'), 'utf8');
  const places = keyPlaces(everything);
  const schema: unknown = JSON.parse(
    await readFile(join(project, 'schemas', 'ledgerform.v1.schema.json'), 'utf8'),
  );
  const there = new Set(places.map(({ path }) => path));
  const known = new Set(keysIn(schema).map(({ path }) => path));
  assert.equal(
    // A look-up says one thing; those in settings are the same as in assignments.
    [...known].filter((path) => !/\]$|^settings\.\w+\.\w+\./.test(path) && !there.has(path)),
    [],
  );
  const text = open(everything);
  assert.equal(await text.marks, []);
  const mute = places.map(async ({ offset, path }) => {
    const shown = await text.hover(positionAt(top + everything, top.length + offset));
    const [first = ''] = (shown ?? '').split('\n');
    // Signs of Markdown that come to the reader as they are.
    return first.length > 15 && !/^#|\\[`{]/.test(shown ?? '') ? [] : [`${path}: ${shown}`];
  });
  assert.equal((await Promise.all(mute)).flat(), []);
});

interface KeyPlace {
  readonly path: string;
  readonly offset: number;
}

/** Where each key of a text stands, by the paths of the schema. */
function keyPlaces(text: string): readonly KeyPlace[] {
  const own = /^(?:ledger_accounts|tax_rates|external\.ledger_accounts|external\.tax_rates)$/;
  const walk = (node: unknown, path: string): readonly KeyPlace[] => {
    if (isSeq(node)) return node.items.flatMap((item) => walk(item, `${path}[]`));
    if (!isMap(node)) return [];
    return node.items.flatMap((pair) => {
      if (!isPair(pair) || !isScalar(pair.key)) return [];
      const name = own.test(path) ? '<key>' : String(pair.key.value);
      const at = path === '' ? name : `${path}.${name}`;
      return [{ path: at, offset: pair.key.range?.[0] ?? 0 }, ...walk(pair.value, at)];
    });
  };
  return walk(parseDocument(text).contents, '');
}

const uuid = '9d2b4c8f-2087-4738-ba91-7359683c49a4';
const item = (list: string, text: string) => `assignments:\n  ${list}:\n    - ${text}\n`;

/** What is wrong in a text, and which words of it are marked with what the message must say. */
const mistakes: Readonly<Record<string, readonly [text: string, ...marks: (readonly [string, RegExp])[]]>> = {
  'an unknown section': ['ledger_acounts: {}\n', ['ledger_acounts', /ledger_acounts is not allowed/]],
  'an unknown field': ['ledger_accounts:\n  cash: { nmae: Cash }\n', ['nmae', /nmae is not allowed/]],
  'a version of another language': ['version: 2\n', ['2', /must be 1/]],
  'an organization without a version': [`organization: { id: ${uuid} }\n`, ['o', /version: 1/]],
  'an organization without an id': ['version: 1\norganization: { name: x }\n', ['organization', /"id"/]],
  'an id that is none': ['version: 1\norganization: { id: x }\n', ['x', /UUID/]],
  'another word': ['environment: prod\n', ['prod', /"local", "sandbox", "production"/]],
  'a code without quotes': ['ledger_accounts:\n  cash: { nominal_code: 0400 }\n', ['0400', /double quotes/]],
  'a code of a rate without quotes': ['tax_rates:\n  full: { code: 20 }\n', ['20', /double quotes/]],
  'a name without quotes that is a number': ['ledger_accounts:\n  cash: { name: 12 }\n', ['12', /string/]],
  'a rate without its sign': ['tax_rates:\n  full: { effective_tax_rate: 20 }\n', ['20', /percentage/]],
  'a key with a space': ['ledger_accounts:\n  "my cash": { name: Cash }\n', ['"my cash"', /without spaces/]],
  'a list of entries': ['ledger_accounts: [Cash]\n', ['[Cash]', /"object"/]],
  'a look-up by two things': [
    'external:\n  tax_rates:\n    full: { code: "A", name: A }\n',
    ['name', /one of code, name or id, and only one/],
  ],
  'a look-up by nothing': ['external:\n  tax_rates:\n    full: {}\n', ['full', /\{ code: "/]],
  'a code in place of a key': [
    'settings:\n  ledger_accounts:\n    payments: 4010\n',
    ['4010', /a key of this file, or look/],
  ],
  'an unknown setting': [
    'settings:\n  ledger_accounts:\n    payment: a\n',
    ['payment', /payment is not allowed/],
  ],
  'a rule that names one thing': [
    item('products', 'when: {}\n      product: { name: x }\n      ledger_account: a'),
    ['product', /not both/],
  ],
  'a rule that has only begun': [item('products', 'rule: x'), ['r', /`when`/], ['r', /what is assigned/]],
  'an item that says only what it assigns': [item('products', 'ledger_account: a'), ['l', /Write a rule/]],
  'a rule that unassigns': [
    item('products', 'when: {}\n      ledger_account: null'),
    ['null', /cannot unassign/],
  ],
  'a line without its payable': [
    item('line_items', 'line_item: { name: x }\n      tax_rate: a'),
    ['l', /`payable` belongs/],
  ],
  'overwrite where it is not needed': [
    item('products', 'product: { name: x }\n      ledger_account: a\n      overwrite: true'),
    ['overwrite', /Only for rules/],
  ],
  'an unknown condition': [
    item('products', 'when: { typ: service }\n      ledger_account: a'),
    ['typ', /typ is not allowed/],
  ],
  'another word in a list': [
    item('products', 'when: { type: [service, prodct] }\n      ledger_account: a'),
    ['prodct', /"product", "service"/],
  ],
  'a date that is none': [
    item('line_items', 'when: { payable: { created_at: { from: 2026-1-1 } } }\n      ledger_account: a'),
    ['2026-1-1', /date/],
  ],
  'fewer than none': ['policy: { max_deletes: -1 }\n', ['-1', /minimum of 0/]],
  'an address that is none': ['policy: { protect: [cash] }\n', ['cash', /address/]],
  'a key twice': ['policy: {}\npolicy: {}\n', ['policy: {}\n', /unique/]],
};

test('each mistake is marked where it is, once, and said in words', async () => {
  const results = Object.entries(mistakes).map(async ([what, [body, ...expected]]) => {
    const text = top + body;
    const marks = await server.open(text, 'ledgerform.yaml').marks;
    const told = marks.map(({ message, range, severity }) => ({
      ...{ severity, message },
      words: text.slice(offsetAt(text, range.start), offsetAt(text, range.end)),
    }));
    const isRight =
      told.length === expected.length &&
      expected.every(([words, message], at) => {
        const mark = told[at];
        return mark?.severity === 1 && mark.words === words && message.test(mark.message);
      });
    return isRight ? [] : [`${what}: ${JSON.stringify(told)}`];
  });
  assert.equal((await Promise.all(results)).flat(), []);
});

test('what is right is not marked: the examples, files that others extend, variables, anchors, what is dropped', async () => {
  const folder = join(project, 'examples');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.yaml'));
  assert.ok(files.length > 10);
  const marked = files.map(async (file) => {
    const path = relative(project, join(folder, file));
    const marks = await server.open(await readFile(join(folder, file), 'utf8'), path).marks;
    return marks.map(({ message, range }) => `${path}:${range.start.line + 1} ${message}`);
  });
  assert.equal((await Promise.all(marked)).flat(), []);
  const sound = [
    'extends: [base.yaml]\norganization: { name: Acme }\n',
    `environment: \${var.WHERE:-local}\ntax_rates:\n  full: { code: "\${var.CODE}", effective_tax_rate: "\${var.RATE}" }\n`,
    'ledger_accounts:\n  a: &a { name: A, nominal_code: "1" }\n  b: { <<: *a, nominal_code: "2" }\n  c: null\n',
    'settings: { ledger_accounts: { payments: null, products: { name: Sales } } }\n',
    item('products', 'product: { name: x }\n      ledger_account: null'),
  ].map((body) => open(body).marks);
  assert.equal((await Promise.all(sound)).flat(), []);
});

test.run();
