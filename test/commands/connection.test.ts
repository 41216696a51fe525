import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Switches } from '../../src/emulator/switches.ts';
import { openTerminal } from '../docs/terminal.ts';
import { type RanHere, runHere } from '../reliability/hostile/run-here.ts';
import { harmInJson, harmInLines, hostileTexts } from '../reliability/hostile/texts.ts';
import {
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  organization,
  type Workbench,
} from './workbench.ts';

const test = suite('ledgerform connection');

const body = `external:
  ledger_accounts: { fees: { nominal_code: "404" } }
settings:
  ledger_accounts: { payments: fees }
`;

interface World {
  readonly emulator: Emulator;
  readonly bench: Workbench;
  readonly environment: Readonly<Record<string, string>>;
  readonly run: (...args: readonly string[]) => Promise<RanHere>;
  /** Requests that begin, end or pull. */
  readonly posts: () => readonly string[];
}

const active = { status: 'connected', platform: 'xero', last_pull: '2026-11-28T09:00:00.000Z' };

/** An organization with these connections, for the length of one test. */
async function withWorld(
  connections: readonly object[],
  switches: Partial<Switches>,
  work: (world: World) => Promise<void>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const chart = { ledger_accounts: [{ name: 'Fees', nominal_code: '404' }], tax_rates: [] };
  const seed = {
    organizations: [{ id: organization, name: 'Acme GmbH', connections, accounting_system: chart, ...more }],
  };
  const { emulator, environment } = await openSandbox({
    seed,
    switches: { pull_time: '200ms', ...switches },
  });
  const bench = await openWorkbench({ 'ledgerform.yaml': configuration(body) });
  try {
    await work({
      emulator,
      bench,
      environment,
      run: (...args) => runHere(['connection', ...args], { cwd: bench.folder, variables: environment }),
      posts: () =>
        emulator
          .log()
          .filter(({ method, path }) => method === 'POST' && path.includes('accounting-connections'))
          .map(({ path }) => path.split('/').at(-1) ?? ''),
    });
  } finally {
    await emulator.close();
    await bench.remove();
  }
}

