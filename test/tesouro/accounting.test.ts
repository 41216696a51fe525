import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { followPushes } from '../../src/accounting/follow-pushes.ts';
import { type PushOutcome, pushAgain } from '../../src/accounting/push-again.ts';
import type { RecordFilter, SyncedRecord } from '../../src/model/synced-record.ts';
import type { ConnectedProvider } from '../../src/providers/accounting-contract.ts';
import {
  type FakeService,
  failure,
  type Received,
  type Script,
  type Scripted,
  withService,
} from './fake-service.ts';

const test = suite('the accounting system behind an organization');

const connection = (more: object = {}): object => ({
  id: 'c1',
  status: 'connected',
  platform: 'xero',
  last_pull: '2026-11-28T09:00:00Z',
  created_at: '2026-11-01T00:00:00Z',
  connection_url: 'https://link.example/c1',
  business_info: { name: 'Acme Books' },
  errors: null,
  ...more,
});
const record = (id: string, more: object = {}): object => ({
  id,
  object_type: 'bill',
  object_id: `o-${id}`,
  sync_status: 'error',
  errors: { message: 'no account' },
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00Z',
  ...more,
});

/** What GET requests get, and what POST requests get. */
const answering =
  (get: Scripted, post: Scripted): Script =>
  ({ method }) =>
    method === 'GET' ? get : post;

const list = (...data: readonly object[]): Scripted => ({ json: { data, next_pagination_token: null } });

/** Does something after a first call that shows that the address is right. */
async function warm(service: FakeService): Promise<ConnectedProvider> {
  const provider = service.connect();
  await provider.connections();
  return provider;
}

test('a connection is told with its business, and errors in whatever shape', () =>
  withService(
    () =>
      list(connection(), {
        id: 'c2',
        errors: [{ message: 'No access' }, 'Expired'],
        business_info: { legal_name: 'Acme Ltd' },
      }),
    async (service) => {
      const [first, second] = await service.connect().connections();
      assert.is(first?.business_name, 'Acme Books');
      assert.equal(first?.errors, []);
      assert.equal(second, {
        id: 'c2',
        status: null,
        platform: null,
        last_pull: null,
        created_at: null,
        connection_url: null,
        business_name: 'Acme Ltd',
        errors: ['No access', 'Expired'],
      });
    },
  ));

for (const [name, json] of [
  ['without a list', {}],
  ['with a connection that has no id', { data: [{ status: 'connected' }] }],
  ['with a status that is a number', { data: [{ id: 'c1', status: 7 }] }],
] as const)
  test(`connections ${name} are no empty list`, () =>
    withService(
      () => ({ json }),
      async (service) => {
        assert.is((await failure(service.connect().connections())).problem.code, 'READ_INCOMPLETE');
      },
    ));

const posts: readonly (readonly [
  string,
  (provider: ConnectedProvider) => Promise<{ readonly status: string }>,
])[] = [
  ['connect', ({ accounting }) => accounting.connect()],
  ['disconnect', ({ accounting }) => accounting.disconnect('c1')],
  ['sync', ({ accounting }) => accounting.sync('c1')],
  ['push', ({ accounting }) => accounting.push('r1')],
];
const answers: readonly (readonly [string, Scripted, 'refused' | 'lost', number])[] = [
  ['409', { status: 409, json: { error: { message: 'no' } } }, 'refused', 1],
  ['422', { status: 422, json: { detail: [{ msg: 'no' }] } }, 'refused', 1],
  ['500', { status: 500, json: { error: { message: 'no' } } }, 'lost', 1],
  ['a broken connection', 'reset', 'lost', 1],
  ['a body that breaks off', 'cut', 'lost', 1],
  ['a 429 that does not end', { status: 429, json: { message: 'API rate limit exceeded' } }, 'refused', 20],
];
for (const [verb, write] of posts)
  for (const [name, answer, status, sent] of answers)
    test(`a ${verb} that is answered by ${name} is ${status}, and sent ${sent === 1 ? 'once' : 'until it counts'}`, () =>
      withService(answering(list(), answer), async (service) => {
        const provider = await warm(service);
        assert.is((await service.until(write(provider))).status, status);
        assert.is(service.received.filter(({ method }) => method === 'POST').length, sent);
      }));

