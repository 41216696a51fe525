import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './measure.ts';

/** How many limits were not kept so far. */
export const tally = { failed: 0 };

/** Prints a number beside the most that it may be; null: it is only told. */
export function line(name: string, value: number, limit: number | null, unit: string, detail = ''): void {
  const kept = limit === null || value <= limit;
  if (!kept) tally.failed += 1;
  const mark = limit === null ? ' ' : kept ? '✓' : '✘';
  const promise = limit === null ? '' : ` (at most ${limit})`;
  console.log(`${mark} ${name}: ${value.toFixed(2)} ${unit}${promise}${detail === '' ? '' : `; ${detail}`}`);
}

/** Prints a count beside what it must be. */
export function exactly(name: string, value: number, expected: number): void {
  if (value !== expected) tally.failed += 1;
  console.log(`${value === expected ? '✓' : '✘'} ${name}: ${value} (exactly ${expected})`);
}

/** A command that ends otherwise has measured nothing: the bench ends. */
export function expectCode({ code, stdout, stderr }: Measured, expected: number): void {
  if (code !== expected)
    throw new Error(`the command ended with ${code}\n${stdout.slice(0, 2000)}\n${stderr.slice(0, 2000)}`);
}

/** How many changes a plan has that was printed as JSON. */
export function changesIn({ stdout }: Measured): number {
  return (JSON.parse(stdout) as { changes: readonly unknown[] }).changes.length; // the documented form of a plan
}

/** Runs something in a temporary folder. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerform-bench-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
