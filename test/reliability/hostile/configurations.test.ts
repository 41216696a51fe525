import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { type Loaded, load } from '../../../src/load/load.ts';
import { problemCodes } from '../../../src/model/problem-codes.ts';
import { kinds } from '../../../src/providers/tesouro/kinds/index.gen.ts';
import { figures } from '../figures.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { anyJson, changedText } from './arbitrary.ts';
import { runHere } from './run-here.ts';
import { harmInJson, harmInLines, hostileTexts } from './texts.ts';

const folder = await mkdtemp(join(tmpdir(), 'ledgerform-hostile-'));
const test = suite('hostile configurations');
test.after(() => rm(folder, { recursive: true }));

const corpus = join(import.meta.dirname, 'configurations');
const head = 'version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }\n';
const prototype = snapshotOfPrototypes();
let tried = 0;

const variables = { LEDGERFORM_VAR_X: 'y', HOME: '/secret' };

async function loaded(path: string): Promise<Loaded> {
  tried += 1;
  return load({ path, environment: null, variables, allowOutside: false, root: folder, cwd: folder }, kinds);
}

/** What must hold whatever the file is. */
function checkLoaded({ desired, files, fragment, problems }: Loaded): void {
  const known = new Set<string>(problemCodes);
  const linesOf = new Map(files.map(({ path, text }) => [path, text.split('\n')]));
  for (const problem of problems) {
    const { address, code, column, file, hint, line, message } = problem;
    assert.ok(known.has(code), code);
    assert.ok(message.length > 0 && message.length <= 2100, `${message.length}`);
    assert.ok(hint === null || hint.length <= 1000);
    assert.ok(address === null || address.length <= 500);
    const lines = linesOf.get(file ?? '');
    if (lines === undefined) {
      // A file that cannot be read is told at its own beginning.
      assert.equal([line, column], [1, 1]);
      continue;
    }
    const width = lines[(line ?? 0) - 1]?.length;
    assert.ok(width !== undefined && (column ?? 0) >= 1 && (column ?? 0) <= width + 1, `${line}:${column}`);
  }
  const failed = problems.some(({ severity }) => severity === 'error');
  assert.is(desired === null, failed || fragment || files.length === 0);
  assert.equal(snapshotOfPrototypes(), prototype);
}

function snapshotOfPrototypes(): readonly string[] {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype].flatMap((each) =>
    Reflect.ownKeys(each).map(String),
  );
}

const expected: Readonly<Record<string, readonly string[]>> = {
  anchors: ['UNKNOWN_KEY', 'YAML_SYNTAX'],
  'byte-order-mark': ['UNKNOWN_KEY'],
  'carriage-returns': ['CODE_NOT_TEXT', 'CONTROL_CHARACTER'],
  controls: ['CONTROL_CHARACTER'],
  directives: ['YAML_SYNTAX'],
  'document-mark': [],
  documents: ['YAML_SYNTAX'],
  empty: [],
  'every-section-of-a-wrong-type': ['DUPLICATE_KEY', 'NOT_ALLOWED', 'WRONG_TYPE'],
  'extends-of-all-kinds': [
    'CONTROL_CHARACTER',
    'EXTENDS_OUTSIDE',
    'FILE_NOT_FOUND',
    'FILE_UNREADABLE',
    'NOT_ALLOWED',
    'VARIABLE_UNSET',
  ],
  'half-a-character': ['CONTROL_CHARACTER', 'WRONG_TYPE'],
  'invalid-utf-8': ['FILE_NOT_TEXT'],
  'keys-of-any-kind': ['YAML_SYNTAX'],
  list: ['WRONG_TYPE'],
  'members-of-objects-as-keys': [],
  'members-of-objects-as-unknown-keys': ['NOT_ALLOWED', 'UNKNOWN_KEY'],
  'merge-keys': ['NOT_ALLOWED', 'UNKNOWN_KEY'],
  'null-byte': ['FILE_NOT_TEXT'],
  null: ['WRONG_TYPE'],
  numbers: ['CODE_NOT_TEXT', 'NOT_ALLOWED', 'PERCENT_FORM', 'WRONG_TYPE'],
  'proto-everywhere': ['MISSING_KEY', 'UNKNOWN_KEY'],
  'references-named-like-members': ['REFERENCE_UNKNOWN'],
  tags: ['YAML_SYNTAX'],
  'texts-as-keys': ['NOT_ALLOWED', 'REFERENCE_UNKNOWN'],
  'two-byte-order-marks': ['UNKNOWN_KEY'],
  'utf-16': ['FILE_NOT_TEXT'],
  'variables-named-like-members': ['VARIABLE_UNSET'],
};

test('every file of the corpus is expected to be something', async () => {
  const names = (await readdir(corpus)).map((name) => name.replace(/\.yaml$/, '')).sort();
  assert.equal(names, Object.keys(expected).sort());
});