const listed = ({ emulator }: World) => emulator.organization(organization).all('connections');

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2000 && !holds(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

test('status says that there is none, and --require what may be expected', () =>
  withWorld([], {}, async ({ run }) => {
    const human = await run('status');
    assert.is(human.code, 0);
    assert.match(human.stdout, /^Acme GmbH .*\n\nNo accounting system is connected/);
    assert.match(human.stdout, /warning CONNECTION_NONE[\s\S]*ledgerform connection connect/);
    const none = await run('status', '--require', 'none', '--json');
    assert.equal([none.code, jsonOf(none).met, jsonOf(none).connections], [0, true, []]);
    const unmet = await run('status', '--require', 'active', '--json');
    assert.equal([unmet.code, jsonOf(unmet).met, codesOf(jsonOf(unmet))], [2, false, ['REQUIREMENT_UNMET']]);
    const bare = await run();
    assert.is(bare.code, 3);
    assert.match(
      bare.stderr,
      'ledgerform connection --help explains its commands: status, connect, sync, disconnect.',
    );
    const alone = await run('status', '--wait', '--json');
    assert.equal([alone.code, codesOf(jsonOf(alone))], [3, ['OPTION_INVALID']]);
  }));

test('status tells platform, business, last pull and errors, and warns of a second active one', () =>
  withWorld(
    [
      { ...active, business_info: { name: 'Acme Books' }, errors: [{ message: 'No access to payroll' }] },
      { ...active, platform: 'quickbooks_online', last_pull: null },
      { status: 'disconnected' },
    ],
    {},
    async ({ run }) => {
      const { code, stdout } = await run('status');
      assert.is(code, 0);
      assert.match(
        stdout,
        /connected\n +platform +xero\n +business +Acme Books\n +last pull +2026-11-28T09:00:00\.000Z, .* ago\n/,
      );
      assert.match(stdout, /error +No access to payroll/);
      assert.match(stdout, /1 former connection/);
      assert.match(stdout, /warning CONNECTION_SEVERAL/);
      const json = jsonOf(await run('status', '--require', 'pulled', '--json'));
      assert.is(json.met, true);
      assert.ok(['CONNECTION_SEVERAL', 'CONNECTION_ERRORS'].every((each) => codesOf(json).includes(each)));
      const sync = await run('sync', '--json');
      assert.equal([sync.code, codesOf(jsonOf(sync))], [3, ['CONNECTION_SEVERAL']]);
      const end = await run('disconnect', '--auto-approve', '--json');
      assert.equal([end.code, codesOf(jsonOf(end))], [3, ['CONNECTION_SEVERAL']]);
    },
  ));

test('what a service says of connections is text and nothing else', () =>
  withWorld(
    Object.values(hostileTexts).map((text) => ({
      ...active,
      platform: text,
      business_info: { name: text },
      errors: [{ message: text }],
    })),
    {},
    async ({ run }) => {
      const human = await run('status');
      assert.is(harmInLines(human.stdout), null);
      assert.is(harmInJson((await run('status', '--json')).stdout), null);
    },
  ));

test('connect prints the page, waits until somebody has authorised it and something was pulled', () =>
  withWorld([], {}, async (world) => {
    const { bench, environment, posts, run } = world;
    const waiting = bench.start(['connection', 'connect', '--wait', '--json'], environment);
    await until(() => listed(world).length === 1);
    const again = await run('connect');
    assert.is(again.code, 0);
    const [page = ''] = /http:\S+authorise\S+/.exec(again.stdout) ?? [];
    assert.ok(page.includes(String(listed(world)[0]?.id)));
    assert.equal(posts(), ['accounting-connections']);
    await fetch(page, { method: 'POST', body: new URLSearchParams({ answer: 'xero' }) });
    const { exitCode, stderr, stdout } = await waiting;
    assert.is(exitCode, 0);
    assert.ok(stderr.includes(page));
    const { connection, outcome } = jsonOf({ code: exitCode, stdout, stderr }) as {
      connection: Record<string, unknown>;
      outcome: string;
    }; // the shape that docs/outputs.md has
    assert.equal([outcome, connection.status, typeof connection.last_pull], ['begun', 'connected', 'string']);
    const refused = await run('connect', '--new', '--json');
    assert.equal([refused.code, codesOf(jsonOf(refused))], [4, ['CONNECTION_ACTIVE']]);
    assert.equal(posts(), ['accounting-connections']);
  }));

test('connect ends with 2 when nobody authorises it, and when somebody refuses', () =>
  withWorld([], {}, async (world) => {
    const { run } = world;
    const over = await run('connect', '--wait', '0.3', '--json');
    assert.equal([over.code, jsonOf(over).outcome, codesOf(jsonOf(over))], [2, 'begun', ['WAIT_OVER']]);
    const [connection] = listed(world);
    const id = String(connection?.id);
    await fetch(`${new URL(world.environment.TESOURO_API_URL ?? '').origin}/authorise/${id}`, {
      method: 'POST',
      body: new URLSearchParams({ answer: 'refuse' }),
    });
    const vain = await run('status', '--require', 'pulled', '--wait', '--json');
    assert.equal([vain.code, codesOf(jsonOf(vain))], [2, ['CONNECTION_ERRORS', 'REQUIREMENT_UNMET']]);
    assert.match((await run('status')).stdout, /\ndeauthorized \(refused, or no longer authorised\)\n/);
    const aimedAt = await run('status', '-c', 'ledgerform.yaml');
    assert.match(aimedAt.stdout, `ledgerform connection disconnect -c ledgerform.yaml ${id}, then`);
    const next = await run('connect');
    assert.is(next.code, 0);
    assert.is(listed(world).length, 2);
    assert.is((await run('status', '--require', 'active', '--wait', '0.2')).code, 2);
  }));

test('a begin whose answer is lost is looked for, and nobody knows of one that is not there', () =>
  withWorld([], {}, async (world) => {
    const { emulator, posts, run } = world;
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections', kind: 'reset-after-commit' }]);
    const found = await run('connect', '--json');
    assert.equal([found.code, jsonOf(found).outcome], [0, 'begun']);
    assert.is(listed(world).length, 1);
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections', kind: 'reset-before' }]);
    const unknown = await run('connect', '--new', '--json');
    assert.equal([unknown.code, codesOf(jsonOf(unknown))], [5, ['LOST_ANSWER']]);
    assert.is(posts().length, 2);
  }));

test('after a lost answer none of several new connections is taken for the one that was begun', () =>
  withWorld([], {}, async (world) => {
    const { emulator, posts, run } = world;
    // While the look waits for its second try, another run begins one too.
    emulator.planFaults([
      { method: 'POST', path: '/accounting-connections', kind: 'reset-after-commit' },
      { method: 'GET', path: '/accounting-connections', kind: 'status', code: 503, nth: 2, retryAfter: 1 },
    ]);
    const running = run('connect', '--json');
    await until(() => listed(world).length === 1);
    emulator.organization(organization).put('connections', { status: 'pending_auth' });
    const unknown = await running;
    const document = jsonOf(unknown);
    assert.equal([unknown.code, codesOf(document)], [5, ['LOST_ANSWER']]);
    for (const { id } of listed(world)) assert.match(JSON.stringify(document.problems), String(id));
    assert.equal(posts(), ['accounting-connections']);
  }));

test('connect that another run was faster with is refused, and says which connection is active', () =>
  withWorld([], {}, async (world) => {
    const { emulator, run } = world;
    emulator.planFaults([{ method: 'GET', path: '/accounting-connections', kind: 'slow', ms: 500, nth: 1 }]);
    const running = run('connect', '--json');
    await until(() => emulator.log().some(({ path }) => path.endsWith('/accounting-connections')));
    const { id } = emulator.organization(organization).put('connections', active);
    const raced = await running;
    const document = jsonOf(raced);
    assert.equal([raced.code, codesOf(document)], [4, ['API_REFUSED', 'CONNECTION_ACTIVE']]);
    assert.match(JSON.stringify(document.problems), String(id));
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections', kind: 'status', code: 409 }]);
    emulator.organization(organization).put('connections', { ...active, id, status: 'disconnected' });
    const refused = await run('connect', '--json');
    assert.equal([refused.code, codesOf(jsonOf(refused))], [4, ['API_REFUSED']]);
  }));

test('sync --wait ends when the last pull has moved', () =>
  withWorld([active], {}, async ({ run }) => {
    const { code, stdout, stderr } = await run('sync', '--wait', '--json');
    assert.is(code, 0, stderr);
    const { last_pull, last_pull_before, outcome } = jsonOf({ code, stdout, stderr });
    assert.equal([outcome, last_pull_before], ['pulled', active.last_pull]);
    assert.ok(String(last_pull) > active.last_pull);
    const begun = await run('sync');
    assert.is(begun.code, 0);
    assert.match(begun.stdout, /goes on over there/);
  }));

test('sync without an active connection is 3, and says what to do', () =>
  withWorld([{ status: 'deauthorized' }], {}, async (world) => {
    const { posts, run } = world;
    const none = await run('sync', '--json');
    assert.equal([none.code, codesOf(jsonOf(none))], [3, ['CONNECTION_UNAUTHORIZED']]);
    const named = await run('sync', String(listed(world)[0]?.id), '--json');
    assert.equal([named.code, codesOf(jsonOf(named))], [3, ['CONNECTION_INACTIVE']]);
    assert.equal(posts(), []);
  }));

test('sync --wait that runs out is 5, also over a pull that went on already', () =>
  withWorld([active], { pull_time: '60000ms', sync_running: '409' }, async ({ run }) => {
    const over = await run('sync', '--wait', '0.3', '--json');
    assert.equal([over.code, jsonOf(over).outcome, codesOf(jsonOf(over))], [5, 'timed_out', ['WAIT_OVER']]);
    const running = await run('sync', '--wait', '0.3', '--json');
    assert.equal([running.code, codesOf(jsonOf(running))], [5, ['WAIT_OVER']]);
    const refused = await run('sync', '--json');
    assert.equal([refused.code, codesOf(jsonOf(refused))], [1, ['API_REFUSED']]);
  }));

test('what the connection reports meanwhile ends the wait', () =>
  withWorld([{ ...active, errors: [{ message: 'Old' }] }], { pull_time: '60000ms' }, async (world) => {
    const { bench, emulator, environment, posts } = world;
    const waiting = bench.start(['connection', 'sync', '--wait', '--json'], environment);
    await until(() => posts().length === 1);
    const id = String(listed(world)[0]?.id);
    emulator
      .organization(organization)
      .put('connections', { id, errors: [{ message: 'Old' }, { message: 'No access' }] });
    const { exitCode, stdout } = await waiting;
    const document = jsonOf({ code: exitCode, stdout, stderr: '' });
    assert.equal([exitCode, document.outcome, codesOf(document)], [5, 'failed', ['CONNECTION_ERRORS']]);
    assert.match(JSON.stringify(document.problems), 'No access');
    assert.not.match(JSON.stringify(document.problems), 'Old');
  }));

test('a sync whose answer is lost was begun when the last pull moves', () =>
  withWorld([active], {}, async ({ emulator, posts, run }) => {
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections/*', kind: 'reset-after-commit' }]);
    const found = await run('sync', '--json');
    assert.equal([found.code, jsonOf(found).outcome], [0, 'pulled']);
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections/*', kind: 'reset-before' }]);
    const unknown = await run('sync', '--wait', '0.5', '--json');
    assert.equal(
      [unknown.code, jsonOf(unknown).outcome, codesOf(jsonOf(unknown))],
      [5, 'unknown', ['LOST_ANSWER']],
    );
    assert.equal(posts(), ['sync', 'sync']);
  }));

test('Ctrl-C ends the wait at once, and says that the pull goes on', () =>
  withWorld([active], { pull_time: '60000ms' }, async ({ bench, environment, posts }) => {
    const waiting = bench.start(['connection', 'sync', '--wait'], environment);
    await until(() => posts().length === 1);
    waiting.kill('SIGINT');
    const { exitCode, stderr } = await waiting;
    assert.is(exitCode, 130);
    assert.match(stderr, /INTERRUPTED[\s\S]*goes on over there/);
  }));

test('what breaks off a wait leaves the document of what was sent', () =>
  withWorld([active], { pull_time: '60000ms', sync_running: '409' }, async (world) => {
    const { bench, emulator, environment, posts, run } = world;
    const waiting = bench.start(['connection', 'sync', '--wait', '--json'], environment);
    await until(() => posts().length === 1);
    waiting.kill('SIGINT');
    const { exitCode, stdout } = await waiting;
    const stopped = jsonOf({ code: exitCode, stdout, stderr: '' });
    assert.equal([exitCode, stopped.outcome, codesOf(stopped)], [130, 'started', ['INTERRUPTED']]);
    const late = await run('sync', '--wait', '--timeout', '1', '--json');
    assert.equal([late.code, jsonOf(late).outcome, codesOf(jsonOf(late))], [5, 'running', ['DEADLINE']]);
    emulator.planFaults([{ method: 'POST', path: '*/disconnect', kind: 'timeout-after-commit' }]);
    const end = await run('disconnect', '--auto-approve', '--timeout', '1', '--json');
    assert.equal([end.code, jsonOf(end).outcome, codesOf(jsonOf(end))], [5, 'unknown', ['LOST_ANSWER']]);
    emulator.planFaults([{ method: 'POST', path: '*/sync', kind: 'timeout-after-commit' }]);
    emulator.organization(organization).put('connections', { ...listed(world)[0], ...active });
    const lost = await run('sync', '--timeout', '1', '--json');
    assert.equal([lost.code, jsonOf(lost).outcome, codesOf(jsonOf(lost))], [5, 'unknown', ['LOST_ANSWER']]);
  }));

test('connect --wait that is broken off says what was begun', () =>
  withWorld([], {}, async (world) => {
    const late = await world.run('connect', '--wait', '--timeout', '1', '--json');
    assert.equal([late.code, jsonOf(late).outcome, codesOf(jsonOf(late))], [5, 'begun', ['DEADLINE']]);
    const found = await world.run('connect', '--wait', '--timeout', '1', '--json');
    assert.equal([found.code, jsonOf(found).outcome, codesOf(jsonOf(found))], [1, 'found', ['DEADLINE']]);
  }));

test('disconnect shows what will stop, and without a terminal needs --auto-approve', () => {
  const bill = {
    document_id: 'INV-1',
    status: 'new',
    counterpart_name: 'Hetzner',
    line_items: [{ name: 'Hosting' }],
  };
  const records = [{ object_type: 'bill', sync_status: 'error', object: { document_id: 'INV-1' } }];
  return withWorld(
    [active],
    {},
    async (world) => {
      const { posts, run } = world;
      const asked = await run('disconnect', '--json');
      assert.equal([asked.code, codesOf(jsonOf(asked))], [3, ['APPROVAL_NEEDED']]);
      assert.equal(posts(), []);
      const { code, stdout } = await run('disconnect', '--auto-approve');
      assert.is(code, 0);
      assert.match(stdout, /1 external ledger account, used by 1 setting\./);
      assert.match(stdout, /0 records still to be pushed, 1 failed/);
      assert.match(stdout, /\nDisconnected xero/);
      assert.is(listed(world)[0]?.status, 'disconnected');
      const again = await run('disconnect', '--auto-approve', '--json');
      assert.equal([again.code, jsonOf(again).outcome], [0, 'nothing']);
      const named = await run('disconnect', String(listed(world)[0]?.id), '--auto-approve', '--json');
      assert.equal([named.code, jsonOf(named).outcome], [0, 'nothing']);
      assert.equal(posts(), ['disconnect']);
    },
    { payables: [bill], synced_records: records },
  );
});

test('disconnect goes on after yes alone', () =>
  withWorld([active], {}, async (world) => {
    const { bench, environment, posts } = world;
    const terminal = await openTerminal(bench.folder, environment);
    try {
      await terminal.run(`cd '${bench.folder}'`);
      const refused = await terminal.run('ledgerform connection disconnect', 'no');
      assert.is(refused.code, 4);
      assert.match(refused.all, /Disconnect xero.*\?[\s\S]*NOT_APPROVED/);
      assert.equal(posts(), []);
      const done = await terminal.run('ledgerform connection disconnect --json', 'yes');
      assert.is(done.code, 0);
      assert.match(done.all, /Nothing is pulled any more/);
      assert.equal(posts(), ['disconnect']);
    } finally {
      terminal.close();
    }
  }));

test('a disconnect whose answer is lost is looked for', () =>
  withWorld([active], { disconnect_answer: 'without_url' }, async (world) => {
    const { emulator, posts, run } = world;
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections/*', kind: 'reset-before' }]);
    const unknown = await run('disconnect', '--auto-approve', '--json');
    assert.equal([unknown.code, codesOf(jsonOf(unknown))], [5, ['LOST_ANSWER']]);
    emulator.planFaults([{ method: 'POST', path: '/accounting-connections/*', kind: 'reset-after-commit' }]);
    const done = await run('disconnect', '--auto-approve', '--json');
    assert.equal([done.code, jsonOf(done).outcome], [0, 'disconnected']);
    assert.equal(posts(), ['disconnect', 'disconnect']);
  }));

test.run();
