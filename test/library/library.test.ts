import { getEventListeners } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordLine } from '../../src/apply/record-line.ts';
import {
  type ApplyReport,
  accessToken,
  type Client,
  type Configuration,
  carryOut,
  clientCredentials,
  LedgerformError,
  openClient,
  type Plan,
  type RecordLine,
  readPlan,
  render,
  survey,
} from '../../src/index.ts';
import { accounts, organization } from '../commands/workbench.ts';
import {
  codesOf,
  configured,
  idOf,
  manyOrganizations,
  sandboxOptions,
  seedOf,
  textOf,
  withClient,
} from './world.ts';

const test = suite('the pipeline in a program');
const unrecorded = { record: 'none' } as const;

/** The plan that a survey comes to. */
async function planOf(configuration: Configuration, client: Client): Promise<Plan> {
  const found = await survey(configuration, client.organization(configuration.organization.id));
  if (!found.ok) throw new Error(codesOf(found.problems));
  return found.plan;
}

async function rejection(work: Promise<unknown>): Promise<LedgerformError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof LedgerformError) return thrown;
    throw thrown;
  }
  throw new Error('it did not reject');
}

async function typeError(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof TypeError) return thrown.message;
    throw thrown;
  }
  throw new Error('it was taken');
}

const writesIn = (emulator: { log(): readonly { method: string; path: string }[] }): number =>
  emulator.log().filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token')).length;

test('a plan that was saved is carried out, and the next one is empty', () =>
  withClient({}, async ({ client }) => {
    const configuration = await configured();
    const plan = await planOf(configuration, client);
    assert.equal(plan.summary, { create: 2, update: 0, delete: 0, assign: 0, unassign: 0, set: 1, drift: 0 });
    const saved = readPlan(JSON.stringify(plan));
    assert.ok(saved.ok);
    const events: string[] = [];
    const report = await carryOut(saved.plan, client.organization(organization), {
      ...unrecorded,
      onEvent: ({ change, type }) => events.push(`${type} ${change.address}`),
    });
    assert.is(report.outcome, 'applied');
    assert.is(report.converged, true);
    assert.is(report.run, null);
    assert.is(events.length, 6);
    assert.equal((await planOf(configuration, client)).changes, []);
  }));

