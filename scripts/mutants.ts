import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { conclude, run, tally } from './check/checks.ts';
import { mutants } from './mutants/list.ts';
import type { Mutant } from './mutants/mutant.ts';

/*
 * npm run mutants -- [PART OF A TITLE OR FILE] [--green] [--share K/N]
 *
 * Breaks one guard or promise at a time, in a copy, and runs the tests that claim to hold it: they must go red. A mutant
 * that stays green, whose text is no longer found, or that only breaks the import of the file, is a failure. With `--green`
 * the tests are known to be green without mutants. With `--share 2/3` only every third is tried, from the second on.
 */

const copied = [
  'src',
  'test',
  'scripts',
  'schemas',
  'templates',
  'action.yml',
  'examples',
  'docs',
  'bench',
  'README.md',
  'package.json',
  'package-lock.json',
  '.npmrc',
  '.ci',
  '.github',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'tsconfig.json',
  'biome.json',
];
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { green: { type: 'boolean', default: false }, share: { type: 'string', default: '1/1' } },
});
const [wanted = ''] = positionals;
const [share = 1, shares = 1] = values.share.split('/').map(Number);
const chosen = mutants
  .filter(({ title, file }) => title.includes(wanted) || file.includes(wanted))
  .filter((_, at) => at % shares === share - 1);
if (chosen.length === 0) throw new Error(`no mutant is chosen by ${wanted} ${values.share}`);
const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  const copies = ['a', 'b'].map(copyOfProject);
  const [first] = copies;
  if (first !== undefined && (values.green || (await greenBefore(first)))) {
    const queue = [...chosen];
    await Promise.all(copies.map((copy) => work(queue, copy)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
conclude();

async function work(queue: Mutant[], copy: string): Promise<void> {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const complaint = await complaintAbout(mutant, copy);
    tally[complaint === null ? 'passed' : 'failed'] += 1;
    console.log(
      complaint === null
        ? `✓ noticed: ${mutant.title}`
        : `✘ ${mutant.title} (${mutant.file})\n  ${complaint}`,
    );
  }
}

/** Null when the tests notice the mutant. */
async function complaintAbout(mutant: Mutant, copy: string): Promise<string | null> {
  const path = join(copy, mutant.file);
  if (!existsSync(path)) return 'the file does not exist';
  const original = readFileSync(path, 'utf8');
  const found = original.split(mutant.find).length - 1;
  if (found !== 1) return `its text is found ${found} times: ${mutant.find}`;
  try {
    writeFileSync(
      path,
      original.replace(mutant.find, () => mutant.replace),
    );
    const { code, stdout } = await runTests(mutant.tests, copy, [
      '--bail',
      '--workers',
      '1',
      '--timeout',
      '30',
    ]);
    if (code === 0) return `stays green: ${mutant.tests.join(', ')}`;
    if (stdout.includes('the file could not be imported')) return `does not even load:\n${stdout}`;
    return null;
  } finally {
    writeFileSync(path, original);
  }
}

/** Red means something only where the same tests are green without a mutant. */
async function greenBefore(copy: string): Promise<boolean> {
  const files = [...new Set(chosen.flatMap(({ tests }) => tests))];
  const missing = files.filter((file) => !existsSync(join(copy, file)));
  const { code, stdout } = await runTests(files, copy, ['--timeout', '120']);
  if (code === 0 && missing.length === 0) return true;
  tally.failed += 1;
  console.log(
    `✘ the tests are not green without mutants\n${missing.map((file) => `missing: ${file}\n`)}${stdout}`,
  );
  return false;
}

function runTests(files: readonly string[], copy: string, more: readonly string[]): ReturnType<typeof run> {
  const options = ['--grace', '1000', ...more];
  return run(process.execPath, ['--import', 'tsx', 'scripts/test.ts', ...files, ...options], { cwd: copy });
}

function copyOfProject(name: string): string {
  const copy = join(folder, name);
  for (const path of copied) if (existsSync(path)) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  return copy;
}
