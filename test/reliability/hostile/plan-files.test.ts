import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../../src/model/plan.ts';
import { problemCodes } from '../../../src/model/problem-codes.ts';
import { parsePlan } from '../../../src/plan/parse-plan.ts';
import { digestOf } from '../../../src/plan/seal.ts';
import { figures } from '../figures.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { anyJson, changedPart, changedText, changedTextIn, type Json, share } from './arbitrary.ts';
import { type Asked, hostileApi } from './hostile-api.ts';
import { configuration, openOrganization, operation, variablesFor } from './organization.ts';
import { type RanHere, runHere } from './run-here.ts';
import { harmInJson, harmInLines, hostileTexts } from './texts.ts';

const place = await mkdtemp(join(tmpdir(), 'ledgerform-hostile-plan-'));
const folder = join(place, 'inside');
await mkdir(folder);
await writeFile(join(place, 'outside.txt'), 'as it was');
await writeFile(join(folder, 'ledgerform.yaml'), configuration);
const test = suite('hostile plan files');
test.after(() => rm(place, { recursive: true }));
let tried = 0;

let emulator = await openOrganization();
// At one address for all runs, for a plan is for one alone.
const api = await hostileApi(
  () => emulator.url,
  (answer) => answer,
);
test.after(() => api.close());
const { stdout: real } = await runHere(['plan', '--json'], {
  cwd: folder,
  variables: variablesFor(api.url),
});
// What the command just printed.
const plan = JSON.parse(real) as Json;
await emulator.close();
await rm(join(folder, 'ledgerform.yaml'));

/** The same text as if Ledgerform had made it. Only what digestOf reads: every member, whatever it is. */
const resealed = (value: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value, digest: digestOf(value as unknown as Plan) }
    : value;

interface Applied extends RanHere {
  readonly asked: readonly Asked[];
}

async function applied(text: string | Uint8Array, json = false): Promise<Applied> {
  tried += 1;
  await writeFile(join(folder, 'plan.json'), text);
  emulator = await openOrganization();
  api.asked.length = 0;
  try {
    const args = ['apply', 'plan.json', '--settle', '0', '--timeout', '3', '--rate-limit', '10000'];
    const ran = await runHere(json ? [...args, '--json'] : args, {
      cwd: folder,
      variables: variablesFor(api.url),
    });
    return { ...ran, asked: [...api.asked] };
  } finally {
    await emulator.close();
  }
}

test('the plan itself is carried out: what follows is due to the change alone', async () => {
  const seen = await applied(JSON.stringify(plan));
  await check(seen);
  assert.is(seen.code, 0, seen.stdout + seen.stderr);
  assert.is(seen.asked.filter(isWrite).length, 9);
});

const isWrite = ({ method, target }: Asked): boolean => method !== 'GET' && !target.endsWith('/token');