test('so is one in a local environment in this process, in memory or in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-test-'));
  try {
    const configuration = await configured(textOf(accounts, organization, 'local'));
    const file = join(folder, 'local.json');
    for (const place of [{ seed: seedOf({}) }, { seed: seedOf({}), file }]) {
      const client = await openClient({ environment: 'local', ...place });
      assert.is(client.url, 'local');
      const plan = await planOf(configuration, client);
      const open = client.organization(organization);
      assert.is((await carryOut(plan, open, { ...unrecorded, configuration })).outcome, 'applied');
      await client.close();
    }
    const again = await openClient({ environment: 'local', file });
    assert.equal((await planOf(configuration, again)).changes, []);
    const taken = await rejection(openClient({ environment: 'local', file }));
    assert.is(codesOf(taken.problems), 'OPTION_INVALID');
    await again.close();
    const wrong = await rejection(openClient({ environment: 'local', seed: { organizations: [{}] } }));
    assert.is(codesOf(wrong.problems), 'OPTION_INVALID');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('many organizations share one token and one budget, and each has a plan of its own', () =>
  withClient({ rateLimit: 30, seed: manyOrganizations(12) }, async ({ client, emulator }) => {
    const reports = await Promise.all(
      Array.from({ length: 12 }, async (_, number): Promise<ApplyReport> => {
        const id = idOf(number);
        const plan = await planOf(await configured(textOf(accounts, id)), client);
        assert.is(plan.organization.id, id);
        assert.is(plan.observed.requests, 3);
        return carryOut(plan, client.organization(id), unrecorded);
      }),
    );
    assert.ok(reports.every(({ outcome }) => outcome === 'applied'));
    assert.is(emulator.stats().throttled, 0);
    assert.is(emulator.log().filter(({ path }) => path.endsWith('/token')).length, 1);
    assert.is(client.traffic().requests, emulator.stats().requests);
  }));

test('whoever writes a configuration or a plan does not choose whose books it is for', () =>
  withClient({ seed: manyOrganizations(2) }, async ({ client, emulator }) => {
    const mine = await configured(textOf());
    const other = client.organization(idOf(1));
    const looked = await survey(mine, other);
    assert.ok(!looked.ok);
    assert.is(codesOf(looked.problems), 'PLAN_ELSEWHERE');
    const local = await survey(
      await configured(textOf(accounts, organization, 'local')),
      client.organization(organization),
    );
    assert.is(!local.ok && codesOf(local.problems), 'PLAN_ELSEWHERE');
    assert.is(emulator.stats().requests, 0);
    const plan = await planOf(mine, client);
    const before = emulator.stats().requests;
    const report = await carryOut(plan, other, unrecorded);
    assert.is(report.outcome, 'refused');
    assert.is(codesOf(report.problems), 'PLAN_ELSEWHERE');
    assert.is(emulator.stats().requests, before);
  }));

test('a plan never decides where credentials go', () =>
  withClient({}, async (first) => {
    const plan = await planOf(await configured(), first.client);
    await withClient({}, async ({ client, emulator }) => {
      const report = await carryOut(plan, client.organization(organization), unrecorded);
      assert.is(codesOf(report.problems), 'PLAN_ELSEWHERE');
      assert.is(emulator.stats().requests, 0);
    });
  }));

test('a plan that was changed is refused, also where nobody has read it with readPlan', () =>
  withClient({}, async ({ client, emulator }) => {
    const plan = await planOf(await configured(), client);
    const before = emulator.stats().requests;
    const edited = { ...plan, changes: plan.changes.slice(1) };
    const open = client.organization(organization);
    const report = await carryOut(edited, open, unrecorded);
    assert.equal([report.outcome, codesOf(report.problems)], ['refused', 'PLAN_EDITED']);
    const read = readPlan(JSON.stringify(edited));
    assert.is(!read.ok && codesOf(read.problems), 'PLAN_EDITED');
    const nothing = await Reflect.apply(carryOut, undefined, [{}, open, unrecorded]);
    assert.is(nothing.outcome, 'refused');
    assert.is(emulator.stats().requests, before);
  }));

test('a plan is refused when something has moved, and when its configuration has changed', () =>
  withClient({}, async ({ client, emulator }) => {
    const configuration = await configured();
    const open = client.organization(organization);
    await carryOut(await planOf(configuration, client), open, unrecorded);
    const renamed = await configured(textOf(accounts.replace('Consulting income', 'Advice')));
    const plan = await planOf(renamed, client);
    const outdated = await carryOut(plan, open, { ...unrecorded, configuration });
    assert.equal([outdated.outcome, codesOf(outdated.problems)], ['refused', 'PLAN_OUTDATED']);
    const moved = await configured(textOf(accounts.replace('Consulting income', 'Counsel')));
    await carryOut(await planOf(moved, client), open, unrecorded);
    const written = writesIn(emulator);
    const stale = await carryOut(plan, open, { ...unrecorded, configuration: renamed });
    assert.equal([stale.outcome, codesOf(stale.problems)], ['refused', 'STALE']);
    assert.is(writesIn(emulator), written);
  }));

test('what a guard refuses can be shown and not be carried out, unless it is allowed', () =>
  withClient({}, async ({ client, emulator }) => {
    const open = client.organization(organization);
    await carryOut(await planOf(await configured(), client), open, unrecorded);
    const clearing = accounts
      .replace('payments: cash', 'payments: null')
      .replace(/ {2}consulting:[\s\S]*?"4010"\n/, '');
    const less = await configured(textOf(`${clearing}policy: { prune: all, max_deletes: 0 }\n`));
    const found = await survey(less, open);
    assert.ok(found.ok && found.refused);
    assert.is(
      codesOf(found.plan.warnings.filter(({ severity }) => severity === 'error')),
      'TOO_MANY_DELETES',
    );
    const written = writesIn(emulator);
    const report = await carryOut(found.plan, open, unrecorded);
    assert.equal([report.outcome, codesOf(report.problems)], ['refused', 'TOO_MANY_DELETES']);
    assert.is(writesIn(emulator), written);
    assert.ok((await render({ plan: found.plan, report }, 'markdown')).includes('TOO_MANY_DELETES'));
    const allowed = await survey(less, open, { allow: { deletes: 1 } });
    assert.ok(allowed.ok && !allowed.refused);
    assert.is((await carryOut(allowed.plan, open, unrecorded)).outcome, 'applied');
  }));

test('a look-up that finds nothing is a problem with a place', () =>
  withClient({}, async ({ client }) => {
    const found = await survey(
      await configured(textOf('settings:\n  ledger_accounts: { payments: { nominal_code: "9999" } }\n')),
      client.organization(organization),
    );
    assert.ok(!found.ok);
    assert.is(codesOf(found.problems), 'LOOKUP_NONE');
    assert.is(found.problems[0]?.file, 'ledgerform.yaml');
  }));

test('with a base, drift is told apart and can be undone alone', () =>
  withClient({}, async ({ client }) => {
    const open = client.organization(organization);
    const base = await configured(textOf(), { commit: 'a1b2c3' });
    await carryOut(await planOf(base, client), open, unrecorded);
    const foreign = await configured(textOf(accounts.replace('Consulting income', 'Changed by hand')));
    await carryOut(await planOf(foreign, client), open, unrecorded);
    const wanted = await configured(textOf(accounts.replace('Cash clearing', 'Clearing')));
    const found = await survey(wanted, open, { base, only: 'drift' });
    assert.ok(found.ok);
    assert.equal(
      found.plan.changes.map(({ address, reason }) => [address, reason]),
      [['ledger_accounts.consulting', 'drift']],
    );
    assert.equal(
      found.others.map(({ address, reason }) => [address, reason]),
      [['ledger_accounts.cash', 'config']],
    );
    assert.is(found.plan.config.base, 'a1b2c3');
    const elsewhere = await configured(textOf(accounts, idOf(1)), { commit: 'a1b2c3' });
    const wrong = await survey(wanted, open, { base: elsewhere });
    assert.is(!wrong.ok && codesOf(wrong.problems), 'BASE_ELSEWHERE');
    assert.match(await typeError(() => survey(wanted, open, { base: wanted })), /commit/);
    assert.match(await typeError(() => survey(wanted, open, { only: 'drift' })), /base/);
  }));

test('a signal breaks off its own call and no other, and is let go of', () =>
  withClient({ latencyMs: 40, seed: manyOrganizations(2) }, async ({ client }) => {
    const [one, two] = await Promise.all([configured(), configured(textOf(accounts, idOf(1)))]);
    const abort = new AbortController();
    const broken = rejection(survey(one, client.organization(organization), { signal: abort.signal }));
    const other = planOf(two, client);
    abort.abort();
    const { problems } = await broken;
    assert.is(codesOf(problems), 'INTERRUPTED');
    assert.is((await other).changes.length, 3);
    const late = new AbortController();
    await survey(one, client.organization(organization), { signal: late.signal });
    assert.equal(getEventListeners(late.signal, 'abort'), []);
    assert.equal(getEventListeners(abort.signal, 'abort'), []);
  }));

test('a call lasts no longer than it may, also while a token is waited for', () =>
  withClient({ faults: [{ path: '*/token', kind: 'timeout-before' }] }, async ({ client }) => {
    const open = client.organization(organization);
    const { problems, status } = await rejection(survey(await configured(), open, { timeoutSeconds: 0.2 }));
    assert.is(codesOf(problems), 'DEADLINE');
    assert.is(status, null);
  }));

test('a stop finishes what is under way, starts nothing more, and the report says what is left', () =>
  withClient({}, async ({ client }) => {
    const plan = await planOf(await configured(), client);
    const stop = new AbortController();
    const report = await carryOut(plan, client.organization(organization), {
      ...unrecorded,
      stop: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'finished') stop.abort();
      },
    });
    assert.is(report.outcome, 'partial');
    const left = report.outcomes.filter(({ status }) => status === 'skipped');
    assert.ok(left.length > 0 && left.every(({ error }) => error?.code === 'INTERRUPTED'));
    assert.ok(report.summary.applied > 0);
    const again = await carryOut(
      await planOf(await configured(), client),
      client.organization(organization),
      unrecorded,
    );
    assert.is(again.outcome, 'applied');
  }));

