import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { head, told, tryLoad, tryText } from './try-load.ts';

const test = suite('load');

const complete = `version: 1
organization:
  id: 9d2b4c8f-2087-4738-ba91-7359683c49a4
  name: Acme GmbH
environment: sandbox
tax_rates:
  reduced:
    name: Reduced tax
    code: RED_TAX
    effective_tax_rate: 7.50%
ledger_accounts:
  cash_clearing:
    name: "  Cash clearing "
    nominal_code: "1090"
    description: null
    was: { nominal_code: "1190" }
removed:
  ledger_accounts: [{ nominal_code: "1180" }]
external:
  tax_rates:
    standard: { code: OUTPUT2 }
settings:
  ledger_accounts:
    payments: cash_clearing
    products: { name: Sales }
  tax_rates:
    deductions: null
policy:
  prune: removed
  protect: [ledger_accounts.cash_clearing]
`;

test('a complete file comes to what it says, in canonical form and with its places', async () => {
  const { desired, problems, fragment, files, sha256 } = await tryText(complete);
  assert.equal(problems, []);
  assert.not(fragment);
  assert.equal(files, [{ path: 'ledgerform.yaml', text: complete }]);
  assert.is(sha256, createHash('sha256').update(complete).digest('hex'));
  assert.ok(desired);
  const file = 'ledgerform.yaml';
  assert.equal(desired.organization, { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' });
  assert.is(desired.environment, 'sandbox');
  assert.equal([...desired.declared].sort(), ['ledger_accounts', 'tax_rates']);
  assert.equal(desired.entries, [
    {
      address: 'ledger_accounts.cash_clearing',
      collection: 'ledger_accounts',
      key: 'cash_clearing',
      id: null,
      fields: { name: 'Cash clearing', nominal_code: '1090', description: null },
      was: { code: '1190' },
      origin: { file, line: 12, column: 3 },
      fieldOrigins: {
        name: { file, line: 13, column: 11 },
        nominal_code: { file, line: 14, column: 19 },
        description: { file, line: 15, column: 18 },
      },
    },
    {
      address: 'tax_rates.reduced',
      collection: 'tax_rates',
      key: 'reduced',
      id: null,
      fields: { name: 'Reduced tax', code: 'RED_TAX', effective_tax_rate: '7.5%' },
      was: null,
      origin: { file, line: 7, column: 3 },
      fieldOrigins: {
        name: { file, line: 8, column: 11 },
        code: { file, line: 9, column: 11 },
        effective_tax_rate: { file, line: 10, column: 25 },
      },
    },
  ]);
  assert.equal(desired.removed, [
    { collection: 'ledger_accounts', identity: { code: '1180' }, origin: { file, line: 18, column: 21 } },
  ]);
  assert.equal(desired.externals, [
    {
      address: 'external.tax_rates.standard',
      collection: 'tax_rates',
      key: 'standard',
      identity: { code: 'OUTPUT2' },
      origin: { file, line: 21, column: 5 },
    },
  ]);
  assert.equal(
    desired.settings.map(({ address, reference }) => [address, reference]),
    [
      ['settings.ledger_accounts.payments', { type: 'key', address: 'ledger_accounts.cash_clearing' }],
      [
        'settings.ledger_accounts.products',
        { type: 'lookup', collection: 'ledger_accounts', identity: { name: 'Sales' } },
      ],
      ['settings.tax_rates.deductions', null],
    ],
  );
  const protect = ['ledger_accounts.cash_clearing'];
  assert.equal(desired.policy, { prune: 'removed', maxDeletes: 10, maxOverwrites: 100, protect });
});

test('without policy and environment the defaults hold', async () => {
  const { desired } = await tryText(head);
  assert.is(desired?.environment, 'local');
  assert.equal(desired?.policy, { prune: 'never', maxDeletes: 10, maxOverwrites: 100, protect: [] });
  assert.equal([...(desired?.declared ?? ['?'])], []);
});

test('a folder means the ledgerform.yaml in it', async () => {
  const { desired, files } = await tryLoad({ 'orgs/acme/ledgerform.yaml': head }, { path: 'orgs/acme' });
  assert.ok(desired);
  assert.is(files[0]?.path, 'orgs/acme/ledgerform.yaml');
});

test('a byte order mark and CRLF change nothing but the bytes', async () => {
  const text = `\ufeff${complete.replaceAll('\n', '\r\n')}`;
  const { desired, problems } = await tryText(text);
  assert.equal(problems, []);
  assert.equal(desired, (await tryText(complete)).desired);
});

test('the first column is the same with a byte order mark', async () => {
  assert.equal(told(await tryText('\ufeffnonsense: 1\n')), ['UNKNOWN_KEY 1:1']);
});

test('a key that is a number is a name like any other', async () => {
  const { desired } = await tryText(`${head}ledger_accounts:\n  404: { nominal_code: "404" }\n`);
  assert.is(desired?.entries[0]?.address, 'ledger_accounts.404');
});

test('text is compared in NFC and with one kind of line end', async () => {
  const text = `${head}ledger_accounts: { a: { name: "Cafe\\u0301", description: "x\\r\\ny" } }\n`;
  const fields = (await tryText(text)).desired?.entries[0]?.fields;
  assert.equal(fields, { name: 'Caf\u00e9', description: 'x\ny' });
});

test('a file without organization is a fragment, and what its user may supply is a warning', async () => {
  const text = 'ledger_accounts: { a: {} }\nsettings: { ledger_accounts: { payments: b } }\n';
  const loaded = await tryText(text);
  assert.ok(loaded.fragment);
  assert.is(loaded.desired, null);
  assert.equal(told(loaded), ['NO_IDENTITY 1:20', 'REFERENCE_UNKNOWN 2:42']);
  assert.equal(
    loaded.problems.map(({ severity }) => severity),
    ['warning', 'warning'],
  );
});

test('an empty file is a fragment', async () => {
  const loaded = await tryText('');
  assert.ok(loaded.fragment);
  assert.equal(loaded.problems, []);
});

test('a missing file is a problem of its own and nothing else', async () => {
  const loaded = await tryLoad({}, { path: 'nowhere.yaml' });
  assert.equal(told(loaded), ['FILE_NOT_FOUND 1:1']);
  assert.is(loaded.problems[0]?.file, 'nowhere.yaml');
  assert.not(loaded.fragment);
});

test('one mistake is told once: a misspelt section does not make its references unknown', async () => {
  const text = `${head}ledger_acounts: { cash: { nominal_code: "1" } }\nsettings: { ledger_accounts: { payments: cash } }\n`;
  assert.equal(told(await tryText(text)), ['UNKNOWN_KEY 3:1']);
});

test('one mistake is told once: a misspelt code is not also a missing identity', async () => {
  assert.equal(told(await tryText(`${head}tax_rates: { a: { cod: X } }\n`)), ['UNKNOWN_KEY 3:19']);
});

test('all problems are reported, in the order of the file', async () => {
  const text = `version: 1
organization: { id: nonsense }
ledger_accounts:
  a: { nominal_code: 010, colour: red }
  b: { nominal_code: "7", name: [] }
  c: { nominal_code: "7" }
settings: { ledger_accounts: { payments: aa } }
policy: { max_deletes: ten }
`;
  assert.equal(told(await tryText(text)), [
    'NOT_ALLOWED 2:21',
    'CODE_NOT_TEXT 4:22',
    'UNKNOWN_KEY 4:27',
    'WRONG_TYPE 5:33',
    'DUPLICATE_IDENTITY 6:22',
    'REFERENCE_UNKNOWN 7:42',
    'WRONG_TYPE 8:24',
  ]);
});

const hints: Readonly<Record<string, readonly [yaml: string, code: string, hint: RegExp]>> = {
  'a misspelt key': ['tax_rates: { a: { code: X, descripton: y } }', 'UNKNOWN_KEY', /`description`/],
  'a misspelt word': ['policy: { prune: remove }', 'NOT_ALLOWED', /`removed`/],
  'a code with leading zeros': [
    'ledger_accounts: { a: { nominal_code: 0400 } }',
    'CODE_NOT_TEXT',
    /`"0400"`/,
  ],
  'a truth value': ['tax_rates: { a: { code: True } }', 'CODE_NOT_TEXT', /`"True"`/],
  'null as code': ['tax_rates: { a: { code: ~ } }', 'CODE_NOT_TEXT', /`"~"`/],
  'a code in place of a key': [
    'ledger_accounts: { cash: { nominal_code: "1090" } }\nsettings: { ledger_accounts: { payments: "1090" } }',
    'REFERENCE_UNKNOWN',
    /`cash`/,
  ],
  'an address in place of a key': [
    'ledger_accounts: { cash: { nominal_code: "1090" } }\nsettings: { ledger_accounts: { payments: ledger_accounts.cash } }',
    'REFERENCE_UNKNOWN',
    /`cash`/,
  ],
  'a bare code as reference': [
    'settings: { ledger_accounts: { payments: 0090 } }',
    'WRONG_TYPE',
    /`\{ nominal_code: "0090" \}`/,
  ],
  'a rate from the API': ['tax_rates: { a: { code: X, effective_tax_rate: 2000 } }', 'PERCENT_FORM', /`20%`/],
  'a rate as a fraction': [
    'tax_rates: { a: { code: X, effective_tax_rate: 0.19 } }',
    'PERCENT_FORM',
    /`19%`.*`0\.19%`/,
  ],
  'a rate with a comma': [
    'tax_rates: { a: { code: X, effective_tax_rate: "7,5" } }',
    'PERCENT_FORM',
    /`7\.5%`/,
  ],
  'a misspelt protected address': [
    'ledger_accounts: { cash: { nominal_code: "1" } }\npolicy: { protect: [ledger_accounts.csh] }',
    'PROTECT_UNKNOWN',
    /`ledger_accounts\.cash`/,
  ],
};

const deductions: Record<string, readonly [yaml: string, codes: readonly string[]]> = {
  'another rate than 0%': [
    'tax_rates: { r: { code: R, effective_tax_rate: 7.5% } }\nsettings: { tax_rates: { deductions: r } }',
    ['SETTING_UNSUITABLE warning'],
  ],
  '0%, however it is written': [
    'tax_rates: { r: { code: R, effective_tax_rate: 0.00% } }\nsettings: { tax_rates: { deductions: r } }',
    [],
  ],
  'a rate that is not stated': [
    'tax_rates: { r: { code: R } }\nsettings: { tax_rates: { deductions: r } }',
    [],
  ],
  'a rate of the accounting system': [
    'external: { tax_rates: { r: { code: R } } }\nsettings: { tax_rates: { deductions: r } }',
    [],
  ],
};

for (const [what, [yaml, expected]] of Object.entries(deductions)) {
  test(`deductions may point to ${what} ${expected.length > 0 ? 'only with a warning' : 'without a word'}`, async () => {
    const { problems, desired } = await tryText(`${head}${yaml}\n`);
    assert.ok(desired);
    assert.equal(
      problems.map(({ code, severity }) => `${code} ${severity}`),
      expected,
    );
  });
}

for (const [mistake, [yaml, code, hint]] of Object.entries(hints)) {
  test(`the repair is said for ${mistake}`, async () => {
    const { problems } = await tryText(`${head}${yaml}\n`);
    assert.equal(
      problems.map((problem) => problem.code),
      [code],
    );
    assert.match(problems[0]?.hint ?? '', hint);
  });
}

for (const rate of ['0%', '7%', '7.5%', '7.05%', '100%', '100.00%', ' 19 % ']) {
  test(`${JSON.stringify(rate)} is a percentage`, async () => {
    const { problems } = await tryText(
      `${head}tax_rates: { a: { code: X, effective_tax_rate: "${rate}" } }\n`,
    );
    assert.equal(problems, []);
  });
}

for (const rate of ['7.5', '7.555%', '100.01%', '-1%', '1e1%', '%', '', '7.5 percent', '٧%']) {
  test(`${JSON.stringify(rate)} is no percentage`, async () => {
    const loaded = await tryText(`${head}tax_rates: { a: { code: X, effective_tax_rate: "${rate}" } }\n`);
    assert.equal(told(loaded), ['PERCENT_FORM 3:48']);
  });
}

test('names may be shared by accounts that have codes, and identify those that have none', async () => {
  const shared = `${head}ledger_accounts:\n  a: { name: Cash, nominal_code: "1" }\n  b: { name: Cash, nominal_code: "2" }\n`;
  assert.equal(told(await tryText(shared)), []);
  const alone = `${head}ledger_accounts:\n  a: { name: Cash }\n  b: { name: Cash }\n`;
  assert.equal(told(await tryText(alone)), ['DUPLICATE_IDENTITY 5:14']);
});

test('the name does not stand in for a code that is there and cannot be used', async () => {
  const text = `${head}ledger_accounts:\n  a: { name: Cash, nominal_code: 01 }\n  b: { name: Cash, nominal_code: 02 }\n`;
  assert.equal(told(await tryText(text)), ['CODE_NOT_TEXT 4:34', 'CODE_NOT_TEXT 5:34']);
});

test('a key that stands twice hides nothing else that is wrong, unless it is a section', async () => {
  const settings = 'settings: { ledger_accounts: { payments: nothing } }\n';
  const entries = `${head}ledger_accounts:\n  a: { nominal_code: "1" }\n  a: { nominal_code: "2" }\n${settings}`;
  assert.equal(told(await tryText(entries)), ['DUPLICATE_KEY 5:3', 'REFERENCE_UNKNOWN 6:42']);
  const sections = `${head}ledger_accounts: {}\nledger_accounts: { nothing: { nominal_code: "2" } }\n${settings}`;
  assert.equal(told(await tryText(sections)), ['DUPLICATE_KEY 4:1']);
});

test('ids are UUIDs in any case of letters', async () => {
  const id = '9D2B4C8F-2087-4738-BA91-7359683C49A4';
  const { desired } = await tryText(
    `version: 1\norganization: { id: ${id} }\ntax_rates: { a: { id: ${id} } }\n`,
  );
  assert.equal([desired?.organization.id, desired?.entries[0]?.id], [id.toLowerCase(), id.toLowerCase()]);
});

test('codes of accounts differ by case, codes of taxes do not', async () => {
  const accounts = `${head}ledger_accounts: { a: { nominal_code: x }, b: { nominal_code: X } }\n`;
  assert.equal(told(await tryText(accounts)), []);
  const taxes = `${head}tax_rates: { a: { code: x }, b: { code: X } }\n`;
  assert.equal(told(await tryText(taxes)), ['DUPLICATE_IDENTITY 3:41']);
});

test('the environment is filled in where the file has none or says local, and never contradicted', async () => {
  assert.is((await tryText(head, { environment: 'production' })).desired?.environment, 'production');
  const local = await tryText(`${head}environment: local\n`, { environment: 'sandbox' });
  assert.is(local.desired?.environment, 'sandbox');
  const conflict = await tryText(`${head}environment: sandbox\n`, { environment: 'production' });
  assert.equal(told(conflict), ['ENVIRONMENT_CONFLICT 3:14']);
  assert.is(conflict.desired, null);
});

test('assignments are checked by shape before their meaning', async () => {
  const text = `${head}assignments:\n  products:\n    - product: { nme: x }\n      ledger_account: { nominal_code: "1" }\n`;
  assert.equal(told(await tryText(text)), ['UNKNOWN_KEY 5:18']);
});

test.run();