test('a connection that was begun is told with its page', () =>
  withService(
    answering(list(), { status: 201, json: connection({ status: 'pending_auth', last_pull: null }) }),
    async (service) => {
      const written = await (await warm(service)).accounting.connect();
      assert.is(written.status, 'stored');
      assert.is(written.status === 'stored' && written.stored.connection_url, 'https://link.example/c1');
      assert.is(service.received.at(-1)?.body, '');
    },
  ));

test('a begin that does not say which connection is lost', () =>
  withService(answering(list(), { status: 201, json: { status: 'pending_auth' } }), async (service) => {
    const written = await (await warm(service)).accounting.connect();
    assert.is(written.status === 'lost' && written.error.problem.code, 'API_ANSWER');
  }));

for (const [name, json] of [
  ['nothing readable', null],
  ['another connection', connection({ id: 'c9', status: 'disconnected' })],
] as const)
  test(`after a disconnect that answers with ${name} the list says what it is`, () =>
    withService(
      answering(
        list(connection({ status: 'disconnected' })),
        json === null ? { status: 200, text: 'ok' } : { json },
      ),
      async (service) => {
        const written = await (await warm(service)).accounting.disconnect('c1');
        assert.equal(written.status === 'stored' && [written.stored.id, written.stored.status], [
          'c1',
          'disconnected',
        ]);
      },
    ));

test('a disconnected connection may have left the list', () =>
  withService(answering(list(), { status: 204 }), async (service) => {
    const written = await (await warm(service)).accounting.disconnect('c1');
    assert.is(written.status === 'stored' && written.stored.status, 'disconnected');
  }));

for (const [name, answer, said] of [
  [
    'a message',
    { status: 202, json: { message: 'Started connection data sync.' } },
    'Started connection data sync.',
  ],
  ['nothing', { status: 202 }, null],
  ['text', { status: 202, text: 'ok' }, null],
] as const)
  test(`a sync that is accepted with ${name} is accepted`, () =>
    withService(answering(list(), answer), async (service) => {
      const written = await (await warm(service)).accounting.sync('c1');
      assert.is(written.status === 'stored' ? written.stored : 'not stored', said);
    }));

const collect = async (
  provider: ConnectedProvider,
  filter: RecordFilter,
): Promise<readonly SyncedRecord[]> => {
  const found: SyncedRecord[] = [];
  for await (const each of provider.accounting.records(filter)) found.push(each);
  return found;
};

test('records are asked for by type, objects and times, with the largest page', () =>
  withService(
    () => list(),
    async (service) => {
      await collect(service.connect(), {
        object_type: 'bill',
        object_ids: ['a', 'b'],
        created_from: '2026-01-01T00:00:00Z',
        updated_to: '2026-02-01T00:00:00Z',
        sort: 'updated_at',
        order: 'desc',
      });
      const query = service.received[0]?.query;
      assert.equal(
        [...(query ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)),
        [
          ['created_at__gte', '2026-01-01T00:00:00Z'],
          ['limit', '250'],
          ['object_id__in', 'a'],
          ['object_id__in', 'b'],
          ['object_type', 'bill'],
          ['order', 'desc'],
          ['sort', 'updated_at'],
          ['updated_at__lte', '2026-02-01T00:00:00Z'],
        ],
      );
    },
  ));

test('a filter that the service ignores is applied all the same', () =>
  withService(
    () =>
      list(
        record('r1'),
        record('r2', { object_type: 'vendor' }),
        record('r3', { object_id: null }),
        record('r4', { updated_at: '2026-11-09T00:00:00Z' }),
      ),
    async (service) => {
      const filter = {
        object_type: 'bill',
        object_ids: ['o-r1', 'o-r4'],
        updated_to: '2026-11-03T00:00:00Z',
      } as const;
      assert.equal(
        (await collect(service.connect(), filter)).map(({ id }) => id),
        ['r1'],
      );
    },
  ));

