import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listRuns, readRun } from '../../src/apply/history.ts';
import { fileRecord, type OpenRecord, runsFolder } from '../../src/apply/record.ts';
import { exitCodeOf } from '../../src/apply/report.ts';
import { errorProblem, Stop } from '../../src/model/problem.ts';
import { declare, organizationWith, planFor, run } from './world.ts';

const test = suite('the run record');
let folder = '';
test.before.each(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerform-record-'));
});
test.after.each(async () => {
  chmodSync(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

const opened = (at = '2026-01-02T03:04:05.678Z', suffix = 'ab12'): OpenRecord =>
  fileRecord({
    folder: runsFolder(folder),
    actor: 'mara',
    host: 'laptop',
    gitCommit: 'c0ffee',
    version: '0.0.0',
    now: () => new Date(at),
    suffix,
  });

const desired = declare({ ledger_accounts: { cash: { name: 'Cash', nominal_code: '1000' } } });

test('has a line before each write and one after, behind a header and before a summary', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const { report } = await run(plan, desired, organization, { context: { record: opened() } });
  assert.is(report.run, '20260102T030405Z-ab12');
  const path = join(folder, '.ledgerform/runs/20260102T030405Z-ab12.jsonl');
  assert.is(statSync(path).mode & 0o777, 0o600);
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(
    lines.map(({ type }) => type),
    ['run', 'write', 'outcome', 'end'],
  );
  assert.is(lines[0].actor, 'mara');
  assert.is(lines[0].plan_digest, plan.digest);
  assert.equal(lines[1].after, { name: 'Cash', nominal_code: '1000' });
  assert.is(lines[2].status, 'applied');
  assert.is(lines[2].id, '00000000-0000-4000-8000-000000000001');
  assert.is(lines[3].outcome, 'applied');
});

test('is not opened when nothing is to be written', async () => {
  const organization = organizationWith({ ledger_accounts: [{ name: 'Cash', nominal_code: '1000' }] });
  const plan = await planFor(desired, organizationWith());
  const { report } = await run(plan, desired, organization, { context: { record: opened() } });
  assert.is(report.outcome, 'nothing');
  assert.is(report.run, null);
  assert.is(existsSync(runsFolder(folder)), false);
});

test('is never written over another one', async () => {
  const plan = await planFor(desired, organizationWith());
  await run(plan, desired, organizationWith(), { context: { record: opened() } });
  const organization = organizationWith();
  await assertUnwritable(() => run(plan, desired, organization, { context: { record: opened() } }));
  assert.is(organization.nextId, 1);
});

test('that cannot be opened stops the run before anything is written', async () => {
  const plan = await planFor(desired, organizationWith());
  // A file where the folder should be: refused for every user, the superuser too.
  writeFileSync(join(folder, '.ledgerform'), '');
  const organization = organizationWith();
  await assertUnwritable(() => run(plan, desired, organization, { context: { record: opened() } }));
  assert.is(organization.nextId, 1);
});

test('that breaks in the middle starts nothing more and says so', async () => {
  const wide = declare({
    ledger_accounts: Object.fromEntries(codes(6).map((code) => [`k${code}`, { nominal_code: code }])),
  });
  for (let good = 2; good < 12; good += 1) {
    const organization = organizationWith();
    let written = 0;
    const record: OpenRecord = () => ({
      id: 'run',
      write() {
        written += 1;
        if (written > good) throw new Stop(1, [errorProblem('RECORD_UNWRITABLE', 'no space left')]);
      },
      close: () => {},
    });
    const plan = await planFor(wide, organization);
    const { report, provider } = await run(plan, wide, organization, { context: { record, concurrency: 1 } });
    assert.is(exitCodeOf(report), 5);
    const sent = provider.calls.filter(({ write }) => write).length;
    assert.is(sent, Math.ceil(good / 2), 'a write without its line before it is not sent');
    assert.ok(report.problems.some(({ code }) => code === 'RECORD_UNWRITABLE'));
    assert.is(report.summary.skipped, 6 - sent);
  }
});

test('holds the settings that are sent together whole, or not at all', async () => {
  const settings = {
    'settings.ledger_accounts.payments': 'ledger_accounts.cash',
    'settings.ledger_accounts.products': 'ledger_accounts.cash',
  };
  const both = declare({ ledger_accounts: { cash: { name: 'Cash', nominal_code: '1000' } }, settings });
  const organization = organizationWith({ ledger_accounts: [{ name: 'Cash', nominal_code: '1000' }] });
  const writes: number[] = [];
  const record: OpenRecord = () => ({
    id: 'run',
    write: (lines) => void writes.push(lines.filter(({ type }) => type === 'write').length),
    close: () => {},
  });
  await run(await planFor(both, organization), both, organization, { context: { record } });
  assert.equal(
    writes.filter((count) => count > 0),
    [2],
  );
});

test('that cannot take its first line is not tried again by writes beside it', async () => {
  const wide = declare({
    ledger_accounts: Object.fromEntries(codes(6).map((code) => [`k${code}`, { nominal_code: code }])),
  });
  let tries = 0;
  const record: OpenRecord = () => {
    tries += 1;
    // The disk is full for a moment only.
    if (tries === 1) throw new Stop(1, [errorProblem('RECORD_UNWRITABLE', 'no space left')]);
    return { id: 'run', write: () => {}, close: () => {} };
  };
  const organization = organizationWith();
  const plan = await planFor(wide, organization);
  await assertUnwritable(() => run(plan, wide, organization, { context: { record, concurrency: 6 } }));
  assert.equal([tries, organization.nextId], [1, 1]);
});

test('of a killed process can be read: done, and in doubt', () => {
  const script = new URL('./killed.ts', import.meta.url).pathname;
  const child = spawnSync(process.execPath, ['--import', 'tsx', script, folder], { encoding: 'utf8' });
  assert.is(child.signal, 'SIGKILL', child.stderr);
  const [found] = listRuns(folder);
  assert.equal(found?.problems, []);
  assert.is(found?.end, null);
  assert.equal(
    found?.changes.map(({ address, status }) => [address, status]),
    [
      ['ledger_accounts.a', 'applied'],
      ['ledger_accounts.b', 'applied'],
      ['ledger_accounts.c', 'in_doubt'],
    ],
  );
});

test('whose last line is torn is read up to there', async () => {
  await run(await planFor(desired, organizationWith()), desired, organizationWith(), {
    context: { record: opened() },
  });
  const [whole] = listRuns(runsFolder(folder));
  appendFileSync(whole?.path ?? '', '{"type":"outcome","wri');
  const [torn] = listRuns(runsFolder(folder));
  assert.is(torn?.torn, true);
  assert.equal({ ...torn, torn: false }, whole);
});

test('that is malformed is reported and does not hide the others', async () => {
  const plan = await planFor(desired, organizationWith());
  await run(plan, desired, organizationWith(), { context: { record: opened('2026-01-02T03:04:05Z', 'aa') } });
  await run(plan, desired, organizationWith(), { context: { record: opened('2026-01-03T03:04:05Z', 'bb') } });
  const runs = runsFolder(folder);
  writeFileSync(join(runs, '20260104T000000Z-cc.jsonl'), 'not JSON\n[1]\n{"type":"run"}\n');
  mkdirSync(join(runs, '20260105T000000Z-dd.jsonl'));
  writeFileSync(join(runs, 'notes.txt'), 'not a record');
  const listed = listRuns(runs);
  assert.equal(
    listed.map((each) => each.run),
    ['20260105T000000Z-dd', '20260104T000000Z-cc', '20260103T030405Z-bb', '20260102T030405Z-aa'],
  );
  assert.equal(
    listed.map(({ problems }) => problems.map(({ code, line }) => [code, line])),
    [[['RECORD_UNREADABLE', null]], [1, 2, 3].map((line) => ['RECORD_UNREADABLE', line]), [], []],
  );
});

test('stands before those that began earlier, within a second too', async () => {
  const plan = await planFor(desired, organizationWith());
  const starts = [
    ['2026-01-02T03:04:05.100Z', 'cc'],
    ['2026-01-02T03:04:05.200Z', 'aa'],
    ['2026-01-02T03:04:05.300Z', 'bb'],
    ['2026-01-02T03:04:06.000Z', '00'],
  ] as const;
  for (const start of starts)
    await run(plan, desired, organizationWith(), { context: { record: opened(...start) } });
  assert.equal(
    listRuns(runsFolder(folder)).map((each) => each.run.replace(/.*-/, '')),
    ['00', 'bb', 'aa', 'cc'],
  );
});

test('is found by its id alone', async () => {
  await run(await planFor(desired, organizationWith()), desired, organizationWith(), {
    context: { record: opened() },
  });
  const runs = runsFolder(folder);
  assert.is(readRun(runs, '20260102T030405Z-ab12')?.header?.host, 'laptop');
  assert.is(readRun(runs, '../runs/20260102T030405Z-ab12'), null);
  assert.is(readRun(runs, '20260102T030405Z-ab13'), null);
  assert.equal(listRuns(join(folder, 'nowhere')), []);
  assert.equal(readdirSync(runs).length, 1);
});

test('says of a create that was lost and sent again how often it was sent', async () => {
  const plan = await planFor(desired, organizationWith());
  const faults = [{ on: 'create', index: 0, effect: { type: 'lost_before' } }] as const;
  await run(plan, desired, organizationWith(), { faults, context: { record: opened() } });
  const [found] = listRuns(runsFolder(folder));
  assert.equal(
    found?.changes.map(({ status, tries }) => [status, tries]),
    [['applied', 2]],
  );
});

const codes = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(1000 + index));

async function assertUnwritable(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    assert.instance(error, Stop);
    if (!(error instanceof Stop)) throw error;
    assert.is(error.exitCode, 1);
    assert.is(error.problems[0]?.code, 'RECORD_UNWRITABLE');
    return;
  }
  assert.unreachable('the run went on without a record');
}

test.run();
