import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { transformSync } from 'esbuild';
import { measuredBuild } from './measured-build.ts';
import { type FileResult, killAll, runFiles } from './test/run-files.ts';

/*
 * npm run test:unit -- [PATTERN…] [--without PATTERN]… [--coverage] [--uncounted PATH]… [--uncounting PATTERN]… [--bail] [--workers N] [--timeout SECONDS] [--grace MS]
 *
 * Runs test/**\/*.test.ts with uvu, one process per file. A pattern is a part of a path or a file. The last line is
 * `N passed, N failed`; the exit code is 0 only when something ran and nothing failed. With --coverage the lines that are run are
 * counted: not those of --uncounted files, and not what tests run that match --uncounting.
 */

/** Percent of the lines of src/ that the tests must run. */
const lineThreshold = '95';
const coverageFolder = resolve('coverage');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    coverage: { type: 'boolean', default: false },
    bail: { type: 'boolean', default: false },
    without: { type: 'string', multiple: true, default: [] },
    uncounted: { type: 'string', multiple: true, default: [] },
    uncounting: { type: 'string', multiple: true, default: [] },
    // One more than there are processors: many tests wait for processes that they have started.
    workers: { type: 'string', default: String(availableParallelism() + 1) },
    timeout: { type: 'string', default: '180' },
    grace: { type: 'string', default: '3000' },
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    killAll();
    process.exit(130);
  });

const files = chosenFiles(positionals).filter(
  (file) => !values.without.some((pattern) => file.includes(pattern)),
);
const rawCoverage = join(coverageFolder, 'raw');
if (values.coverage) {
  rmSync(coverageFolder, { recursive: true, force: true });
  mkdirSync(rawCoverage, { recursive: true });
  measuredBuild();
}
const results = await runFiles(
  files,
  {
    workers: Number(values.workers),
    timeoutSeconds: Number(values.timeout),
    graceMs: Number(values.grace),
    bail: values.bail,
    env: (file) => (counts(file) ? { ...process.env, NODE_V8_COVERAGE: rawCoverage } : process.env),
    cwd: process.cwd(),
  },
  print,
);
const sum = (count: (result: FileResult) => number): number =>
  results.reduce((total, each) => total + count(each), 0);
const skipped = sum((each) => each.skipped);
let failed = sum((each) => each.failures.length);
if (files.length === 0) {
  console.log(`✘ no test file matches ${positionals.join(' ') || 'test/**/*.test.ts'}`);
  failed += 1;
}
if (values.coverage && !covered()) failed += 1;
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${sum((each) => each.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function counts(file: string): boolean {
  return values.coverage && !values.uncounting.some((pattern) => file.includes(pattern));
}

function chosenFiles(patterns: readonly string[]): readonly string[] {
  const named = patterns.filter((pattern) => existsSync(pattern) && statSync(pattern).isFile());
  const all = testFiles('test').filter((file) => patterns.some((pattern) => file.includes(pattern)));
  return patterns.length === 0
    ? testFiles('test')
    : [...new Set([...named, ...all].map((file) => relative('.', file)))].sort();
}

function testFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(
      (path) => path.endsWith('.test.ts') && !path.includes('/fixtures/') && !path.includes('\\fixtures\\'),
    )
    .sort();
}

function print(result: FileResult): void {
  const mark = result.failures.length === 0 ? '✓' : '✘';
  console.log(`${mark} ${result.file} (${result.passed}) ${result.seconds.toFixed(1)} s`);
  for (const { title, text } of result.failures) console.log(indented(`✘ ${title}`, 2) + indented(text, 6));
  if (result.failures.length > 0 && result.output !== '')
    console.log(indented(`it printed:\n${result.output}`, 2));
}

function indented(text: string, by: number): string {
  return `${text
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n')}\n`;
}

function covered(): boolean {
  const c8 = resolve('node_modules/c8/bin/c8.js');
  const options = ['--temp-directory', rawCoverage, '--reports-dir', coverageFolder, '--all', '--src', 'src'];
  const excluded = ['**/*.gen.*', ...withoutCode(), ...values.uncounted].flatMap((path) => [
    '--exclude',
    path,
  ]);
  const only = ['--include', 'src/**/*.ts', ...excluded, '--exclude-after-remap'];
  const reports = ['--reporter', 'text', '--skip-full', '--reporter', 'lcovonly'];
  const threshold = ['--check-coverage', '--lines', lineThreshold];
  const { status } = spawnSync(
    process.execPath,
    [c8, 'report', ...options, ...only, ...reports, ...threshold],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  rmSync(rawCoverage, { recursive: true, force: true });
  return status === 0;
}

/** Sources that hold nothing but types: no test can run them. */
function withoutCode(): readonly string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('.gen.'))
    .map((path) => join('src', path))
    .filter((path) => transformSync(readFileSync(path, 'utf8'), { loader: 'ts' }).code.trim() === '');
}
