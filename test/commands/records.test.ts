import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Switches } from '../../src/emulator/switches.ts';
import { openTerminal } from '../docs/terminal.ts';
import { type RanHere, runHere } from '../reliability/hostile/run-here.ts';
import { harmInCsv, harmInJson, harmInLines, hostileTexts } from '../reliability/hostile/texts.ts';
import {
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  organization,
  type Workbench,
} from './workbench.ts';

const test = suite('ledgerform records');

interface World {
  readonly emulator: Emulator;
  readonly bench: Workbench;
  readonly environment: Readonly<Record<string, string>>;
  readonly run: (...args: readonly string[]) => Promise<RanHere>;
  /** The last parts of the addresses of all pushes. */
  readonly pushes: () => number;
}

const active = { status: 'connected', platform: 'xero', last_pull: '2026-11-28T09:00:00.000Z' };
const bill = (number: string, line: object = {}) => ({
  document_id: number,
  status: 'new',
  counterpart_name: 'Hetzner',
  line_items: [{ name: 'Hosting', tax: 1900, ...line }],
});
const record = (number: string, more: object = {}) => ({
  object_type: 'bill',
  sync_status: 'error',
  errors: { message: 'line 1 has no ledger account' },
  object: { document_id: number },
  ...more,
});

async function withWorld(
  members: Readonly<Record<string, unknown>>,
  switches: Partial<Switches>,
  work: (world: World) => Promise<void>,
): Promise<void> {
  const seed = {
    organizations: [
      {
        id: organization,
        name: 'Acme GmbH',
        connections: [active],
        ledger_accounts: [{ name: 'Servers', nominal_code: '404', is_external: true }],
        tax_rates: [
          {
            name: 'Standard',
            code: 'STD',
            effective_tax_rate: 1900,
            total_tax_rate: 1900,
            is_external: true,
          },
        ],
        ...members,
      },
    ],
  };
  const { emulator, environment } = await openSandbox({
    seed,
    switches: { push_time: '200ms', ...switches },
  });
  const bench = await openWorkbench({
    'ledgerform.yaml': configuration(`external:
  ledger_accounts: { servers: { nominal_code: "404" } }
assignments:
  line_items:
    - { rule: all, when: { line_item: { name: "Host*" } }, ledger_account: servers }
`),
  });
  try {
    await work({
      emulator,
      bench,
      environment,
      run: (...args) => runHere(['records', ...args], { cwd: bench.folder, variables: environment }),
      pushes: () => emulator.log().filter(({ path }) => path.endsWith('/push')).length,
    });
  } finally {
    await emulator.close();
    await bench.remove();
  }
}