test('no objects mean no request', () =>
  withService(
    () => list(record('r1')),
    async (service) => {
      assert.equal(await collect(service.connect(), { object_type: 'bill', object_ids: [] }), []);
      assert.is(service.received.length, 0);
    },
  ));

for (const [name, json] of [
  ['no id', record('', {})],
  ['no type', record('r1', { object_type: null })],
  ['no status', record('r1', { sync_status: undefined })],
] as const)
  test(`a record with ${name} is no shorter list`, () =>
    withService(
      () => list(json),
      async (service) => {
        const error = await failure(collect(service.connect(), { object_type: 'bill' }));
        assert.is(error.problem.code, 'READ_INCOMPLETE');
      },
    ));

test('a push that answers with another record is looked up by its own id', () =>
  withService(
    ({ method, path }) =>
      method === 'POST'
        ? { json: record('r9') }
        : path.endsWith('/r1')
          ? { json: record('r1', { sync_status: 'pending' }) }
          : list(),
    async (service) => {
      const written = await (await warm(service)).accounting.push('r1');
      assert.equal(written.status === 'stored' && [written.stored.id, written.stored.sync_status], [
        'r1',
        'pending',
      ]);
    },
  ));

const asRecord = (id: string, more: Partial<SyncedRecord> = {}): SyncedRecord => ({
  id,
  object_type: 'bill',
  object_id: `o-${id}`,
  sync_status: 'error',
  errors: ['no account'],
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00Z',
  last_pulled_at: null,
  object_updated_at: null,
  platform: null,
  platform_object_id: null,
  platform_updated_at: null,
  provider: null,
  provider_object_id: null,
  provider_updated_at: null,
  ...more,
});

async function pushed(
  service: FakeService,
  records: readonly SyncedRecord[],
  stop = new AbortController().signal,
): Promise<readonly PushOutcome[]> {
  const provider = await warm(service);
  const { clock } = service;
  return service.until(
    pushAgain(records, {
      accounting: provider.accounting,
      now: () => clock.now(),
      wait: (milliseconds) => provider.wait(milliseconds),
      stop,
      looked: () => {},
      notify: () => {},
    }),
  );
}

const pushesOf = ({ received }: FakeService): readonly string[] =>
  received.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/').at(-2) ?? '');

/** Pushes are answered by id, the look before a push by `before`, and each look after it by `look`. */
function pushing(
  byId: Readonly<Record<string, Scripted>>,
  look: (request: Received) => Scripted,
  before: (id: string) => Scripted = (id) => ({ json: record(id) }),
): Script {
  const posted = new Set<string>();
  return (request) => {
    const parts = request.path.split('/');
    if (request.method === 'POST') {
      const id = parts.at(-2) ?? '';
      posted.add(id);
      return byId[id] ?? { status: 404, json: {} };
    }
    if (request.path.endsWith('/accounting-connections')) return list();
    const id = parts.at(-1) ?? '';
    return posted.has(id) ? look(request) : before(id);
  };
}

test('each record is pushed once, and its answer says what became of it', () =>
  withService(
    pushing(
      {
        a: { json: record('a', { sync_status: 'pending' }) },
        b: { json: record('b', { sync_status: 'done' }) },
        c: { json: record('c', { updated_at: '2026-11-03T00:00:00Z' }) },
        d: { status: 409, json: { error: { message: 'not in error' } } },
      },
      () => ({ status: 500 }),
    ),
    async (service) => {
      const outcomes = await pushed(
        service,
        ['a', 'b', 'c', 'd'].map((id) => asRecord(id)),
      );
      assert.equal(
        outcomes.map(({ outcome, record: { id } }) => [id, outcome]),
        [
          ['a', 'pushed'],
          ['b', 'done'],
          ['c', 'failed'],
          ['d', 'refused'],
        ],
      );
      assert.match(outcomes[3]?.problem?.message ?? '', /not in error/);
      assert.equal([...pushesOf(service)].sort(), ['a', 'b', 'c', 'd']);
    },
  ));