test('closing breaks off what is under way, and can be done twice', () =>
  withClient({ latencyMs: 40 }, async ({ client }) => {
    const running = rejection(planOf(await configured(), client));
    await Promise.all([client.close(), client.close()]);
    assert.is(codesOf((await running).problems), 'INTERRUPTED');
    assert.is(codesOf((await rejection(planOf(await configured(), client))).problems), 'INTERRUPTED');
  }));

test('a refused credential says so, with what the service calls the request', () =>
  withClient(
    {},
    async ({ client }) => {
      const { message, problems, requestId, status } = await rejection(planOf(await configured(), client));
      assert.is(codesOf(problems), 'AUTH_FAILED');
      assert.is(status, 401);
      assert.type(requestId, 'string');
      assert.match(message, /^AUTH_FAILED: /);
    },
    { secret: 'not-the-secret' },
  ));

test('every write is in the record before it is sent', () =>
  withClient({}, async ({ client, emulator }) => {
    const lines: RecordLine[] = [];
    const plan = await planOf(await configured(), client);
    const report = await carryOut(plan, client.organization(organization), {
      record: {
        actor: 'somebody',
        host: 'here',
        write: (some) => {
          for (const line of some) if (line.type === 'write') assert.ok(line.write > writesIn(emulator) - 1);
          lines.push(...some);
        },
      },
    });
    const [first] = lines;
    assert.ok(first?.type === 'run');
    assert.equal([first.actor, first.host, first.plan_digest], ['somebody', 'here', plan.digest]);
    assert.is(report.run, first.run);
    assert.equal(lines.map(({ type }) => type).sort(), [
      'end',
      'outcome',
      'outcome',
      'outcome',
      'run',
      'write',
      'write',
      'write',
    ]);
  }));