const stored = ({ emulator }: World) => emulator.organization(organization).all('synced_records');
const idOf = (world: World, at: number): string => String(stored(world)[at]?.id);
/** The outcomes in a document. */
const outcomesOf = (document: Record<string, unknown>) =>
  document.outcomes as readonly Record<string, unknown>[]; // the shape that docs/outputs.md has

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2000 && !holds(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

const three = {
  payables: [bill('INV-1'), bill('INV-2'), bill('INV-3', { ledger_account: { nominal_code: '404' } })],
  synced_records: [
    record('INV-1', { created_at: '2026-11-01T00:00:00.000Z', updated_at: '2026-11-20T00:00:00.000Z' }),
    record('INV-2', { created_at: '2026-11-02T00:00:00.000Z', updated_at: '2026-11-10T00:00:00.000Z' }),
    record('INV-3', { sync_status: 'done', errors: {}, created_at: '2026-11-03T00:00:00.000Z' }),
    {
      object_type: 'payment_record',
      sync_status: 'pending',
      object_id: '0d9f4c1a-3b2e-4a5f-8c6d-7e8f9a0b1c2d',
      created_at: '2026-11-04T00:00:00.000Z',
    },
  ],
};

test('all types are read, each with one list, and totalled by type and status', () =>
  withWorld(three, {}, async (world) => {
    const { emulator, run } = world;
    const { code, stderr, stdout } = await run('list');
    assert.is(code, 0);
    assert.match(stdout, /^Acme GmbH .*\n\nobject_type +sync_status +object_id +updated_at +platform +id\n/);
    assert.match(
      stdout,
      /\n +pending +error +done +total\nbill +0 +2 +1 +3\npayment_record +1 +0 +0 +1\ntogether +1 +2 +1 +4\n/,
    );
    assert.match(
      stdout,
      /What usually helps:\nrecords [0-9a-f-]{36}, [0-9a-f-]{36}\n→ .*\n +run +ledgerform list line_items --unassigned\n/,
    );
    assert.match(stdout, /\n4 records\n$/);
    assert.match(
      stderr,
      /of 6 types: 6 requests or more, under a second at 30 a second, and one more for each 250/,
    );
    assert.is(emulator.log().filter(({ path }) => path.includes('synced-records')).length, 6);
    const quiet = await run('list', '--format', 'csv', '-q');
    assert.is(quiet.stderr, '');
    assert.is(harmInCsv(quiet.stdout, 15), null);
  }));

test('type, object, status and times narrow it, and totals tell of every status', () =>
  withWorld(three, {}, async (world) => {
    const { emulator, run } = world;
    const ids = async (...args: readonly string[]) => {
      const ran = await run('list', '--json', ...args);
      assert.is(ran.code, 0, ran.stderr);
      const { records } = jsonOf(ran) as { records: readonly { id: string }[] }; // the shape that docs/outputs.md has
      return records.map(({ id }) => stored(world).findIndex((each) => each.id === id));
    };
    assert.equal(await ids('--type', 'bill', '--status', 'error'), [0, 1]);
    assert.equal(await ids('--sort', 'updated', '--type', 'bill', '--updated-since', '2026-11-05'), [1, 0]);
    assert.equal(await ids('--created-until', '2026-11-02', '--order', 'desc'), [1, 0]);
    const before = emulator.log().length;
    assert.equal(await ids('--object', String(stored(world)[2]?.object_id), '--type', 'bill'), [2]);
    const lists = emulator
      .log()
      .slice(before)
      .filter(({ path }) => path.includes('synced-records'));
    assert.is(lists.length, 1);
    const json = jsonOf(await run('list', '--type', 'bill', '--status', 'pending', '--json'));
    assert.equal(json.totals, [{ object_type: 'bill', pending: 0, error: 2, done: 1, other: 0, total: 3 }]);
    for (const args of [['list'], ['retry', '--failed']]) {
      const number = await run(...args, '--object', 'INV-1', '--json');
      assert.equal([number.code, codesOf(jsonOf(number))], [3, ['OPTION_INVALID']]);
    }
    const wrong = await run('list', '--created-since', 'yesterday', '--json');
    assert.equal([wrong.code, codesOf(jsonOf(wrong))], [3, ['OPTION_INVALID']]);
    const type = await run('list', '--type', 'invoice', '--json');
    assert.equal([type.code, codesOf(jsonOf(type))], [3, ['OPTION_INVALID']]);
  }));

test('one record in full, with what usually helps; an id that there is not is exit 3', () =>
  withWorld(three, {}, async (world) => {
    const { run } = world;
    const shown = await run('show', idOf(world, 0));
    assert.match(shown.stdout, /\nsync_status +error\nerrors +line 1 has no ledger account\n/);
    assert.match(shown.stdout, /What usually helps:\n→ Each line of a bill/);
    const json = jsonOf(await run('show', idOf(world, 2), '--json'));
    assert.equal(json.remedies, []);
    for (const id of ['no-such-id', organization, '../x']) {
      const none = await run('show', id, '--json');
      assert.equal([none.code, codesOf(jsonOf(none))], [3, ['ID_NOT_FOUND']]);
    }
  }));

test('what failed is pushed again, fails for its reason, and succeeds once that is mended', () =>
  withWorld(three, {}, async (world) => {
    const { bench, environment, pushes, run } = world;
    const failed = await run('retry', '--failed', '--wait', '20');
    assert.is(failed.code, 5);
    assert.match(
      failed.stdout,
      /\nfailed +bill [0-9a-f-]{36} \(record [0-9a-f-]{36}\)\n +line 1 \(Hosting\) has no ledger account\n/,
    );
    assert.match(
      failed.stdout,
      /What usually helps:\nrecords .*\n→ Each line of a bill needs a ledger account/,
    );
    assert.match(failed.stderr, /PUSH_FAILED/);
    assert.is(pushes(), 2);
    assert.is(
      (await runHere(['apply', '--auto-approve', '-q'], { cwd: bench.folder, variables: environment })).code,
      0,
    );
    const done = await run('retry', '--failed', '--type', 'bill', '--wait', '--json');
    assert.is(done.code, 0, done.stderr);
    assert.equal(
      outcomesOf(jsonOf(done)).map(({ outcome }) => outcome),
      ['done', 'done'],
    );
    assert.equal(jsonOf(done).summary, {
      done: 2,
      pending: 0,
      overtaken: 0,
      failed: 0,
      refused: 0,
      unknown: 0,
      skipped: 0,
    });
    assert.is(world.emulator.organization(organization).all('accounting_payables').length, 2);
    const nothing = await run('retry', '--failed', '--json');
    assert.equal([nothing.code, jsonOf(nothing).outcomes], [0, []]);
    assert.is(pushes(), 4);
  }));

test('without --wait it is said that outcomes are still to come', () =>
  withWorld(three, { push_time: '60000ms' }, async (world) => {
    const { run } = world;
    const pushed = await run('retry', idOf(world, 0), idOf(world, 1), '--json');
    assert.equal(
      [pushed.code, jsonOf(pushed).summary],
      [0, { done: 0, pending: 2, overtaken: 0, failed: 0, refused: 0, unknown: 0, skipped: 0 }],
    );
    const told = await run('retry', '--force', idOf(world, 0), '-c', 'ledgerform.yaml');
    assert.match(
      told.stdout,
      /\n1 record: 1 pending\.\n.*ledgerform records list -c ledgerform\.yaml --status pending/,
    );
    const over = await run('retry', '--force', idOf(world, 0), '--wait', '0.3', '--json');
    assert.equal([over.code, codesOf(jsonOf(over))], [5, ['WAIT_OVER']]);
  }));

test('what is not in error is refused before anything is pushed, but with --force', () =>
  withWorld(three, {}, async (world) => {
    const { pushes, run } = world;
    const refused = await run('retry', idOf(world, 0), idOf(world, 2), '--json');
    assert.equal([refused.code, codesOf(jsonOf(refused))], [4, ['RECORD_NOT_FAILED']]);
    const unknown = await run('retry', idOf(world, 0), organization, '--json');
    assert.equal([unknown.code, codesOf(jsonOf(unknown))], [3, ['ID_NOT_FOUND']]);
    assert.is(pushes(), 0);
    assert.is((await run('retry', idOf(world, 2), '--force', '--wait')).code, 0);
    for (const args of [[], [idOf(world, 0), '--failed'], [idOf(world, 0), '--type', 'bill']]) {
      const wrong = await run('retry', ...args, '--json');
      assert.equal([wrong.code, codesOf(jsonOf(wrong))], [3, ['OPTION_INVALID']]);
    }
    assert.is(pushes(), 1);
  }));

test('without an active connection nothing is pushed, but with --force, and then it is said why it fails', () =>
  withWorld({ ...three, connections: [{ status: 'deauthorized' }] }, {}, async (world) => {
    const { pushes, run } = world;
    const refused = await run('retry', '--failed', '--json');
    assert.equal([refused.code, codesOf(jsonOf(refused))], [3, ['CONNECTION_UNAUTHORIZED']]);
    assert.is(pushes(), 0);
    const forced = await run('retry', idOf(world, 0), '--force', '--wait', '20', '--json');
    assert.is(forced.code, 5);
    assert.match(forced.stderr, 'warning CONNECTION_UNAUTHORIZED');
    const [outcome] = outcomesOf(jsonOf(forced));
    assert.is(outcome?.outcome, 'failed');
    assert.match(JSON.stringify(outcome?.remedies), 'ledgerform connection status');
  }));

test('a push that the service refuses is reported, and alone is exit 1', () =>
  withWorld(three, { push_not_in_error: '409' }, async (world) => {
    const { run } = world;
    const alone = await run('retry', '--force', idOf(world, 2), '--json');
    assert.equal(
      [alone.code, codesOf(jsonOf(alone)), outcomesOf(jsonOf(alone))[0]?.outcome],
      [1, ['PUSH_FAILED'], 'refused'],
    );
    const beside = await run('retry', '--force', idOf(world, 2), idOf(world, 0), '--json');
    assert.is(beside.code, 5);
  }));

test('a push whose answer is lost is looked at, and never sent twice', () =>
  withWorld(three, {}, async (world) => {
    const { emulator, pushes, run } = world;
    emulator.planFaults([{ method: 'POST', path: '*/push', kind: 'reset-after-commit' }]);
    const found = await run('retry', idOf(world, 0), '--json');
    assert.equal([found.code, outcomesOf(jsonOf(found))[0]?.outcome], [0, 'pending']);
    emulator.planFaults([{ method: 'POST', path: '*/push', kind: 'reset-before' }]);
    const unknown = await run('retry', idOf(world, 1), '--wait', '--json');
    assert.equal([unknown.code, outcomesOf(jsonOf(unknown))[0]?.outcome], [5, 'unknown']);
    assert.is(pushes(), 2);
  }));

test('Ctrl-C while outcomes are waited for says what is known', () =>
  withWorld(three, { push_time: '60000ms' }, async ({ bench, environment, pushes }) => {
    const waiting = bench.start(['records', 'retry', '--failed', '--wait', '--json'], environment);
    await until(() => pushes() === 2);
    waiting.kill('SIGINT');
    const { exitCode, stdout } = await waiting;
    const document = jsonOf({ code: exitCode, stdout, stderr: '' });
    assert.equal([exitCode, codesOf(document)], [130, ['INTERRUPTED']]);
    assert.is(outcomesOf(document).length, 2);
  }));

test('many are followed by a few lists, and somebody at a terminal is asked before', () => {
  const numbers = Array.from({ length: 120 }, (_, at) => `INV-${at}`);
  const members = {
    payables: numbers.map((number) => bill(number, { ledger_account: { nominal_code: '404' } })),
    synced_records: numbers.map((number) => record(number)),
  };
  return withWorld(members, {}, async ({ bench, emulator, environment, pushes }) => {
    const terminal = await openTerminal(bench.folder, environment);
    try {
      await terminal.run(`cd '${bench.folder}'`);
      const refused = await terminal.run('ledgerform records retry --failed', 'no');
      assert.is(refused.code, 4);
      assert.match(refused.all, /Push these 120 records of Acme GmbH \(sandbox\) again\?/);
      assert.is(pushes(), 0);
      const before = emulator.log().length;
      const done = await terminal.run(
        'ledgerform records retry --failed --wait --rate-limit 1000 --json',
        'yes',
      );
      assert.is(done.code, 0);
      assert.is(pushes(), 120);
      const reads = emulator
        .log()
        .slice(before)
        .filter(({ method, path }) => method === 'GET' && /synced-records(\?|$)/.test(path));
      assert.ok(reads.length < 30, `${reads.length} reads`);
    } finally {
      terminal.close();
    }
  });
});

/** So many bills with an account, and a record in error for each. */
function failedBills(count: number, more: object = {}) {
  const numbers = Array.from({ length: count }, (_, at) => `INV-${at}`);
  return {
    payables: numbers.map((number) => bill(number, { ledger_account: { nominal_code: '404' } })),
    synced_records: numbers.map((number) => record(number, more)),
  };
}

test('what another run pushes meanwhile is left to it, and it is told how much longer the rest takes', () =>
  withWorld(failedBills(31), {}, async (world) => {
    const { emulator, pushes, run } = world;
    // The last record is read only after one of the first thirty pushes has its answer.
    const running = run('retry', '--failed', '--rate-limit', '8', '--json');
    await until(() => stored(world).some(({ sync_status }) => sync_status === 'pending'));
    const last = stored(world)[30];
    emulator.organization(organization).put('synced_records', { ...last, sync_status: 'done' });
    const { code, stdout, stderr } = await running;
    assert.is(code, 0, stderr);
    const document = jsonOf({ code, stdout, stderr });
    assert.equal(
      outcomesOf(document).flatMap(({ id, outcome }) => (outcome === 'pending' ? [] : [id, outcome])),
      [last?.id, 'overtaken'],
    );
    assert.is((document.summary as Record<string, number>).overtaken, 1); // the shape that docs/outputs.md has
    assert.is(pushes(), 30);
    assert.match(stderr, /Pushing again \d+\/31 · about [1-9] s left\n/);
  }));

test('many are told by what became of them and why, and without a terminal they need --auto-approve', () =>
  withWorld(failedBills(120), {}, async (world) => {
    const { emulator, pushes, run } = world;
    const refused = await run('retry', '--failed', '--json');
    assert.equal([refused.code, codesOf(jsonOf(refused))], [3, ['APPROVAL_NEEDED']]);
    assert.is(pushes(), 0);
    emulator.planFaults([{ method: 'POST', path: '*/push', kind: 'status', code: 409 }]);
    const args = ['retry', '--failed', '--auto-approve', '--rate-limit', '1000'];
    const { code, stdout, stderr } = await run(...args);
    assert.is(code, 1);
    assert.match(stderr, /Pushes 120 records: about 240 requests, under a second at 1000 a second\./);
    assert.match(
      stdout,
      /\n\nrefused {3}120 × bill\n {10}.*\n {10}records ([0-9a-f-]+, ){4}[0-9a-f-]+ and 115 more\n/,
    );
    assert.match(stdout, /\n120 records: 120 refused\.\n$/);
    assert.ok(stdout.split('\n').length < 10);
  }));

test('remedies name the configuration that was named, in tables, documents and after a retry', () =>
  withWorld(three, {}, async (world) => {
    const { run } = world;
    const listed = await run('list', '-c', 'ledgerform.yaml');
    assert.match(listed.stdout, / run +ledgerform list line_items --unassigned -c ledgerform\.yaml\n/);
    assert.is(listed.stdout.match(/→ /g)?.length, 1);
    const shown = jsonOf(await run('show', idOf(world, 0), '--json', '-c', 'ledgerform.yaml'));
    assert.match(JSON.stringify(shown.remedies), 'ledgerform apply -c ledgerform.yaml');
    const retried = await run('retry', '--failed', '--wait', '-c', 'ledgerform.yaml');
    assert.match(retried.stdout, /records .*\n→ .*\n +run .* -c ledgerform\.yaml\n/);
    const narrow = ['retry', '--failed', '--type', 'bill', '--wait', '-c', 'ledgerform.yaml'];
    assert.match(
      (await run(...narrow)).stderr,
      'ledgerform records retry -c ledgerform.yaml --failed --type bill --wait.',
    );
    const { problems } = jsonOf(await run(...narrow, '--json')) as { problems: readonly { hint: string }[] }; // the shape that docs/outputs.md has
    assert.match(problems[0]?.hint ?? '', 'records retry -c ledgerform.yaml --failed');
    const none = jsonOf(await run('show', organization, '--json', '-c', 'ledgerform.yaml'));
    assert.match(JSON.stringify(none.problems), 'ledgerform records list -c ledgerform.yaml shows');
  }));

test('where the service does not say why, the readiness may', () =>
  withWorld({ ...three, synced_records: [record('INV-1', { errors: {} })] }, {}, async (world) => {
    const { run } = world;
    const listed = await run('list');
    assert.match(listed.stdout, /\n {2}the service does not say why\n/);
    assert.match(listed.stdout, / run +ledgerform readiness\n/);
    const shown = jsonOf(await run('show', idOf(world, 0), '--json'));
    assert.match(JSON.stringify(shown.remedies), '"cause":"unexplained"');
  }));

test('what a service says of records is text and nothing else', () => {
  const texts = Object.values(hostileTexts);
  const members = {
    payables: texts.map((_, at) => bill(`INV-${at}`)),
    synced_records: texts.map((text, at) =>
      record(`INV-${at}`, { errors: { [text]: [text, `account missing ${text}`] } }),
    ),
  };
  return withWorld(members, {}, async (world) => {
    const { run } = world;
    assert.is(harmInLines((await run('list')).stdout), null);
    assert.is(harmInCsv((await run('list', '--format', 'csv')).stdout, 15), null);
    assert.is(harmInJson((await run('list', '--json')).stdout), null);
    for (const at of [0, 12, 29]) assert.is(harmInLines((await run('show', idOf(world, at))).stdout), null);
  });
});

test.run();