test('a record that somebody else has pushed meanwhile is not pushed again', () => {
  const meanwhile: Readonly<Record<string, object>> = {
    a: record('a', { sync_status: 'done', updated_at: '2026-11-28T00:00:00Z' }),
    b: record('b', { sync_status: 'pending', updated_at: '2026-11-28T00:00:00Z' }),
    // It failed again: whoever wants it pushed still does.
    c: record('c', { updated_at: '2026-11-28T00:00:00Z' }),
    d: record('d', { sync_status: 'done' }),
  };
  return withService(
    pushing(
      {
        c: { json: record('c', { sync_status: 'pending' }) },
        d: { json: record('d', { sync_status: 'pending' }) },
      },
      () => ({ status: 500 }),
      (id) => ({ json: meanwhile[id] ?? {} }),
    ),
    async (service) => {
      const chosen = ['a', 'b', 'c'].map((id) => asRecord(id));
      const outcomes = await pushed(service, [...chosen, asRecord('d', { sync_status: 'done' })]);
      assert.equal(
        outcomes.map(({ outcome, record: { sync_status } }) => [outcome, sync_status]),
        [
          ['overtaken', 'done'],
          ['overtaken', 'pending'],
          ['pushed', 'pending'],
          ['pushed', 'pending'],
        ],
      );
      assert.equal([...pushesOf(service)].sort(), ['c', 'd']);
    },
  );
});

test('a record that cannot be read before its push is not pushed, and the others are', () =>
  withService(
    pushing(
      { b: { json: record('b', { sync_status: 'pending' }) } },
      () => ({ status: 500 }),
      (id) => (id === 'a' ? { status: 404, json: {} } : { json: record(id) }),
    ),
    async (service) => {
      const outcomes = await pushed(service, [asRecord('a'), asRecord('b')]);
      assert.equal(
        outcomes.map(({ outcome, problem }) => [outcome, problem === null]),
        [
          ['skipped', false],
          ['pushed', true],
        ],
      );
      assert.equal(pushesOf(service), ['b']);
    },
  ));

for (const [title, answer] of [
  ['as it was', {}],
  ['as it was even before', { updated_at: '2026-11-01T00:00:00Z' }],
] as const)
  test(`an answer that shows the record ${title} says nothing of the push`, () =>
    withService(
      pushing({ a: { json: record('a', answer) } }, () => ({ json: record('a', answer) })),
      async (service) => {
        const [outcome] = await pushed(service, [asRecord('a')]);
        assert.equal([outcome?.outcome, outcome?.problem?.code], ['unknown', 'LOST_ANSWER']);
        assert.equal(pushesOf(service), ['a']);
      },
    ));

test('after an answer that lags behind, the record itself says what became of it', () =>
  withService(
    pushing({ a: { json: record('a') } }, () => ({
      json: record('a', { sync_status: 'done', updated_at: '2026-11-28T00:00:00Z' }),
    })),
    async (service) => {
      const [outcome] = await pushed(service, [asRecord('a')]);
      assert.is(outcome?.outcome, 'done');
    },
  ));

test('after a lost answer a record that has changed was pushed', () =>
  withService(
    pushing({ a: 'reset' }, () => ({
      json: record('a', { sync_status: 'pending', updated_at: '2026-11-28T00:00:00Z' }),
    })),
    async (service) => {
      const [outcome] = await pushed(service, [asRecord('a')]);
      assert.equal([outcome?.outcome, outcome?.record.updated_at], ['pushed', '2026-11-28T00:00:00Z']);
      assert.equal(pushesOf(service), ['a']);
    },
  ));

test('after a lost answer nobody knows of a record that has not changed, and it is not pushed again', () =>
  withService(
    pushing({ a: 'reset' }, () => ({ json: record('a') })),
    async (service) => {
      const [outcome] = await pushed(service, [asRecord('a')]);
      assert.is(outcome?.outcome, 'unknown');
      assert.is(outcome?.problem?.code, 'API_UNREACHABLE');
      assert.equal(pushesOf(service), ['a']);
    },
  ));

test('after a lost answer a look from before the last one proves no push', () =>
  withService(
    pushing({ a: 'reset' }, () => ({ json: record('a', { updated_at: '2026-11-01T00:00:00Z' }) })),
    async (service) => {
      const [outcome] = await pushed(service, [asRecord('a')]);
      assert.is(outcome?.outcome, 'unknown');
    },
  ));