test('a promise of the record is waited for before what it records is sent, and one line after the other', () =>
  withClient({}, async ({ client, emulator }) => {
    const kept: RecordLine[] = [];
    let keeping = 0;
    const plan = await planOf(await configured(), client);
    const report = await carryOut(plan, client.organization(organization), {
      record: {
        actor: 'somebody',
        write: async (lines) => {
          keeping += 1;
          assert.is(keeping, 1);
          const sent = writesIn(emulator);
          await setImmediate();
          for (const line of lines) if (line.type === 'write') assert.ok(line.write > sent);
          assert.ok(writesIn(emulator) <= kept.filter(({ type }) => type === 'write').length);
          kept.push(...lines);
          keeping -= 1;
        },
      },
    });
    assert.equal([report.outcome, kept[0]?.type, kept.at(-1)?.type], ['applied', 'run', 'end']);
    assert.is(kept.filter(({ type }) => type === 'write').length, 3);
  }));

test('a promise of the record that is rejected in the middle starts nothing more', () =>
  withClient({}, async ({ client, emulator }) => {
    const plan = await planOf(await configured(), client);
    const types: (readonly string[])[] = [];
    const report = await carryOut(plan, client.organization(organization), {
      record: {
        actor: 'somebody',
        write: async (lines) => {
          types.push(lines.map(({ type }) => type));
          await setImmediate();
          if (types.length > 1 && types.at(-1)?.includes('write')) throw new Error('the database is gone');
        },
      },
    });
    assert.equal([report.outcome, codesOf(report.problems)], ['partial', 'RECORD_UNWRITABLE']);
    assert.equal([report.writes, writesIn(emulator)], [1, 1]);
    assert.equal(types, [['run', 'write'], ['write'], ['outcome'], ['end']]);
  }));