async function check({ asked, code, stderr, stdout }: Applied, json = false): Promise<void> {
  assert.ok([0, 1, 3, 4, 5].includes(code), `${code}`);
  assert.not.match(stdout + stderr, /INTERNAL|has a bug|\bNaN\b|\[object /);
  assert.is(harmInLines(stderr), null);
  assert.is(json ? harmInJson(stdout) : harmInLines(stdout), null);
  for (const { target } of asked) assert.match(target, operation);
  if (code === 3 || code === 4) assert.not.ok(asked.some(isWrite));
  assert.is(await readFile(join(place, 'outside.txt'), 'utf8'), 'as it was');
  assert.equal(await readdir(place), ['inside', 'outside.txt']);
  const made = (await readdir(folder)).filter((name) => name !== 'plan.json' && name !== '.ledgerform');
  assert.equal(made, []);
}

/** The plan with something else in its first change that is `kind`, sealed again. */
function withChange(kind: string, members: { readonly [name: string]: Json }): Json {
  // A plan as it was printed.
  const { changes, ...rest } = plan as unknown as {
    readonly changes: readonly { readonly [name: string]: Json }[];
  };
  let done = false;
  const others = changes.map((change): Json => {
    if (done || change.kind !== kind) return change;
    done = true;
    return { ...change, ...members };
  });
  assert.ok(done, kind);
  return resealed({ ...rest, changes: others });
}

const update = 'ledger_account';
const unsound: Readonly<Record<string, Json>> = {
  'a setting that is none': withChange('setting', { address: 'settings.ledger_accounts.__proto__' }),
  'a setting that points to what nobody knows': withChange('setting', {
    after: { ledger_account: 'constructor' },
  }),
  'a setting that points to the prototype': withChange('setting', { after: { ledger_account: '__proto__' } }),
  'a setting without sides': withChange('setting', { before: null, after: null }),
  'a setting of another field': withChange('setting', { after: { tax_rate: null } }),
  'a setting that is created': withChange('setting', { action: 'create' }),
  'an object with a field that it does not have': withChange(update, { after: { constructor: 'x' } }),
  'an object that is assigned': withChange(update, { action: 'assign' }),
  'a create without code and name': withChange(update, {
    action: 'create',
    id: null,
    before: null,
    after: {},
  }),
  'a create of what has an id': withChange(update, { action: 'create', before: null, id: 'x' }),
  'an update without an id': withChange(update, { action: 'update', id: null, before: {} }),
  'a delete that leaves something': withChange(update, { action: 'delete', id: 'x', before: {}, after: {} }),
  'an object with another kind’s address': withChange(update, { address: 'tax_rates.x' }),
  'an object without an address': withChange(update, { address: '' }),
  'an object named like a member': withChange(update, { address: '__proto__' }),
  'a rate that is none': withChange('tax_rate', { after: { effective_tax_rate: '1e9' } }),
  'a product at another address': withChange('product_assignment', { id: 'y' }),
  'a product with a tax rate': withChange('product_assignment', { after: { tax_rate: null } }),
  'a line at another address': withChange('line_item_assignment', {
    address: 'assignments.line_items.../..',
  }),
  'a change that waits for itself over another': withChange(update, {
    depends_on: ['settings.ledger_accounts.payments', 'settings.ledger_accounts.products'],
    action: 'create',
    id: null,
    before: null,
    after: { nominal_code: 'z' },
    address: 'ledger_accounts.loop',
  }),
};

for (const [what, value] of Object.entries(unsound)) {
  if (what.startsWith('a change that waits')) continue;
  test(`${what} is no plan, though its digest is right`, async () => {
    const seen = await applied(JSON.stringify(value));
    await check(seen);
    assert.is(seen.code, 3, seen.stderr);
    assert.match(seen.stderr, 'PLAN_UNREADABLE');
    assert.not.ok(seen.asked.some(isWrite));
  });
}

test('changes that wait for each other are no plan', async () => {
  // A plan as it was printed.
  const { changes, ...rest } = plan as unknown as {
    readonly changes: readonly { readonly [name: string]: Json }[];
  };
  const addresses = changes.map(({ address }) => address ?? null);
  const round = changes.map(
    (change, at): Json => ({ ...change, depends_on: [addresses[(at + 1) % addresses.length] ?? null] }),
  );
  const seen = await applied(JSON.stringify(resealed({ ...rest, changes: round })));
  assert.is(seen.code, 3, seen.stderr);
  const twice = await applied(JSON.stringify(resealed({ ...rest, changes: [...changes, ...changes] })));
  assert.is(twice.code, 3, twice.stderr);
});

for (const id of [
  '.',
  '..',
  '../settings',
  '%2e%2e',
  '..%2fsettings',
  'a?b=c',
  'a#b',
  'a\nb',
  '\ud800',
  '',
  '__proto__',
]) {
  test(`the id ${JSON.stringify(id)} in a plan leads no request to another path`, async () => {
    const address = `assignments.products.${id}`;
    const line = `assignments.line_items.${id}/${id}`;
    for (const value of [
      withChange('ledger_account', {
        action: 'delete',
        id,
        before: {},
        after: null,
        address: `ledger_accounts[${id}]`,
      }),
      withChange('product_assignment', { id, address }),
      withChange('line_item_assignment', { id, address: line }),
    ]) {
      const seen = await applied(JSON.stringify(value));
      await check(seen);
      assert.not.ok(seen.asked.some(({ target }) => target.split('?')[0]?.includes('..')));
    }
  });
}

for (const [what, members] of Object.entries({
  'the path of a file elsewhere': { path: '../outside.txt' },
  'an absolute path': { path: join(place, 'outside.txt') },
  'a device': { path: '/dev/zero' },
  'a path with backslashes': { path: '..\\outside.txt' },
})) {
  test(`${what} as the configuration of a plan is not read`, async () => {
    // A plan as it was printed.
    const { config, ...rest } = plan as unknown as { readonly config: { readonly [name: string]: Json } };
    const seen = await applied(
      JSON.stringify(resealed({ ...rest, config: { ...config, ...members } } as Json)),
    );
    await check(seen);
    assert.is(seen.code, 3);
    assert.is(seen.asked.length, 0);
  });
}

test('an organization that is no id is not asked for', async () => {
  for (const id of ['..', 'a/b', 'a\r\nx: y', '', '\u20ac'])
    assert.equal(
      parsePlan(JSON.stringify(resealed({ ...(plan as object), organization: { id, name: null } }))).plan,
      null,
    );
});

test('depth, a format of any size and members twice are told, not followed', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const text of [
    `{"format_version":${deep}}`,
    `{"format_version":"1","digest":"x","a":${deep}}`,
    `{"format_version":${JSON.stringify('x'.repeat(1_000_000))}}`,
    `{"format_version":"1","digest":"x",${'"a":1,'.repeat(100_000)}"b":1}`,
    `{"format_version":"1","digest":"x","changes":[${'{},'.repeat(2_000_000)}{}]}`,
    `{"format_version":"1","digest":"x","changes":{${Array.from({ length: 310_000 }, (_, at) => `"${at}":1`).join()}}}`,
    '{"__proto__":{"format_version":"1"}}',
  ]) {
    const { plan: none, problems } = parsePlan(text);
    assert.is(none, null);
    assert.ok((problems[0]?.message.length ?? 9999) < 500);
  }
});