for (const [name, codes] of Object.entries(expected)) {
  test(`${name}.yaml is told for what it is, in every form of output`, async () => {
    await writeFile(join(folder, 'ledgerform.yaml'), await readFile(join(corpus, `${name}.yaml`)));
    const found = await loaded('ledgerform.yaml');
    checkLoaded(found);
    assert.equal([...new Set(found.problems.map(({ code }) => code))].sort(), codes);
    const exit = codes.length === 0 ? 0 : 3;
    for (const terminal of [false, true]) {
      const human = await runHere(['validate'], { cwd: folder, variables, terminal });
      assert.is(human.code, exit);
      assert.is(harmInLines(human.stdout + human.stderr, terminal ? 'coloured' : 'plain'), null);
    }
    const json = await runHere(['validate', '--json'], { cwd: folder, variables });
    assert.is(harmInJson(json.stdout), null);
    assert.is(json.code, exit);
  });
}

const generated: Readonly<Record<string, readonly [text: string | Uint8Array, code: string]>> = {
  '10,000 document marks': ['---\n'.repeat(10_000), 'YAML_SYNTAX'],
  'a million empty lines': ['\n'.repeat(1_000_000), 'YAML_SYNTAX'],
  '290,000 empty items': [`${head}assignments: { products: [${'{},'.repeat(290_000)}] }\n`, 'YAML_SYNTAX'],
  'a key of 300,000 characters': [`${head}tax_rates: { ${'x'.repeat(300_000)}: {} }\n`, 'NOT_ALLOWED'],
  'a number of a million digits': [
    `${head}ledger_accounts: { a: { nominal_code: ${'9'.repeat(1_000_000)} } }\n`,
    'CODE_NOT_TEXT',
  ],
  'a name of a million characters': [
    `${head}tax_rates: { a: { name: ${'x'.repeat(1_000_000)} } }\n`,
    'TOO_LONG',
  ],
  'one key twenty thousand times': [
    `${head}tax_rates:\n${'  a: { code: x }\n'.repeat(20_000)}`,
    'DUPLICATE_KEY',
  ],
  'twenty thousand keys and more without values': [
    `${head}tax_rates:\n${Array.from({ length: 22_000 }, (_, at) => `  k${at}:\n`).join('')}`,
    'NO_IDENTITY',
  ],
  'eleven thousand items that say nothing': [
    `${head}assignments:\n  products:\n${'    - {}\n'.repeat(11_000)}`,
    'MISSING_KEY',
  ],
};

for (const [what, [text, code]] of Object.entries(generated)) {
  test(`${what}: at most 20,000 problems, each of a readable length`, async () => {
    await writeFile(join(folder, 'ledgerform.yaml'), text);
    const found = await loaded('ledgerform.yaml');
    checkLoaded(found);
    assert.ok(found.problems.length <= 20_000);
    assert.ok(found.problems.some((problem) => problem.code === code));
  });
}

test('when not all problems are listed the last one says so, and errors come before warnings', async () => {
  const rules = Array.from({ length: 20_100 }, () => '    - { when: {}, ledger_account: a }\n').join('');
  await writeFile(
    join(folder, 'ledgerform.yaml'),
    `${head}ledger_accounts: { a: { nominal_code: "1" } }\nassignments:\n  products:\n${rules}policy: { protect: [x] }\n`,
  );
  const { desired, problems } = await loaded('ledgerform.yaml');
  assert.is(desired, null);
  assert.is(problems.length, 20_000);
  assert.is(problems.filter(({ severity }) => severity === 'error').length, 1);
  assert.match(problems.at(-1)?.message ?? '', 'not listed');
});

const chain = (files: number, body: (at: number) => string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: files }, (_, at) => [
      `c${at}.yaml`,
      `${at === 0 ? head : ''}${at + 1 < files ? `extends: [c${at + 1}.yaml]\n` : ''}${body(at)}`,
    ]),
  );

