import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { head, tryText } from './try-load.ts';
import { tryResolve } from './try-resolve.ts';

const test = suite('assignments');

const accounts = `${head}ledger_accounts: { fees: { nominal_code: "4010" }, hosting: { nominal_code: "6300" } }
tax_rates: { standard: { code: STD } }
`;
const id = 'ABCDEF00-5A43-4a35-8e0e-6f4f5b1f9d02';
const fees = { type: 'key', address: 'ledger_accounts.fees' };
const resolveText = (assignments: string) =>
  tryResolve({ 'ledgerform.yaml': `${accounts}assignments:\n${assignments}` });

/** `CODE line:column` of every problem of the file, its shape included; line 1 is the one after `assignments:`. */
async function told(assignments: string): Promise<readonly string[]> {
  const { problems } = await tryText(`${accounts}assignments:\n${assignments}`);
  return problems.map(({ code, line, column, hint }) => {
    assert.ok(hint);
    return `${code} ${(line ?? 0) - 5}:${column}`;
  });
}

const product = (item: string) => `  products:\n    - { ${item} }\n`;
const line = (item: string) => `  line_items:\n    - { ${item} }\n`;

test('items come out in their order, with what they name, match and assign', async () => {
  const { desired, problems } = await resolveText(`  products:
    - product: { external_reference: " SKU-100 " }
      ledger_account: fees
    - rule: consulting
      when: { type: service, name: ["Consult**", "consult*", " Hour "], currency: [eur, EUR] }
      ledger_account: { nominal_code: "4010" }
  line_items:
    - payable: { id: ${id} }
      line_item: { id: ${id} }
      ledger_account: null
      tax_rate: standard
    - when: { payable: { counterpart_id: ${id}, created_at: { from: 2026-01-01 } } }
      ledger_account: { id: ${id} }
      overwrite: true
`);
  assert.equal(problems, []);
  const at = (line: number) => ({ file: 'ledgerform.yaml', line, column: 7 });
  const low = id.toLowerCase();
  const lookup = { type: 'lookup', collection: 'ledger_accounts' };
  assert.equal(desired.assignments.products, [
    {
      type: 'specific',
      product: { by: 'external_reference', text: 'SKU-100' },
      targets: { ledger_account: fees },
      origin: at(7),
    },
    {
      type: 'rule',
      name: 'consulting',
      overwrite: false,
      when: { type: ['service'], name: ['Consult*', 'consult*', 'Hour'], currency: ['EUR'] },
      targets: { ledger_account: { ...lookup, identity: { code: '4010' } } },
      origin: at(9),
    },
  ]);
  assert.equal(desired.assignments.lineItems, [
    {
      type: 'specific',
      payable: { by: 'id', text: low },
      line_item: { by: 'id', text: low },
      targets: { ledger_account: null, tax_rate: { type: 'key', address: 'tax_rates.standard' } },
      origin: at(13),
    },
    {
      type: 'rule',
      name: null,
      overwrite: true,
      when: {
        payable: { status: ['draft', 'new'], counterpart_id: [low], created_at: { from: '2026-01-01' } },
        line_item: {},
      },
      targets: { ledger_account: { ...lookup, identity: { id: low } } },
      origin: at(17),
    },
  ]);
});

test('a document number stays as it is written, whatever it looks like', async () => {
  const { desired } = await resolveText(
    line('payable: { document_id: INV-a }, line_item: { description: X }, ledger_account: fees'),
  );
  const [item] = desired.assignments.lineItems;
  assert.equal(item?.type === 'specific' ? item.payable : null, { by: 'document_id', text: 'INV-a' });
});

for (const by of ['counterpart_id', 'counterpart_name', 'id', 'document_id']) {
  test(`a payable can be named by ${by}`, async () => {
    const item = line(`payable: { ${by}: ${id} }, line_item: { name: Hosting }, ledger_account: fees`);
    assert.equal(await told(item), []);
    const { desired } = await resolveText(item);
    const [found] = desired.assignments.lineItems;
    assert.is(found?.type === 'specific' ? found.payable.by : null, by);
  });
}

test('a condition that anything meets demands nothing', async () => {
  const { desired } = await resolveText(
    line('when: { line_item: { name: ["A", "***"] }, payable: { created_at: {} } }, ledger_account: fees'),
  );
  const [item] = desired.assignments.lineItems;
  assert.equal(item?.type === 'rule' ? item.when : null, {
    payable: { status: ['draft', 'new'] },
    line_item: {},
  });
});

