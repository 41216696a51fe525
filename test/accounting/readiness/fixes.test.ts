import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { forConfiguration } from '../../../src/accounting/readiness/for-configuration.ts';
import { catalog } from '../../../src/commands/catalog.ts';
import type { Gap, Readiness } from '../../../src/model/readiness.ts';
import { propose } from '../../../src/plan/propose.ts';
import { kinds } from '../../../src/providers/tesouro/kinds/index.gen.ts';
import { head, told, tryText } from '../../load/try-load.ts';
import { line, live, payable, product, type proposal } from '../../plan/build.ts';
import { hostileTexts } from '../../reliability/hostile/texts.ts';
import { fullReadiness } from './full-readiness.ts';
import { accounts, gapIn, invoice, payments, readinessOf, record, theirs } from './readiness-world.ts';

const test = suite('what mends a gap');

const yamlIn = ({ fixes }: Gap): readonly string[] =>
  fixes.flatMap(({ text, type }) => (type === 'yaml' ? [text] : []));

const commandsIn = ({ gaps }: Readiness): readonly string[] =>
  gaps.flatMap(({ fixes }) => fixes.flatMap(({ text, type }) => (type === 'command' ? [text] : [])));

/** The same world in three states of its connection. */
const worlds: readonly Readiness[] = [
  fullReadiness,
  readinessOf({ connections: [] }),
  readinessOf({
    settings: { [payments]: null },
    records: [record('payment_record', 'r1', { sync_status: 'error' })],
    lines: [line(payable('b1'), 'l1')],
  }),
];

test('every command is one that there is, with its options', () => {
  const commands = new Set(worlds.flatMap(commandsIn));
  assert.ok(commands.size > 5);
  for (const text of commands) {
    const [tool, ...words] = text.split(' ');
    let [specs, spec] = [catalog, catalog[0]];
    while (specs.some(({ name }) => name === words[0])) {
      spec = specs.find(({ name }) => name === words[0]);
      specs = spec?.subcommands ?? [];
      words.shift();
    }
    assert.is(tool, 'ledgerform');
    assert.ok(spec?.run, text);
    const known = new Set((spec?.options ?? []).map(({ long }) => long));
    for (const word of words) if (word.startsWith('--')) assert.ok(known.has(word), `${text}: ${word}`);
  }
});

/** The lines of a gap, pasted into a file with a real code, and what a plan of that file does. */
async function pasted(yaml: string, state: Parameters<typeof proposal>[1]) {
  const loaded = await tryText(`${head}${yaml.replaceAll('"CODE"', '"200"')}\n`);
  assert.equal(told(loaded), []);
  assert.ok(loaded.desired);
  const external = accounts.filter(({ id }) => id === 'x-sales');
  const collections = new Map([
    ...state.collections,
    ['ledger_accounts', { scope: 'all' as const, objects: external }],
  ]);
  const proposed = propose(loaded.desired, { ...state, collections }, kinds);
  assert.equal(proposed.problems, []);
  return proposed.changes.map(({ address, after }) => [address, Object.values(after ?? {}).join()]);
}

const target = 'ledger_accounts[x-sales]';

async function checkNames(name: string, other: string): Promise<void> {
  const things = {
    products: [product('p1', { name }), product('p2', { name: 'Something else' })],
    lines: [
      line(payable('b1', { counterpart_name: other, status: 'draft' }), 'l1', {
        name,
        ledger_account_id: null,
      }),
    ],
  };
  const readiness = readinessOf({ ...things, products: things.products.slice(0, 1) });
  const state = live({}, {}, things);
  const [ofProducts = ''] = yamlIn(gapIn(readiness, 'PRODUCT_WITHOUT_ACCOUNT'));
  assert.equal(await pasted(ofProducts, state), [['assignments.products.p1', target]]);
  const [ofLines = ''] = yamlIn(gapIn(readiness, 'LINE_WITHOUT_ACCOUNT'));
  assert.equal(await pasted(ofLines, state), [['assignments.line_items.b1/l1', target]]);
}

/** Names that a rule can match alone: something of them can be seen. */
const usable = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

test('lines that are pasted assign what they are for, whatever it is called', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter(usable);
  await fc.assert(fc.asyncProperty(text, text, checkNames), { numRuns: 60 });
});

for (const [what, text] of Object.entries(hostileTexts))
  if (usable(text)) test(`so they do for ${what}`, () => checkNames(text, `x${text}`));

test('a setting that is pasted is set', async () => {
  const readiness = readinessOf({ settings: { [payments]: null } });
  const [yaml = ''] = yamlIn(gapIn(readiness, 'PAYMENTS_ACCOUNT_UNSET'));
  assert.equal(await pasted(yaml, live({}, { [payments]: null })), [[payments, target]]);
});

const uuid = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