test('what stops a run while a write is being recorded stops that write too, and the record says so', () =>
  withClient({}, async ({ client, emulator }) => {
    const plan = await planOf(await configured(), client);
    const stop = new AbortController();
    const kept: RecordLine[] = [];
    const report = await carryOut(plan, client.organization(organization), {
      stop: stop.signal,
      record: {
        actor: 'somebody',
        write: async (lines) => {
          kept.push(...lines);
          await setImmediate();
          stop.abort();
        },
      },
    });
    assert.equal([report.writes, writesIn(emulator)], [0, 0]);
    assert.ok(report.outcomes.every(({ status }) => status === 'skipped'));
    assert.ok(report.outcomes.some(({ error }) => error?.code === 'INTERRUPTED'));
    const written = kept.filter(({ type }) => type === 'write').length;
    const told = kept.flatMap((line) => (line.type === 'outcome' ? [line.status] : []));
    assert.equal(
      told,
      Array.from({ length: written }, () => 'failed'),
    );
  }));

test('a record that never answers ends with the call, and nothing is sent', () =>
  withClient({}, async ({ client, emulator }) => {
    const plan = await planOf(await configured(), client);
    const broken = new AbortController();
    const left = getEventListeners(broken.signal, 'abort').length;
    const never = (): Promise<void> => new Promise(() => broken.abort());
    for (const end of [{ signal: broken.signal }, { timeoutSeconds: 2 }]) {
      const report = await carryOut(plan, client.organization(organization), {
        ...end,
        record: { actor: 'x', write: never },
      });
      assert.equal([report.outcome, codesOf(report.problems)], ['refused', 'RECORD_UNWRITABLE']);
    }
    assert.equal([writesIn(emulator), getEventListeners(broken.signal, 'abort').length], [0, left]);
  }));