test('after a lost answer and no look either nobody knows', () =>
  withService(
    pushing({ a: 'reset' }, () => ({ status: 404, json: {} })),
    async (service) => {
      assert.equal(
        (await pushed(service, [asRecord('a')])).map(({ outcome }) => outcome),
        ['unknown'],
      );
    },
  ));

test('whoever stops it pushes nothing more', () =>
  withService(
    pushing({}, () => ({ status: 500 })),
    async (service) => {
      const outcomes = await pushed(service, [asRecord('a'), asRecord('b')], AbortSignal.abort());
      assert.equal(
        outcomes.map(({ outcome }) => outcome),
        ['skipped', 'skipped'],
      );
      assert.is(service.received.filter(({ path }) => path.includes('synced-records')).length, 0);
    },
  ));

test('a record that is looked at while somebody stops it is not pushed any more', () => {
  const controller = new AbortController();
  return withService(
    pushing(
      {},
      () => ({ status: 500 }),
      (id) => {
        controller.abort();
        return { json: record(id) };
      },
    ),
    async (service) => {
      const [outcome] = await pushed(service, [asRecord('a')], controller.signal);
      assert.equal([outcome?.outcome, outcome?.problem], ['skipped', null]);
      assert.equal(pushesOf(service), []);
    },
  );
});

test('a refused credential ends the pushing', () =>
  withService(
    pushing(
      Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`r${at}`, { status: 401, json: {} }])),
      () => list(),
    ),
    async (service) => {
      const outcomes = await pushed(
        service,
        Array.from({ length: 80 }, (_, at) => asRecord(`r${at}`)),
      );
      assert.is(outcomes.filter(({ outcome }) => outcome === 'refused').length, 30);
      assert.is(outcomes.filter(({ outcome }) => outcome === 'skipped').length, 50);
      assert.is(pushesOf(service).length, 30);
    },
  ));

test('outcomes are followed by lists of objects, until each has one', () => {
  const waiting = Array.from({ length: 150 }, (_, at) =>
    asRecord(`r${at}`, { sync_status: 'pending', updated_at: '2026-11-28T10:00:00Z' }),
  );
  let looks = 0;
  const seen: Script = ({ path, query }) => {
    if (path.endsWith('/accounting-connections')) return list();
    const ids = query.getAll('object_id__in').map((id) => id.slice(2));
    return list(
      ...ids.map((id) => {
        // The first look shows what was before the push; the second has half of the outcomes.
        if (looks === 1) return record(id);
        const over = looks === 3 || Number(id.slice(1)) % 2 === 0;
        return record(id, { sync_status: over ? 'done' : 'pending', updated_at: '2026-11-28T10:00:01Z' });
      }),
    );
  };
  return withService(seen, async (service) => {
    const provider = await warm(service);
    const outcomes: string[] = [];
    const followed = followPushes(waiting, provider.accounting, ({ id }) => outcomes.push(id));
    const look = async () => {
      looks += 1;
      const before = service.received.length;
      const left = await followed.look();
      return [left, service.received.length - before];
    };
    assert.equal(await look(), [150, 2]);
    assert.equal(await look(), [75, 2]);
    assert.equal(await look(), [0, 1]);
    assert.is(new Set(outcomes).size, 150);
    assert.equal(await look(), [0, 0]);
  });
});

test('a record without an object is followed by itself', () =>
  withService(
    ({ path }) =>
      path.endsWith('/a')
        ? { json: record('a', { object_id: null, sync_status: 'done', updated_at: null }) }
        : list(),
    async (service) => {
      const provider = await warm(service);
      const seen: string[] = [];
      const followed = followPushes(
        [asRecord('a', { object_id: null, sync_status: 'pending' })],
        provider.accounting,
        ({ id }) => seen.push(id),
      );
      assert.is(followed.lists(), 1);
      assert.is(await followed.look(), 0);
      assert.equal(seen, ['a']);
    },
  ));

test.run();
