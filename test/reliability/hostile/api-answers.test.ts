import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Emulator, localCredentials } from '../../../src/emulator/emulator.ts';
import { figures } from '../figures.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { anyJson, type Change, changedPart, type Json, share } from './arbitrary.ts';
import { type Asked, hostileApi, type Instead, type Passing } from './hostile-api.ts';
import { configuration, openOrganization, operation, variablesFor } from './organization.ts';
import { type RanHere, runHere } from './run-here.ts';
import { harmInCsv, harmInJson, harmInLines, hostileTexts } from './texts.ts';

const folder = await mkdtemp(join(tmpdir(), 'ledgerform-hostile-api-'));
await writeFile(join(folder, 'ledgerform.yaml'), configuration);
const test = suite('hostile answers of the API');
test.after(() => rm(folder, { recursive: true }));
let changed = 0;

interface Seen extends RanHere {
  readonly asked: readonly Asked[];
}

/** Runs a command against a service whose answers are changed. */
async function against(
  args: readonly string[],
  change: (answer: Passing, asked: Asked, index: number) => Instead,
  emulator?: Emulator,
): Promise<Seen> {
  const service = emulator ?? (await openOrganization());
  const api = await hostileApi(service.url, (answer, asked, index) => {
    const instead = change(answer, asked, index);
    if (instead !== answer) changed += 1;
    return instead;
  });
  try {
    const ran = await runHere([...args, '--rate-limit', '10000'], {
      cwd: folder,
      variables: variablesFor(api.url),
    });
    return { ...ran, asked: api.asked };
  } finally {
    await api.close();
    if (!emulator) await service.close();
  }
}

const isList = ({ method, target }: Asked): boolean => method === 'GET' && !/\/settings/.test(target);
const isWrite = ({ method, target }: Asked): boolean => method !== 'GET' && !/\/token$/.test(target);
const apply = ['apply', '--auto-approve', '--settle', '0', '--timeout', '2'];
const commands: readonly (readonly string[])[] = [
  apply,
  [...apply, '--json'],
  ['plan', '--timeout', '2'],
  ['plan', '--json', '--timeout', '2'],
  ['drift', '--timeout', '2', '--verbose', '--stats'],
  ['list', 'ledger_accounts', '--format', 'csv', '--timeout', '2'],
  ['list', 'line_items', '--timeout', '2'],
  ['list', 'products', '--format', 'csv', '--timeout', '2'],
  ['list', 'payables', '--json', '--timeout', '2'],
  ['list', 'settings', '--format', 'csv', '--timeout', '2'],
  ['explain', 'ledger_accounts.income', '--timeout', '2'],
  ['explain', 'settings.ledger_accounts.payments', '--json', '--timeout', '2'],
];
const columns: Readonly<Record<string, number>> = { ledger_accounts: 7, products: 7, settings: 4 };