const wrong: Readonly<Record<string, readonly [text: string, ...problems: string[]]>> = {
  'two selectors': [
    product('product: { external_reference: x, name: y }, ledger_account: fees'),
    'NOT_ALLOWED 2:18',
  ],
  'no selector': [product('product: {}, ledger_account: fees'), 'MISSING_KEY 2:18'],
  'an unknown selector': [product('product: { nme: x }, ledger_account: fees'), 'UNKNOWN_KEY 2:20'],
  'neither product nor when': [product('ledger_account: fees'), 'MISSING_KEY 2:7'],
  'a name of a rule without when': [product('rule: a, ledger_account: fees'), 'MISSING_KEY 2:7'],
  'a misspelt when alone': [product('wen: {}, ledger_account: fees'), 'UNKNOWN_KEY 2:9'],
  'product and when': [product('product: { name: x }, when: {}, ledger_account: fees'), 'NOT_ALLOWED 2:31'],
  'overwrite on one product': [
    product('product: { name: x }, ledger_account: fees, overwrite: false'),
    'NOT_ALLOWED 2:53',
  ],
  'a name on one product': [
    product('product: { name: x }, ledger_account: fees, rule: a'),
    'NOT_ALLOWED 2:53',
  ],
  'nothing assigned': [product('when: {}'), 'MISSING_KEY 2:7'],
  'everything missing': [product(''), 'MISSING_KEY 2:7', 'MISSING_KEY 2:7'],
  'a rule that unassigns': [product('when: {}, ledger_account: null'), 'NOT_ALLOWED 2:35'],
  'one product that is unassigned': [product('product: { name: x }, ledger_account: null')],
  'a tax rate for a product': [
    product('when: {}, ledger_account: fees, tax_rate: standard'),
    'UNKNOWN_KEY 2:41',
  ],
  'an unknown key with a suggestion': [product('when: {}, ledger_account: feees'), 'REFERENCE_UNKNOWN 2:35'],
  'a code that is a number': [
    product('when: {}, ledger_account: { nominal_code: 0400 }'),
    'CODE_NOT_TEXT 2:51',
  ],
  'an account that is a number': [product('when: {}, ledger_account: 4010'), 'WRONG_TYPE 2:35'],
  'an unknown type': [product('when: { type: servise }, ledger_account: fees'), 'NOT_ALLOWED 2:23'],
  'an unknown type in a list': [
    product('when: { type: [product, servise] }, ledger_account: fees'),
    'NOT_ALLOWED 2:33',
  ],
  'an empty list': [product('when: { name: [] }, ledger_account: fees'), 'NOT_ALLOWED 2:23'],
  'a currency of two letters': [product('when: { currency: EU }, ledger_account: fees'), 'NOT_ALLOWED 2:27'],
  'a payable without a line': [
    line('payable: { id: x }, ledger_account: fees'),
    'MISSING_KEY 2:7',
    'NOT_ALLOWED 2:24',
  ],
  'a line without a payable': [line('line_item: { name: x }, ledger_account: fees'), 'MISSING_KEY 2:7'],
  'an unknown status': [line('when: { payable: { status: nwe } }, tax_rate: standard'), 'NOT_ALLOWED 2:36'],
};

for (const [what, [text, ...problems]] of Object.entries(wrong)) {
  test(`${what}: ${problems.join(', ') || 'is fine'}`, async () => {
    assert.equal(await told(text), problems);
  });
}

const created = (span: string) =>
  line(`when: { payable: { created_at: { ${span} } } }, ledger_account: fees`);
const spans: Readonly<Record<string, readonly string[]>> = {
  'from: 2026-02-28, to: 2026-02-28': [],
  'from: 2024-02-29': [],
  'from: 2026-02-29': ['NOT_ALLOWED 2:48'],
  'to: 2026-13-01': ['NOT_ALLOWED 2:46'],
  'to: 2026-04-31': ['NOT_ALLOWED 2:46'],
  'to: 2026-00-10': ['NOT_ALLOWED 2:46'],
  'to: 26-01-01': ['NOT_ALLOWED 2:46'],
  'to: 2026': ['WRONG_TYPE 2:46'],
  'to: "2026-01-31T24:00:00Z"': ['NOT_ALLOWED 2:46'],
  'to: "2026-01-31T23:59:59.5+02:00"': [],
  'from: "2026-01-31T12:00:00Z", to: 2026-01-31': [],
  'from: 2026-02-01, to: 2026-01-31': ['RULE_IMPOSSIBLE 2:40'],
  'from: "2026-01-31T12:00:00Z", to: "2026-01-31T11:00:00Z"': ['RULE_IMPOSSIBLE 2:40'],
};

for (const [span, problems] of Object.entries(spans)) {
  test(`created_at ${span}: ${problems.join(', ') || 'is fine'}`, async () => {
    assert.equal(await told(created(span)), problems);
  });
}

test('the same thing named twice is told at the second, naming the first', async () => {
  const item = 'payable: { document_id: "INV-1" }, line_item: { name: Hosting }';
  const { problems } = await resolveText(`  line_items:
    - { ${item}, ledger_account: fees }
    - { payable: { document_id: INV-1 }, line_item: { name: " Hosting" }, tax_rate: standard }
    - { payable: { document_id: INV-1 }, line_item: { name: hosting }, tax_rate: standard }
`);
  assert.equal(
    problems.map(({ code, line }) => `${code} ${line}`),
    ['ASSIGNMENT_TWICE 8'],
  );
  assert.match(problems[0]?.message ?? '', /ledgerform\.yaml:7:7/);
});

