import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openWorkbench } from './workbench.ts';

const test = suite('ledgerform completion');
const bench = await openWorkbench({ 'plan.json': '{}', 'other file.yaml': '' });
test.after(() => bench.remove());
const scriptFor = async (shell: string): Promise<string> => (await bench.run(['completion', shell])).stdout;
const script = await scriptFor('bash');
const has = async (shell: string): Promise<boolean> =>
  !(await execa(shell, ['-c', 'true'], { reject: false })).failed;

/** What bash would offer after these words, the last of which is being typed. */
async function offered(words: readonly string[]): Promise<readonly string[]> {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const body = `${script}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _ledgerform; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await execa('bash', ['--norc', '-c', body], { cwd: bench.folder });
  return stdout.split('\n').filter((line) => line !== '');
}

const cases: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [['ledgerform', 'pl'], ['plan']],
  [
    ['ledgerform', 'local', ''],
    ['start', 'reset'],
  ],
  [['ledgerform', 'local', 'start', '--fa'], ['--fault']],
  [['ledgerform', 'plan', '--detailed'], ['--detailed-exitcode']],
  [
    ['ledgerform', 'plan', '--env', ''],
    ['local', 'sandbox', 'production'],
  ],
  [['ledgerform', 'plan', '--env', '=', 'sa'], ['sandbox']],
  [['ledgerform', 'plan', '--format', 'ma'], ['markdown']],
  [
    ['ledgerform', 'plan', '--env', '='],
    ['local', 'sandbox', 'production'],
  ],
  [['ledgerform', '-c', 'x', 'list', 'tax'], ['tax_rates']],
  [['ledgerform', 'list', '--match', 'products', 'pay'], ['payables']],
  [['ledgerform', 'list', 'payables', 'pay'], []],
  [['ledgerform', 'list', 'products', '--un'], ['--unassigned']],
  [['ledgerform', 'expl'], ['explain']],
  [
    ['ledgerform', 'schema', ''],
    ['config', 'plan', 'apply', 'many', 'readiness', 'assign', 'explain', 'seed'],
  ],
  [['ledgerform', 'completion', 'f'], ['fish']],
  [['ledgerform', 'apply', 'pl'], ['plan.json']],
  [['ledgerform', 'plan', '--out', 'pl'], ['plan.json']],
  [['ledgerform', 'plan', '-q', '--auto'], []],
];
if (await has('bash'))
  for (const [words, expected] of cases)
    test(`bash completes ${words.join(' ')}`, async () => {
      assert.equal(await offered(words), expected);
    });

test('every command and option is in every script', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const text = await scriptFor(shell);
    for (const word of [
      'validate',
      'completion',
      'detailed-exitcode',
      'allow-in-use',
      'in-memory',
      'line_items',
      'production',
    ])
      assert.ok(text.includes(word), `${shell}: ${word}`);
  }
});

for (const shell of ['bash', 'zsh', 'fish'])
  test(`the script for ${shell} has no quote that is left open, and where ${shell} is installed it is valid`, async () => {
    const text = await scriptFor(shell);
    for (const line of text
      .split('\n')
      .filter((each) => !each.startsWith('#') && !each.trim().startsWith('# ')))
      assert.is((line.match(/'/g)?.length ?? 0) % 2, 0, line);
    if (!(await has(shell))) {
      process.stdout.write(`${shell} is not installed here: the syntax of its script is not checked\n`);
      return;
    }
    await bench.write(`script.${shell}`, text);
    const file = join(bench.folder, `script.${shell}`);
    assert.is((await execa(shell, ['-n', file], { reject: false })).exitCode, 0);
  });

test('with --json stdout is a document that has the script', async () => {
  const document = JSON.parse((await bench.run(['completion', 'bash', '--json'])).stdout);
  assert.equal(document, { format_version: '1', shell: 'bash', script });
});

test('another shell is exit 3', async () => {
  assert.is((await bench.run(['completion', 'tcsh'])).code, 3);
});

test.run();