function checkRan(args: readonly string[], { asked, code, stderr, stdout }: Seen): void {
  const output = stdout + stderr;
  assert.ok([0, 1, 2, 3, 4, 5].includes(code), `${code}`);
  assert.not.match(output, /INTERNAL|has a bug|undefined|\bNaN\b|\[object |Infinity/);
  assert.not.match(output, localCredentials.secret);
  assert.is(harmInLines(stderr), null);
  if (args.includes('--json')) assert.is(harmInJson(stdout), null);
  else if (args.includes('csv')) {
    if (stdout !== '') assert.is(harmInCsv(stdout, columns[args[1] ?? ''] ?? 0), null);
  } else assert.is(harmInLines(stdout), null);
  for (const { target } of asked) assert.match(target, operation);
  if (args[0] !== 'apply') assert.not.ok(asked.some(isWrite));
}

test('unchanged answers are applied: what follows is due to the change alone', async () => {
  const { asked, code, stderr } = await against(apply, (answer) => answer);
  assert.is(code, 0, stderr);
  assert.is(asked.filter(isWrite).length, 9);
  for (const args of commands.slice(2)) {
    const seen = await against(args, (answer) => answer);
    checkRan(args, seen);
    assert.ok(seen.code === 0 || seen.code === 2, `${args.join(' ')}: ${seen.stderr}`);
  }
});

const noLists: readonly Json[] = [
  null,
  {},
  'x',
  5,
  true,
  [null],
  [[]],
  [1],
  ['x'],
  { length: 0 },
  { 0: {} },
  [{}],
];
const lists = [
  'ledger-accounts',
  'accounting-tax-rates',
  'products',
  'payables',
  'line-items',
  'receivables',
];

for (const list of lists) {
  test(`a list of ${list} that is none is never an empty one: nothing is deleted for it`, async () => {
    const emulator = await openOrganization();
    try {
      const bodies: readonly (readonly [Json | undefined, string])[] = [
        ...noLists.map((data): [Json, string] => [{ data, next_pagination_token: null }, 'data']),
        ...[5, true, {}, [], ['x']].map((token): [Json, string] => [
          { data: [], next_pagination_token: token },
          'token',
        ]),
        ...[null, [], 'x', 5].map((body): [Json, string] => [body, 'body']),
        [{}, 'empty'],
        [undefined, 'nothing'],
        [{ data: [], next_pagination_token: '\ud800' }, 'half a character'],
        [{ data: [{ id: '' }] }, 'an empty id'],
        [{ data: [{ id: 7 }] }, 'a number as id'],
      ];
      // All of them for one list, and some for each of the others.
      for (const [body, what] of bodies.filter(
        (_, at) => list === lists[0] || at % 5 === lists.indexOf(list) - 1,
      )) {
        const args = [...apply, '--json'];
        const seen = await against(
          args,
          (answer, asked) =>
            asked.target.split('?')[0]?.endsWith(list) && isList(asked) ? { ...answer, body } : answer,
          emulator,
        );
        checkRan(args, seen);
        assert.is(seen.code, 1, `${what} ${JSON.stringify(body)}: ${seen.stdout}`);
        assert.not.ok(seen.asked.some(isWrite));
      }
    } finally {
      await emulator.close();
    }
  });
}

const badIds = [
  '.',
  '..',
  '../../settings',
  '%2e%2e',
  'a/b',
  'a?b=c',
  'a#b',
  'a\nb',
  'a b',
  '\ud800',
  '__proto__',
  'x'.repeat(5000),
  '\\..\\x',
];

for (const badId of badIds) {
  test(`the id ${JSON.stringify(badId.slice(0, 20))} leads no request to another path`, async () => {
    for (const list of badIds.indexOf(badId) < 4
      ? ['ledger-accounts', 'products', 'payables', 'line-items']
      : ['products']) {
      const seen = await against(apply, (answer, asked) =>
        asked.target.split('?')[0]?.endsWith(list) && isList(asked)
          ? { ...answer, body: withIds(answer.body, badId) }
          : answer,
      );
      checkRan(apply, seen);
    }
  });
}

const isMembers = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withIds(body: Json | undefined, badId: string): Json | undefined {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  if (!Array.isArray(data)) return body;
  return {
    data: data.map((each: Json, at): Json => (at === 0 && isMembers(each) ? { ...each, id: badId } : each)),
  };
}

const named: Readonly<Record<string, (answer: Passing, asked: Asked, index: number) => Instead>> = {
  'a page of 150,000 objects': (answer, asked) =>
    asked.target.includes('/ledger-accounts?')
      ? {
          ...answer,
          body: { data: Array.from({ length: 150_000 }, (_, at) => ({ id: `${at}`, is_external: true })) },
        }
      : answer,
  'a token with a line break': (answer, _, index) =>
    index === 0 ? { ...answer, body: { access_token: 'secret-part\r\nx: y', expires_in: 60 } } : answer,
  'a token that no header can hold': (answer, _, index) =>
    index === 0 ? { ...answer, body: { access_token: 'secret-part\u20ac', expires_in: 60 } } : answer,
  'a token that expires at once': (answer, _, index) =>
    index === 0 ? { ...answer, body: { access_token: 'secret-part', expires_in: 1e-9 } } : answer,
  // Found by the search below.
  'a token that lasts for what is no number': (answer, _, index) =>
    index === 0
      ? { ...answer, body: { access_token: 'secret-part', expires_in: { toString: null } } }
      : answer,
  'amounts that no number holds': (answer, asked) =>
    asked.target.includes('/products?')
      ? {
          ...answer,
          text: JSON.stringify(answer.body).replaceAll('"price":{', '"price":{"value":1e999,"x":-1e999,'),
        }
      : answer,
  'a body with 205': (answer, asked) => (isList(asked) ? { ...answer, status: 205 } : answer),
  'a status that is none': (answer, asked) => (isList(asked) ? { ...answer, status: 299 } : answer),
  'a redirect to itself': (answer, asked) =>
    isList(asked) ? { ...answer, status: 302, headers: { location: asked.target } } : answer,
  'a redirect to another host': (answer, asked) =>
    isList(asked) ? { ...answer, status: 307, headers: { location: '\u00ff//example.invalid/' } } : answer,
  'packed bytes that are none': (answer, asked) =>
    isList(asked) ? { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip, br' } } : answer,
  'an encoding that nobody knows': (answer, asked) =>
    isList(asked) ? { ...answer, headers: { ...answer.headers, 'content-encoding': 'x-none' } } : answer,
  'a bomb of packed bytes': (answer, asked) =>
    isList(asked)
      ? { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, text: bomb }
      : answer,
  'a body that never ends': (_, asked) => (response) => {
    response.setHeader('content-type', 'application/json');
    if (!isList(asked)) {
      response.end('{"access_token":"x"}');
      return;
    }
    const chunk = ' '.repeat(1024 * 1024);
    const more = (): void => {
      let taken = true;
      while (taken && !response.destroyed) taken = response.write(chunk);
    };
    response.on('drain', more).on('error', () => {});
    more();
  },
  'headers of 30 KB': (answer, asked) =>
    isList(asked)
      ? { ...answer, headers: { ...answer.headers, 'x-request-id': 'x'.repeat(30_000) } }
      : answer,
  'depth without end': (answer, asked) =>
    isList(asked)
      ? { ...answer, text: `{"data":[{"id":${'['.repeat(500_000)}${']'.repeat(500_000)}}]}` }
      : answer,
  'a refusal without end of depth': (answer, asked) =>
    isList(asked)
      ? { ...answer, status: 422, text: `{"detail":[{"loc":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}` }
      : answer,
  'members twice': (answer, asked) =>
    isList(asked) ? { ...answer, text: '{"data":[],"data":null,"__proto__":{"data":[]}}' } : answer,
  'a list in the prototype': (answer, asked) =>
    isList(asked) ? { ...answer, text: '{"__proto__":{"data":[]}}' } : answer,
};
/** An empty list once it is unpacked, with 64 MB of white space in it. */
const bomb = gzipSync(`{"data":[${' '.repeat(64 * 1024 * 1024)}]}`);

for (const [what, change] of Object.entries(named)) {
  test(`${what}: an exit code, plain words, no secret, and no write for what cannot be read`, async () => {
    const started = process.cpuUsage();
    const seen = await against(apply, change);
    checkRan(apply, seen);
    assert.not.match(seen.stdout + seen.stderr, 'secret-part');
    if (seen.code === 1) assert.not.ok(seen.asked.some(isWrite));
    const { user } = process.cpuUsage(started);
    assert.ok(user < 10e6, `${user / 1e6} s`);
  });
}

test('a list that is a bomb of packed bytes is no empty list', async () => {
  const { code } = await against(['list', 'ledger_accounts', '--timeout', '2'], (answer, asked) =>
    isList(asked)
      ? { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, text: bomb }
      : answer,
  );
  assert.is(code, 1);
});

test('a packed answer is unpacked', async () => {
  const { code } = await against(['plan'], (answer, asked) =>
    isList(asked)
      ? {
          ...answer,
          headers: { ...answer.headers, 'content-encoding': 'gzip' },
          text: gzipSync(JSON.stringify(answer.body)),
        }
      : answer,
  );
  assert.is(code, 0);
});

const names = (
  'data id name code status error message detail loc msg type next_pagination_token is_external effective_tax_rate nominal_code ' +
  'description accounting ledger_account_ids tax_ids payments products price value currency line_items total amount created_at ' +
  '__proto__ constructor toString length'
).split(' ');
const headers = [
  'x-organization-id',
  'x-request-id',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'content-type',
  'location',
  'set-cookie',
  'content-encoding',
];
const headerText = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '1e999',
    'nan',
    '9'.repeat(400),
    'x'.repeat(3000),
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '30, 30;w=0',
    '0;w=1',
    'application/json',
    'text/html',
    '9d2b4c8f-2087-4738-ba91-7359683c49a4',
    'gzip',
    '::error::x',
  ),
  fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
);