test('rules of one list have names of their own; the other list may use them again', async () => {
  const text = `  products:
    - { rule: a, when: { name: x }, ledger_account: fees }
    - { rule: a, when: { name: y }, ledger_account: fees }
  line_items:
    - { rule: a, when: { line_item: { name: x } }, ledger_account: fees }
`;
  const { problems } = await resolveText(text);
  assert.equal(
    problems.map(({ code, line }) => `${code} ${line}`),
    ['RULE_NAME_TWICE 8'],
  );
  assert.match(problems[0]?.message ?? '', /ledgerform\.yaml:7:7/);
});

const rule = (name: string) =>
  `{ rule: ${name}, when: { name: ${name} }, ledger_account: { nominal_code: "1" } }`;
const products = (...names: readonly string[]) =>
  `assignments: { products: [${names.map(rule).join(', ')}] }\n`;
const namesOf = async (files: Readonly<Record<string, string>>) => {
  const { desired, problems } = await tryResolve(files);
  assert.equal(problems, []);
  return desired.assignments.products.map((item) => (item.type === 'rule' ? item.name : null));
};

test('a file’s own items stand before the inherited ones, from the last of extends to the first', async () => {
  const files = {
    'ledgerform.yaml': `${head}extends: [one.yaml, two.yaml]\n${products('own1', 'own2')}`,
    'one.yaml': `extends: [base.yaml]\n${products('one1', 'one2')}`,
    'two.yaml': products('two1', 'two2'),
    'base.yaml': products('base1', 'base2'),
  };
  const order = ['own1', 'own2', 'two1', 'two2', 'one1', 'one2', 'base1', 'base2'];
  assert.equal(await namesOf(files), order);
});

test('a file that is reached on two ways gives its items once, where they come first', async () => {
  const files = {
    'ledgerform.yaml': `${head}extends: [one.yaml, two.yaml]\n`,
    'one.yaml': `extends: [base.yaml]\n${products('one')}`,
    'two.yaml': `extends: [base.yaml]\n${products('two')}`,
    'base.yaml': products('base'),
  };
  assert.equal(await namesOf(files), ['two', 'base', 'one']);
});

test('a file without assignments of its own keeps the inherited ones', async () => {
  const files = {
    'ledgerform.yaml': `${head}extends: [one.yaml, two.yaml]\nassignments: { line_items: [] }\n`,
    'one.yaml': products('one'),
    'two.yaml': 'assignments: {}\n',
  };
  assert.equal(await namesOf(files), ['one']);
});

test('one thing that two files name, and one name of two rules, are told in the file that extends', async () => {
  const item = '{ product: { name: x }, ledger_account: { nominal_code: "1" } }';
  const list = `assignments: { products: [${item}, ${rule('a')}] }\n`;
  const { problems } = await tryResolve({
    'ledgerform.yaml': `${head}extends: [base.yaml]\n${list}`,
    'base.yaml': list,
  });
  assert.equal(
    problems.map(({ code, file, line }) => `${code} ${file} ${line}`),
    ['ASSIGNMENT_TWICE ledgerform.yaml 4', 'RULE_NAME_TWICE ledgerform.yaml 4', 'RULE_COVERED base.yaml 1'],
  );
  for (const { message } of problems.slice(0, 2)) assert.match(message, /base\.yaml:1:\d+/);
});

test('an inherited item may refer to an entry of the file that extends it', async () => {
  const { desired, problems } = await tryResolve({
    'ledgerform.yaml': `${accounts}extends: [base.yaml]\n`,
    'base.yaml': 'assignments: { products: [{ when: {}, ledger_account: fees }] }\n',
  });
  assert.equal(problems, []);
  assert.equal(desired.assignments.products[0]?.targets, { ledger_account: fees });
});

test('thousands of unknown keys among thousands of accounts are told in bounded time', async () => {
  const many = Array.from({ length: 5000 }, (_, at) => at);
  const text = `${head}ledger_accounts:
${many.map((at) => `  account_number_${at}: { nominal_code: "${at}" }\n`).join('')}
assignments:
  products:
${many.map((at) => `    - { product: { name: p${at} }, ledger_account: acount_nmber_${at} }\n`).join('')}`;
  const before = process.cpuUsage();
  const { problems } = await tryResolve({ 'ledgerform.yaml': text });
  const { user, system } = process.cpuUsage(before);
  assert.is(problems.filter(({ code }) => code === 'REFERENCE_UNKNOWN').length, 5000);
  assert.match(problems[0]?.hint ?? '', /account_number_/);
  assert.ok(user + system < 8e6, `${user + system} µs`);
});

test.run();
