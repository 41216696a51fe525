import { execFileSync } from 'node:child_process';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { head, told, tryLoad, tryText } from './try-load.ts';

const test = suite('hostile input');

/** CPU seconds that a piece of work takes. */
async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const bomb = Array.from({ length: 12 }, (_, level) => {
  const name = String.fromCharCode(97 + level);
  const inner = level === 0 ? 'x' : `*${String.fromCharCode(96 + level)}`;
  return `${name}: &${name} [${Array(10).fill(inner).join(', ')}]\n`;
}).join('');

const small: Readonly<Record<string, readonly [text: string | Uint8Array, code: string]>> = {
  'an alias bomb': [bomb, 'YAML_SYNTAX'],
  'an anchor that contains itself': ['a: &a [*a]\n', 'YAML_SYNTAX'],
  '10,000 levels of open brackets': ['['.repeat(10_000), 'YAML_SYNTAX'],
  '10,000 levels of braces': [`${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`, 'YAML_SYNTAX'],
  '10,000 levels of lists': [`${'- '.repeat(10_000)}a`, 'YAML_SYNTAX'],
  '2,000 levels of indentation': [
    Array.from({ length: 2000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    'YAML_SYNTAX',
  ],
  'a binary file': [Uint8Array.from({ length: 4096 }, (_, index) => (index * 7) % 256), 'FILE_NOT_TEXT'],
  'text in UTF-16': [Buffer.from('\ufeffversion: 1\n', 'utf16le'), 'FILE_NOT_TEXT'],
  'text in Latin-1': [Buffer.from('name: B\xfcro\n', 'latin1'), 'FILE_NOT_TEXT'],
  'a million variables': [`a: ${`\${x}`.repeat(1_000_000)}\n`, 'VARIABLE_FORM'],
  '200,000 files to extend': [`extends: [${'x,'.repeat(200_000)}]\n`, 'NOT_ALLOWED'],
};

for (const [what, [content, code]] of Object.entries(small)) {
  test(`${what} is refused in bounded time`, async () => {
    let codes: readonly string[] = [];
    const seconds = await cpuSeconds(async () => {
      const loaded = await tryLoad({ 'ledgerform.yaml': content });
      assert.is(loaded.desired, null);
      codes = loaded.problems.map((problem) => problem.code);
    });
    assert.ok(codes.includes(code), String(codes.slice(0, 5)));
    assert.ok(seconds < 10, `${seconds} s`);
  });
}

test('a file of 100 MB is refused without being read', async () => {
  const before = process.memoryUsage().rss;
  const loaded = await tryLoad({ 'ledgerform.yaml': head }, async (folder) => {
    await truncate(join(folder, 'ledgerform.yaml'), 100 * 1024 * 1024);
    return {};
  });
  assert.equal(told(loaded), ['FILE_TOO_LARGE 1:1']);
  assert.ok(process.memoryUsage().rss - before < 50 * 1024 * 1024);
});

test('__proto__ is refused as a key at every depth and pollutes nothing', async () => {
  const text = `${head}__proto__: { polluted: 1 }\nledger_accounts:\n  __proto__: { nominal_code: "1", polluted: 1 }\n  constructor: { nominal_code: "2" }\n  a: { __proto__: { polluted: 1 }, nominal_code: "3" }\n`;
  const loaded = await tryText(text);
  assert.equal(told(loaded), ['UNKNOWN_KEY 3:1', 'UNKNOWN_KEY 5:3', 'UNKNOWN_KEY 7:8']);
  assert.not('polluted' in {});
});

test('keys named like members of objects are ordinary keys', async () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const text = `${head}ledger_accounts:\n${names.map((name, index) => `  ${name}: { nominal_code: "${index}" }\n`).join('')}`;
  const { desired, problems } = await tryText(text);
  assert.equal(problems, []);
  assert.equal(
    desired?.entries.map(({ key }) => key),
    names,
  );
  assert.equal(told(await tryText(`${head}tax_rates: { a: { code: x, constructor: y } }\n`)), [
    'UNKNOWN_KEY 3:28',
  ]);
});

test('a thousand honest aliases of one anchor are fine', async () => {
  const entries = Array.from(
    { length: 1000 },
    (_, index) => `  a${index}: { nominal_code: "${index}", description: *d }\n`,
  );
  const text = `${head}ledger_accounts:\n  a: { nominal_code: x, description: &d Shared }\n${entries.join('')}`;
  const { desired, problems } = await tryText(text);
  assert.equal(problems, []);
  assert.is(desired?.entries.at(-1)?.fields.description, 'Shared');
});

for (const [what, character] of [
  ['an escape', '\\e[31m'],
  ['a null', '\\0'],
  ['a carriage return alone', '\\r'],
  ['a backspace', '\\b'],
  ['a turn of direction', '\\u202e'],
  ['an isolated turn of direction', '\\u2067'],
  ['a C1 control', '\\x9b'],
  ['half a character', '\\ud83d'],
]) {
  test(`${what} in a name is refused`, async () => {
    const loaded = await tryText(`${head}tax_rates: { a: { name: "a${character}b" } }\n`);
    assert.equal(told(loaded), ['CONTROL_CHARACTER 3:25']);
  });
}

test('tab, line feed, emoji and any script are text', async () => {
  const text = `${head}tax_rates: { a: { name: "税率 ضريبة 💶", description: "a\\tb\\nc" } }\n`;
  assert.equal(told(await tryText(text)), []);
});

test('20,000 mistakes are each reported, in linear time', async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `  a${index}: { nominal_code: 0${index}0 }\n`);
  let count = 0;
  const seconds = await cpuSeconds(async () => {
    count = (await tryText(`${head}ledger_accounts:\n${lines.join('')}`)).problems.length;
  });
  assert.is(count, 20_000);
  assert.ok(seconds < 10, `${seconds} s`);
});