type AnswerChange =
  | { readonly place: number; readonly how: Change; readonly value: Json }
  | { readonly header: string; readonly text: string }
  | Partial<Passing & { readonly text: string }>;

function changedBy(changes: readonly AnswerChange[], answer: Passing): Instead {
  let now: Passing = answer;
  for (const change of changes) {
    if ('place' in change) {
      const { how, place, value } = change;
      now = Object.assign({}, now, { body: changedPart(now.body ?? null, place, value, how) });
    } else if ('header' in change) {
      const headers = Object.assign({}, now.headers, { [change.header]: change.text });
      now = Object.assign({}, now, { headers });
    } else now = Object.assign({}, now, change);
  }
  return now;
}

test('whatever stands in any answer, a run ends with an exit code and plain words', async () => {
  const value = anyJson(names, Object.values(hostileTexts));
  const part = fc.record({
    request: fc.oneof(fc.nat(30), fc.constantFrom(1, 2, 3)),
    change: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          place: share,
          how: fc.constantFrom<'put' | 'drop' | 'add' | 'twice'>('put', 'put', 'drop', 'add', 'twice'),
          value,
        }),
      },
      { weight: 1, arbitrary: fc.record({ header: fc.constantFrom(...headers), text: headerText }) },
      {
        weight: 1,
        arbitrary: fc.record({
          status: fc.constantFrom(
            200,
            201,
            204,
            205,
            299,
            300,
            304,
            400,
            401,
            403,
            404,
            405,
            409,
            422,
            499,
            599,
          ),
        }),
      },
      { weight: 1, arbitrary: fc.record({ body: value }) },
      {
        weight: 1,
        arbitrary: fc.record({
          text: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(hostileTexts))),
        }),
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...commands),
      fc.array(part, { minLength: 1, maxLength: 4 }),
      async (args, parts) => {
        const seen = await against(args, (answer, _, index) =>
          changedBy(
            parts.flatMap(({ change, request }) => (request === index ? [change] : [])),
            answer,
          ),
        );
        checkRan(args, seen);
      },
    ),
    { numRuns: fuzzRuns(50) },
  );
});

test.after(() => figures('hostile-api-answers', { 'hostile API answers': changed }));

test.run();