test('a file that is none, or larger than any plan, is not read', async () => {
  await rm(join(folder, 'plan.json'), { force: true });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await symlink('/dev/zero', join(folder, 'zero'));
  await writeFile(join(folder, 'large'), '');
  await truncate(join(folder, 'large'), 100 * 1024 * 1024);
  try {
    for (const name of ['pipe', 'zero', 'large', '.', 'nowhere', '/proc/self/maps/x']) {
      const { code, stderr } = await runHere(['apply', name], { cwd: folder });
      assert.is(code, 3);
      assert.match(stderr, 'PLAN_UNREADABLE');
    }
  } finally {
    for (const name of ['pipe', 'zero', 'large']) await rm(join(folder, name));
  }
});

const words = (
  'address kind action reason label id before after source depends_on warnings ledger_account tax_rate setting product_assignment ' +
  'line_item_assignment create update delete assign unassign set config rule name code nominal_code effective_tax_rate file line column ' +
  'references observed changes external __proto__ constructor toString'
).split(' ');
const codes = new Set<string>(problemCodes);

test('whatever is changed in a plan, it is refused or carried out, and nothing else happens', async () => {
  const texts = [
    ...Object.values(hostileTexts),
    ...[
      'ledger_accounts.cash',
      'ledger_accounts.fresh',
      'ledger_accounts[x]',
      'settings.ledger_accounts.payments',
      '7.5%',
      '..',
      '',
    ],
  ];
  const part = fc.record({
    place: share,
    how: fc.constantFrom<'put' | 'drop' | 'add' | 'twice'>('put', 'put', 'put', 'drop', 'add', 'twice'),
    value: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...texts) },
      { weight: 1, arbitrary: anyJson(words, texts) },
    ),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (parts, seals, json) => {
        const value = parts.reduce((now, each) => changedPart(now, each.place, each.value, each.how), plan);
        const text = JSON.stringify(seals ? resealed(value) : value);
        const parsed = parsePlan(text);
        for (const { code } of parsed.problems) assert.ok(codes.has(code));
        tried += 1;
        if (parsed.plan === null) return;
        const seen = await applied(text, json);
        await check(seen, json);
      },
    ),
    { numRuns: fuzzRuns(150) },
  );
});

test('whatever texts stand in a plan that is sealed again, it is refused or carried out, and nothing else happens', async () => {
  const own = [...new Set(JSON.stringify(plan).match(/(?<=")[^"\\]+(?=")/g) ?? [])];
  const texts = fc.oneof(
    fc.constantFrom(...own),
    fc.constantFrom(...Object.values(hostileTexts), '..', '', 'x'),
  );
  const part = fc.tuple(share, texts);
  let carried = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 2 }), fc.boolean(), async (parts, json) => {
      let value = plan;
      for (const [at, text] of parts) value = changedTextIn(value, at, text);
      const seen = await applied(JSON.stringify(resealed(value)), json);
      if (seen.asked.length > 0) carried += 1;
      await check(seen, json);
    }),
    { numRuns: fuzzRuns(60) },
  );
  assert.ok(carried > 0, 'no plan came as far as the service');
});

test('whatever is done to the text of a plan, it is refused', () => {
  void fc.assert(
    fc.property(changedText([JSON.stringify(plan, null, 2)]), (text) => {
      tried += 1;
      const { plan: found, problems } = parsePlan(text);
      assert.ok(found !== null || problems.length === 1);
      if (found !== null) assert.equal(found, plan);
    }),
    { numRuns: fuzzRuns(200) },
  );
});

test.after(() => figures('hostile-plan-files', { 'hostile plan files': tried }));

test.run();
