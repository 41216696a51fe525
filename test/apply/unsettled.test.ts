import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fileRecord, type RecordLine, runsFolder } from '../../src/apply/record.ts';
import { unsettledFor } from '../../src/apply/unsettled.ts';
import type { Plan } from '../../src/model/plan.ts';
import { declare, organizationWith, planFor } from './world.ts';

/* How long the next run waits for lists, by what the records of this machine say. */

const test = suite<{ root: string }>('the time that lists get after an earlier run');
test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), 'ledgerform-settle-'));
});
test.after.each(({ root }) => rmSync(root, { recursive: true }));

const now = new Date('2026-01-02T03:04:05Z');
const plan = await planFor(declare({ ledger_accounts: { a: { nominal_code: '1' } } }), organizationWith());
const end = (converged: boolean): RecordLine => ({
  type: 'end',
  at: now.toISOString(),
  outcome: converged ? 'applied' : 'partial',
  summary: {},
  converged,
});

/** A record whose last line was written so many milliseconds before now. */
function recorded(root: string, lines: readonly RecordLine[], age: number, of: Partial<Plan> = {}): void {
  const options = { actor: 'mara', host: 'laptop', gitCommit: null, version: '0', now: () => now };
  const folder = runsFolder(root);
  const record = fileRecord({ ...options, folder, suffix: 'ab12' })({ ...plan, ...of });
  if (lines.length > 0) record.write(lines);
  record.close();
  const time = (now.getTime() - age) / 1000;
  utimesSync(join(folder, `${record.id}.jsonl`), time, time);
}

const wait = (root: string, settle = 2): number => unsettledFor(runsFolder(root), plan, settle, now);

test('without a record there is nothing to wait for', ({ root }) => {
  assert.is(wait(root), 0);
  writeFileSync(join(root, '.ledgerform'), 'in the way');
  assert.is(wait(root), 0);
});

const rows: readonly (readonly [what: string, lines: readonly RecordLine[], age: number, wait: number])[] = [
  ['a run that proved all that it did', [end(true)], 100, 0],
  ['a run that did not come to its end a moment ago', [], 100, 2000],
  ['one that did not come to its end, whose last request may still be carried out', [], 29_000, 2000],
  ['one that ended so long ago', [], 32_500, 0],
  ['a run that could not prove all, half a second ago', [end(false)], 500, 1500],
  ['one that could not prove all, longer ago', [end(false)], 2500, 0],
  ['a record from the future, as clocks that are set back make it', [end(false)], -60_000, 2000],
];
for (const [what, lines, age, expected] of rows)
  test(`${what}: ${expected} ms`, ({ root }) => {
    recorded(root, lines, age);
    assert.is(wait(root), expected);
    assert.is(wait(root, 0), 0, 'nothing is waited for where nothing settles');
  });

test('runs of another organization or another service are no matter', ({ root }) => {
  recorded(root, [], 100, { api_url: 'https://elsewhere.example' });
  assert.is(wait(root), 0);
  rmSync(runsFolder(root), { recursive: true });
  recorded(root, [], 100, { organization: { id: 'another', name: null } });
  assert.is(wait(root), 0);
});

test.run();