async function tryFiles(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const place = await mkdtemp(join(folder, 'layers-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
  const found = await loaded(join(place, Object.keys(files)[0] ?? ''));
  checkLoaded(found);
  return found.problems.map(({ code }) => code);
}

test('files extend each other over twenty steps and no more', async () => {
  assert.equal(await tryFiles(chain(21, () => '')), []);
  assert.equal(await tryFiles(chain(22, () => '')), ['NOT_ALLOWED']);
});

test('a hundred files below one are read, and no more, however they are reached', async () => {
  const fan = (levels: number) =>
    Object.fromEntries(
      Array.from({ length: levels }, (_, at) =>
        ['a', 'b'].map((side): [string, string] => {
          const below = at + 1 < levels ? `extends: [a${at + 1}.yaml, b${at + 1}.yaml]\n` : '';
          return [`${side}${at}.yaml`, `${side === 'a' && at === 0 ? head : ''}${below}`];
        }),
      ).flat(),
    );
  // 2^19 ways.
  assert.equal(await tryFiles(fan(20)), []);
  const below = (count: number) => Array.from({ length: count }, (_, at) => `s${at}.yaml`);
  const all = Object.fromEntries(below(101).map((name) => [name, '']));
  const top = (count: number) => `${head}extends: [${below(count).join(', ')}]\n`;
  assert.equal(await tryFiles({ 'top.yaml': top(100), ...all }), []);
  const more = { 'top.yaml': top(100), ...all, 's99.yaml': 'extends: [s100.yaml]\n' };
  assert.equal(await tryFiles(more), ['NOT_ALLOWED']);
});

test('the files of one configuration have at most 12 MB together', async () => {
  const large = `# ${'x'.repeat(1_000_000)}\n`.repeat(7);
  assert.equal(await tryFiles(chain(2, (at) => (at === 0 ? '' : large))), []);
  assert.equal(await tryFiles(chain(2, () => large)), ['FILE_TOO_LARGE']);
});

test('no file is waited for: pipes, sockets, devices, folders and links in a circle are refused', async () => {
  const place = await mkdtemp(join(folder, 'special-'));
  execFileSync('mkfifo', [join(place, 'pipe')]);
  await mkdir(join(place, 'folder.yaml'));
  await symlink('loop-b', join(place, 'loop-a'));
  await symlink('loop-a', join(place, 'loop-b'));
  await symlink('nowhere', join(place, 'dangling'));
  await symlink('/dev/zero', join(place, 'zero'));
  await symlink(place, join(place, 'round'));
  const server = createServer().listen(join(place, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const names = ['pipe', 'folder.yaml', 'loop-a', 'dangling', 'zero', 'socket', 'round/round/round/pipe'];
    const text = `${head}extends:\n${names.map((name) => `  - ${name}\n`).join('')}`;
    await writeFile(join(place, 'ledgerform.yaml'), text);
    const found = await loaded(join(place, 'ledgerform.yaml'));
    assert.equal(
      found.problems.map(({ code, line }) => `${code} ${names[(line ?? 0) - 4]}`),
      [
        'FILE_UNREADABLE pipe',
        'FILE_UNREADABLE folder.yaml',
        'FILE_UNREADABLE loop-a',
        'FILE_NOT_FOUND dangling',
        'EXTENDS_OUTSIDE zero',
        'FILE_UNREADABLE socket',
        'FILE_UNREADABLE round/round/round/pipe',
      ],
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

const examples = await (async () => {
  const root = join(import.meta.dirname, '..', '..', '..', 'examples');
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.yaml'));
  return Promise.all(names.sort().map((name) => readFile(join(root, name), 'utf8')));
})();

test('whatever is done to the text of an example, it is a configuration or told what is wrong with it', async () => {
  await fc.assert(
    fc.asyncProperty(changedText(examples), async (text) => {
      await writeFile(join(folder, 'ledgerform.yaml'), text);
      const started = process.cpuUsage();
      checkLoaded(await loaded('ledgerform.yaml'));
      const { user } = process.cpuUsage(started);
      assert.ok(user < 5e6, `${user / 1e6} s`);
    }),
    { numRuns: fuzzRuns(150) },
  );
});

test('whatever values stand in a configuration, it is told what is wrong with it', async () => {
  const words = (
    'version organization environment extends tax_rates ledger_accounts removed external settings assignments policy ' +
    'id name code effective_tax_rate nominal_code description was products line_items product payable line_item when ' +
    'ledger_account tax_rate overwrite rule prune protect max_deletes status document_id created_at from to type currency ' +
    '__proto__ constructor toString hasOwnProperty <<'
  ).split(' ');
  const texts = [
    ...Object.values(hostileTexts),
    'reduced',
    'RED',
    '7.5%',
    'local',
    '\u0024{var.X}',
    '\u0024{x}',
    '*',
    '**',
  ];
  const value = anyJson(words, texts);
  const document = fc.dictionary(fc.constantFrom(...words), value, { maxKeys: 8, noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(document, fc.boolean(), async (body, complete) => {
      const whole = complete
        ? { version: 1, organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4' }, ...body }
        : body;
      await writeFile(join(folder, 'ledgerform.yaml'), stringify(whole, { aliasDuplicateObjects: false }));
      checkLoaded(await loaded('ledgerform.yaml'));
      const human = await runHere(['validate'], { cwd: folder, variables });
      assert.is(harmInLines(human.stdout + human.stderr), null);
      assert.ok(human.code === 0 || human.code === 3, `${human.code} ${human.stderr}`);
      assert.not.match(human.stderr + human.stdout, /INTERNAL|undefined|NaN|\[object/);
    }),
    { numRuns: fuzzRuns(80) },
  );
});

test.after(() => figures('hostile-configurations', { 'hostile configurations': tried }));

test.run();