test('what is archived is replaced one by one, and never by a rule that reaches further', async () => {
  const bill = payable(uuid(3));
  const things = {
    products: [
      product(uuid(1), { name: 'Hour', ledger_account_id: 'x-old' }),
      product(uuid(2), { name: 'Hour' }),
    ],
    lines: [
      line(bill, uuid(4), { name: 'Hosting', ledger_account_id: 'x-old' }),
      line(bill, uuid(5), { name: 'Hosting', ledger_account_id: 'x-bank' }),
    ],
  };
  const [ofProducts = '', ofLines = ''] = yamlIn(gapIn(readinessOf(things), 'TARGET_ARCHIVED'));
  const state = live({}, {}, things);
  assert.equal(await pasted(ofProducts, state), [[`assignments.products.${uuid(1)}`, target]]);
  assert.equal(await pasted(ofLines, state), [[`assignments.line_items.${uuid(3)}/${uuid(4)}`, target]]);
});

test('what only an invoice holds is mended there, and what a line calls a rate is written as a rate', () => {
  const ofInvoice = gapIn(
    readinessOf({ invoices: [invoice('1', [{ inline: true, ledger_account_id: 'gone' }])] }),
    'TARGET_MISSING',
  );
  assert.equal(
    ofInvoice.fixes.map(({ type }) => type),
    ['by_hand'],
  );
  const lines = [line(payable('b1'), 'l1', { ledger_account_id: 'x-sales', accounting_tax_rate_id: 'gone' })];
  const [yaml = ''] = yamlIn(gapIn(readinessOf({ lines }), 'TARGET_MISSING'));
  assert.match(yaml, /tax_rate: \{ code: "CODE" \}/);
});

test('commands name the configuration that was named, as one word of a shell', () => {
  const commands = (named: string | null) =>
    commandsIn(forConfiguration(readinessOf({ ...theirs, connections: [] }), named));
  assert.equal(commands(null), ['ledgerform connection connect --wait']);
  assert.equal(commands('orgs/acme.yaml'), ['ledgerform connection connect --wait -c orgs/acme.yaml']);
  assert.equal(commands("it's $(x).yaml"), ["ledgerform connection connect --wait -c 'it'\\''s $(x).yaml'"]);
});

test('what is to be created over there is told with what it needs', () => {
  const lines = [line(payable('b1'), 'l1', { ledger_account_id: 'i-alone', accounting_tax_rate_id: 'i-19' })];
  const [first] = gapIn(readinessOf({ lines }), 'EXTERNAL_MISSING').fixes;
  assert.match(first?.text ?? '', /4010 Consulting and DE19 German of 19%$/);
});

const billIn = (status: string, tax = 2000) =>
  line(payable(`b ${status}`, { status }), `l ${status}`, { name: 'Hosting', tax });

test('a line of a bill that can no longer be changed gets no lines for the file, and no apply mends it', () => {
  const file = {
    lines: [
      {
        when: { payable: { status: ['waiting_to_be_paid'] }, line_item: { name: ['*'] } },
        account: { id: 'x-sales' },
      },
    ],
  };
  const locked = readinessOf({ file, lines: [billIn('waiting_to_be_paid')] });
  const gap = gapIn(locked, 'LINE_WITHOUT_ACCOUNT');
  assert.is(gap.filled_by_apply, 0);
  assert.equal(
    gap.fixes.map(({ type }) => type),
    ['by_hand'],
  );
  const both = gapIn(
    readinessOf({ lines: [billIn('waiting_to_be_paid'), billIn('new')] }),
    'LINE_WITHOUT_ACCOUNT',
  );
  assert.equal(
    both.fixes.map(({ type }) => type),
    ['command', 'command', 'yaml', 'by_hand'],
  );
  assert.equal(both.fixes[1]?.text, 'ledgerform list ledger_accounts');
  assert.not.match(yamlIn(both)[0] ?? '', 'waiting_to_be_paid');
});

test('a value that no rate has can be mended by a rate on the line, where that can still be changed', () => {
  const coded = { ledger_account_id: 'x-sales' };
  const lines = ['new', 'paid'].map((status) => {
    const { line: found, payable: bill } = billIn(status, 700);
    return { payable: bill, line: { ...found, ...coded } };
  });
  const gap = gapIn(readinessOf({ lines }), 'TAX_VALUE_UNKNOWN');
  assert.equal(
    gap.fixes.map(({ type }) => type),
    ['by_hand', 'command', 'command', 'yaml', 'by_hand'],
  );
  assert.match(yamlIn(gap)[0] ?? '', /payable: \{ (?!status: \[new\]).*\n +tax_rate: \{ code: "CODE" \}/);
});

test('of few records each is named, of many all are pushed again', () => {
  const failed = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      record('payment_record', `o${at}`, { id: `r${at}`, sync_status: 'error' }),
    );
  const commands = (count: number) => commandsIn(readinessOf({ ...theirs, records: failed(count) }));
  assert.equal(commands(2), ['ledgerform records retry r0 --wait', 'ledgerform records retry r1 --wait']);
  assert.equal(commands(4), ['ledgerform records retry --failed --type payment_record --wait']);
});

test.run();