test('ten times the entries cost about ten times the work', async () => {
  const chart = (entries: number) =>
    `${head}ledger_accounts:\n${Array.from({ length: entries }, (_, index) => `  a${index}: { nominal_code: "${index}", name: Account ${index} }\n`).join('')}`;
  await tryText(chart(500));
  const few = await cpuSeconds(() => tryText(chart(2000)));
  const many = await cpuSeconds(() => tryText(chart(20_000)));
  assert.ok(many < few * 25, `${few} s, ${many} s`);
});

test('a pipe or a device is refused without waiting for it', async () => {
  const text = `${head}extends: [/dev/zero, pipe]\n`;
  const loaded = await tryLoad({ 'ledgerform.yaml': text }, async (folder) => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    return { allowOutside: true };
  });
  assert.equal(told(loaded), ['FILE_UNREADABLE 3:11', 'FILE_UNREADABLE 3:22']);
});

const sound = `${head}environment: sandbox
tax_rates:
  reduced: { name: "Reduced", code: RED_TAX, effective_tax_rate: 7.5% }
ledger_accounts:
  cash: &cash
    name: Cash
    nominal_code: "0400"   # quoted
    was: { name: Old cash }
  other: { nominal_code: "1", description: |
      several
      lines }
removed: { tax_rates: [{ code: OLD }] }
settings: { ledger_accounts: { payments: cash } }
policy: { prune: removed, protect: [ledger_accounts.cash] }
`;
const pieces = [
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ':',
  ': ',
  '\n',
  '\n  ',
  '\t',
  '- ',
  '#',
  '&a ',
  '*a',
  '!x ',
  '%',
  '|',
  '>',
  '? ',
  '${',
  'null',
  '0',
  '\u202e',
  '---\n',
  '<<: ',
];

test('whatever is done to a file, loading ends with a result or with problems that stand in it', async () => {
  const change = fc.record({
    at: fc.nat(sound.length),
    cut: fc.nat(12),
    put: fc.constantFrom('', ...pieces),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const text = changes.reduce(
        (now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut),
        sound,
      );
      const { desired, fragment, problems } = await tryText(text);
      const lines = text.split('\n');
      for (const { line, column, hint, message, file } of problems) {
        assert.is(file, 'ledgerform.yaml');
        assert.ok(hint && message);
        assert.ok((line ?? 0) >= 1 && (line ?? 0) <= lines.length, `line ${line}`);
        assert.ok(
          (column ?? 0) >= 1 && (column ?? 0) <= (lines[(line ?? 1) - 1]?.length ?? 0) + 1,
          `${line}:${column}`,
        );
      }
      const failed = problems.some(({ severity }) => severity === 'error');
      assert.is(desired === null, failed || fragment);
    }),
    { numRuns: 300 },
  );
});

test.run();
