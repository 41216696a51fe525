import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './check/checks.ts';

/*
 * npm run reliability
 *
 * Runs the proofs in test/reliability, every fault at every request over HTTP among them, and writes what they counted into
 * docs/reliability.md, between its two marks. Where a proof fails, the page stays as it is.
 */

const page = 'docs/reliability.md';
const [begin, end] = ['<!-- figures: written by npm run reliability -->', '<!-- end of the figures -->'];

const folder = mkdtempSync(join(tmpdir(), 'figures-'));
try {
  const started = performance.now();
  const { code, stdout } = await run(
    process.execPath,
    ['--import', 'tsx', 'scripts/test.ts', 'test/reliability', '--timeout', '900'],
    {
      env: { ...process.env, LEDGERFORM_FIGURES: folder, LEDGERFORM_MATRIX: 'full' },
      timeoutSeconds: 1800,
      live: true,
    },
  );
  if (code === 0) writeFigures(stdout, (performance.now() - started) / 1000);
  process.exitCode = code ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeFigures(stdout: string, seconds: number): void {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const [, after] = (rest ?? '').split(end);
  if (before === undefined || after === undefined) throw new Error(`${page} has lost its marks`);
  const rows = rowsIn(folder);
  const tests = /^(\d+) passed/m.exec(stdout.split('\n').findLast((line) => /passed/.test(line)) ?? '')?.[1];
  const about = `${tests} tests in ${Math.round(seconds)} seconds on ${new Date().toISOString().slice(0, 10)}, Node ${process.version}.`;
  writeFileSync(page, `${before}${begin}\n${totals(rows)} ${about}\n\n${table(rows)}${end}${after}`);
}

interface Row {
  readonly proof: string;
  readonly what: string;
  readonly count: number;
}

/** What each proof has left, in the order of their names. */
function rowsIn(folder: string): readonly Row[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const counts: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const proof = file.replace(/\.json$/, '');
      return Object.entries(Object(counts)).map(([what, count]) => ({ proof, what, count: Number(count) }));
    });
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ proof, what, count }, at) => {
    const name = rows[at - 1]?.proof === proof ? '' : `\`${proof}\``;
    return `| ${name} | ${what} | ${shown(count)} |\n`;
  });
  return `| proof | counted | number |\n| --- | --- | ---: |\n${lines.join('')}`;
}

/** What the table comes to, over all proofs. */
function totals(rows: readonly Row[]): string {
  const sum = (of: RegExp): string =>
    shown(rows.reduce((total, { what, count }) => (of.test(what) ? total + count : total), 0));
  return `In all ${sum(/^faults injected$/)} faults were injected, ${sum(/^(?:crashes|processes killed)$/)} runs killed, ${sum(/^random runs$/)} runs searched at random, and ${sum(/^hostile (?:API answers|configurations|plan files)$/)} bad inputs given.`;
}

const shown = (count: number): string => count.toLocaleString('en');