test('in a folder it is the record that history reads', () =>
  withClient({}, async ({ client }) => {
    const folder = await mkdtemp(join(tmpdir(), 'ledgerform-test-'));
    try {
      const plan = await planOf(await configured(), client);
      const { run } = await carryOut(plan, client.organization(organization), {
        record: { actor: 'somebody', folder: join(folder, 'runs') },
      });
      assert.equal(await readdir(join(folder, 'runs')), [`${run}.jsonl`]);
      const { readFile } = await import('node:fs/promises');
      const rows = (await readFile(join(folder, 'runs', `${run}.jsonl`), 'utf8')).trim().split('\n');
      assert.ok(rows.every((row) => recordLine(row) !== null));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }));

test('what cannot be recorded is not written', () =>
  withClient({}, async ({ client, emulator }) => {
    const plan = await planOf(await configured(), client);
    const broken = () => {
      throw new Error('the database is gone');
    };
    for (const write of [broken, async () => broken()]) {
      const report = await carryOut(plan, client.organization(organization), {
        record: { actor: 'x', write },
      });
      assert.equal([report.outcome, codesOf(report.problems)], ['refused', 'RECORD_UNWRITABLE']);
    }
    assert.is(writesIn(emulator), 0);
    const unsaid = await typeError(() =>
      Reflect.apply(carryOut, undefined, [plan, client.organization(organization), {}]),
    );
    assert.match(unsaid, /record is missing/);
  }));

test('a listener that throws neither ends a run nor is passed over in silence', () =>
  withClient({}, async ({ client }) => {
    const plan = await planOf(await configured(), client);
    const heard: unknown[] = [];
    const hear = (thrown: unknown): void => void heard.push(thrown);
    process.on('uncaughtException', hear);
    try {
      const report = await carryOut(plan, client.organization(organization), {
        ...unrecorded,
        onEvent: () => {
          throw new Error('a bug of the host');
        },
      });
      assert.is(report.outcome, 'applied');
      assert.is(heard.length, 6);
    } finally {
      process.off('uncaughtException', hear);
    }
  }));

test('a wrong call is a TypeError that says what is wrong, and sends nothing', () =>
  withClient({}, async (world) => {
    const { client, emulator } = world;
    const configuration = await configured();
    const open = client.organization(organization);
    const options = sandboxOptions(world);
    const calls: readonly (readonly [(...args: never[]) => unknown, readonly unknown[], RegExp])[] = [
      [survey, [configuration, open, { targets: ['x'] }], /no option targets/],
      [survey, [configuration, open, { target: [] }], /at least one/],
      [survey, [configuration, open, { target: 'x' }], /target must be/],
      [survey, [configuration, open, { timeoutSeconds: '5' }], /timeoutSeconds must be/],
      [survey, [configuration, open, { timeoutSeconds: Number.NaN }], /timeoutSeconds must be/],
      [survey, [configuration, open, { allow: { delete: 1 } }], /no option delete/],
      [survey, [configuration, open, { signal: {} }], /AbortSignal/],
      [client.organization, [], /^organization: id is missing/],
      [client.organization, [' '], /^organization: id must be/],
      [carryOut, [null, open], /^carryOut: record is missing/],
      [openClient, [{ environment: 'sandbox' }], /^openClient: credentials is missing/],
      [survey, [{ ...configuration }, open], /loadFiles or loadTexts/],
      [survey, [configuration, { ...open }], /organization of a client/],
      [survey, [configuration, client], /organization of a client/],
      [openClient, [{ ...options, credentials: { type: 'client' } }], /clientCredentials or accessToken/],
      [openClient, [{ ...options, seed: {} }], /no option seed/],
      [openClient, [{ environment: 'local', credentials: options.credentials }], /no option credentials/],
      [openClient, [{ environment: 'local', url: client.url, seed: {} }], /its own seed/],
      [openClient, [{ ...options, concurrency: 0 }], /concurrency must be/],
      [openClient, [undefined], /environment is missing/],
      [openClient, [null], /options are no object/],
      [clientCredentials, [{ id: 'x', secret: 'two words' }], /secret must be/],
      [accessToken, [''], /must be/],
      [render, [{}, 'pdf'], /must be human/],
    ];
    for (const [call, args, words] of calls)
      assert.match(await typeError(() => Reflect.apply(call, undefined, args)), words);
    assert.is(emulator.stats().requests, 0);
  }));

test('a URL or a proxy that cannot be used is told before anything is sent', async () => {
  const credentials = accessToken('some-token-of-ours');
  const code = async (options: object): Promise<string> =>
    codesOf((await rejection(openClient({ environment: 'sandbox', credentials, ...options }))).problems);
  assert.is(await code({ url: 'http://example.com' }), 'URL_INVALID');
  assert.is(await code({ url: 'https://api.tesouro.com/v1' }), 'URL_INVALID');
  assert.is(await code({ proxy: 'ftp://proxy' }), 'URL_INVALID');
});

test('what holds a secret shows none', async () => {
  const secret = 'a-secret-that-nobody-may-see';
  const held = [clientCredentials({ id: 'us', secret }), accessToken(secret)];
  const client = await openClient({
    environment: 'sandbox',
    credentials: clientCredentials({ id: 'us', secret }),
  });
  for (const each of [...held, client, client.organization(organization)]) {
    const shown = inspect(each, { depth: null, showHidden: true });
    assert.not.match(`${shown}${JSON.stringify(each)}${String(each)}`, new RegExp(secret));
  }
  await client.close();
});

test('requests are told as they end, without what they hold', () =>
  withClient({}, async (world) => {
    const lines: string[] = [];
    const client = await openClient({
      ...sandboxOptions(world),
      onRequest: ({ method, path, status }) => lines.push(`${method} ${path} ${status}`),
    });
    await planOf(await configured(), client);
    await client.close();
    assert.is(lines.length, 4);
    assert.ok(lines.includes('GET /v1/ledger-accounts 200'));
  }));

test('a result can be shown in every form', () =>
  withClient({}, async ({ client }) => {
    const plan = await planOf(await configured(), client);
    const report = await carryOut(plan, client.organization(organization), unrecorded);
    for (const format of ['human', 'markdown', 'html', 'github', 'sarif', 'junit'] as const) {
      assert.ok((await render({ plan }, format)).length > 100, format);
      assert.ok((await render({ plan, report }, format)).length > 100, format);
    }
    assert.match(await render({ plan }, 'human'), /^Acme GmbH .*\n[\s\S]*Plan: 2 to create, 1 to set\.\n$/);
    assert.match(await render({ plan, report }, 'human'), /Apply: 3 applied/);
    assert.match(await typeError(() => render({ report }, 'human')), /needs its plan/);
  }));

test.run();
