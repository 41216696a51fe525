import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDataFile, resetDataFile } from '../../src/emulator/data-file.ts';
import type { Write } from '../../src/emulator/state.ts';
import { grant, organization, send, withLocal } from './local-client.ts';

const test = suite<{ folder: string; file: string }>('the local environment’s data file');

test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'ledgerform-local-'));
  context.file = join(context.folder, 'data', 'local.json');
});

test.after.each(async ({ folder }) => {
  await rm(folder, { recursive: true, force: true });
});

const account = (n: number, name = `A${n}`): Write => ({
  organization,
  collection: 'ledger_accounts',
  id: `id-${n}`,
  seq: n,
  value: { id: `id-${n}`, created_at: '2026', updated_at: '2026', name },
});

/** The names that a fresh look at the file finds. */
function names(file: string): readonly unknown[] {
  const data = openDataFile(file);
  try {
    const books = data.state.organizations.get(organization);
    return [...(books?.collections.ledger_accounts.entries() ?? [])].map(({ value }) => value.name);
  } finally {
    data.close();
  }
}

/** What a process leaves that dies without closing: no test may wait for a close. */
function dieAfter(file: string, ...transactions: readonly (readonly Write[])[]): void {
  const data = openDataFile(file);
  for (const writes of transactions) {
    data.append(writes);
    for (const write of writes) data.state.apply(write);
  }
  // The lock of this very process would look alive; a dead process's lock is another test.
  const left = { snapshot: readFileSync(file), journal: readFileSync(`${file}.journal`) };
  data.close();
  restore(file, left);
}

function restore(file: string, { snapshot, journal }: { snapshot: Buffer; journal: Buffer }): void {
  const data = [
    [file, snapshot],
    [`${file}.journal`, journal],
  ] as const;
  for (const [path, bytes] of data) writeFileSync(path, bytes);
}

test('what was written is there after a close and a new start, over HTTP', async ({ file }) => {
  await withLocal({ file }, (local) => local.call('POST', '/ledger-accounts', { body: { name: 'Cash' } }));
  await withLocal({ file }, async (local) => {
    const [cash = {}] = await local.list('/ledger-accounts');
    assert.is(cash.name, 'Cash');
    await local.call('DELETE', `/ledger-accounts/${cash.id}`);
    const { body } = await local.call('POST', '/ledger-accounts', { body: {} });
    assert.is.not(body.id, cash.id);
  });
  await withLocal({ file }, async (local) => {
    assert.is((await local.list('/ledger-accounts')).length, 1);
  });
});

test('an id is never given out again, not after a delete and two restarts either', async ({ file }) => {
  const ids = new Set<unknown>();
  for (let run = 0; run < 3; run += 1) {
    await withLocal({ file }, async (local) => {
      const { body } = await local.call('POST', '/ledger-accounts', { body: {} });
      await local.call('DELETE', `/ledger-accounts/${body.id}`);
      ids.add(body.id);
    });
  }
  assert.is(ids.size, 3);
});

test('looking writes nothing', async ({ folder, file }) => {
  await withLocal({ file }, (local) => local.list('/ledger-accounts'));
  assert.equal(await readdir(folder), []);
});

test('a process that dies loses nothing that it answered', ({ file }) => {
  dieAfter(file, [account(1)], [account(2)], [account(1, 'renamed')]);
  assert.equal(names(file), ['renamed', 'A2']);
});

test('a line that was cut off is ignored at every length, and the next write stands after a whole one', ({
  file,
}) => {
  dieAfter(file, [account(1)], [account(2)]);
  const left = { snapshot: readFileSync(file), journal: readFileSync(`${file}.journal`) };
  const whole = left.journal.lastIndexOf('[');
  for (let length = whole; length < left.journal.length; length += 7) {
    restore(file, left);
    truncateSync(`${file}.journal`, length);
    assert.equal(names(file), ['A1'], `${length} bytes`);
    const data = openDataFile(file);
    data.append([account(3)]);
    data.state.apply(account(3));
    data.close();
    assert.equal(names(file), ['A1', 'A3'], `${length} bytes and a write`);
  }
});

test('a journal whose snapshot is newer is already in it', async ({ file }) => {
  dieAfter(file, [account(1)]);
  const journal = await readFile(`${file}.journal`);
  const data = openDataFile(file);
  data.append([{ ...account(1), value: null }]);
  data.state.apply({ ...account(1), value: null });
  data.close();
  await writeFile(`${file}.journal`, journal);
  assert.equal(names(file), []);
});

test('a half-written snapshot beside the file does not matter', async ({ file }) => {
  dieAfter(file, [account(1)]);
  await writeFile(`${file}.new`, '{"ledgerform_local":1,"gener');
  assert.equal(names(file), ['A1']);
});

test('a transaction is whole or not there', ({ file }) => {
  dieAfter(file, [account(1)], [account(2), account(3)]);
  assert.equal(names(file), ['A1', 'A2', 'A3']);
  dieAfter(file, [account(4)], [account(5), account(6)]);
  truncateSync(`${file}.journal`, readFileSync(`${file}.journal`).length - 3);
  assert.equal(names(file).slice(-1), ['A4']);
});

test('a long journal is taken into a new snapshot while running', ({ file }) => {
  const data = openDataFile(file);
  for (let n = 0; n < 5001; n += 1) {
    data.append([account(n % 10, `A${n}`)]);
    data.state.apply(account(n % 10, `A${n}`));
  }
  assert.ok(readFileSync(`${file}.journal`).length < 1000);
  assert.match(readFileSync(file, 'utf8'), /"name":"A5000"/);
  data.close();
  assert.is(names(file).length, 10);
});

test('other files and damaged ones are errors that name the file', async ({ file }) => {
  dieAfter(file, [account(1)], [account(2)]);
  await appendFile(`${file}.journal`, 'no json\n');
  assert.throws(() => openDataFile(file), /local\.json\.journal is damaged in line \d/);
  await writeFile(file, '{"dependencies":{}}');
  assert.throws(() => openDataFile(file), /local\.json does not hold/);
  assert.not.ok(existsSync(`${file}.lock`));
});

test('two at once are refused with the process that holds the file; a stale lock is taken over', async ({
  file,
}) => {
  dieAfter(file, [account(1)]);
  const data = openDataFile(file);
  assert.throws(() => openDataFile(file), new RegExp(`in use by process ${process.pid}`));
  data.close();
  for (const owner of ['999999999', String(process.pid), 'nonsense']) {
    await writeFile(`${file}.lock`, owner);
    assert.equal(names(file), ['A1'], owner);
  }
  assert.not.ok(existsSync(`${file}.lock`));
});

test('of two that start before there is a folder only the first writes, and the other can never overwrite it', async ({
  file,
}) => {
  const [first, second] = [openDataFile(file), openDataFile(file)];
  first.append([account(1)]);
  first.state.apply(account(1));
  assert.throws(() => second.append([account(2)]), /in use by process/);
  first.close();
  for (const attempt of ['again', 'and again'])
    assert.throws(() => second.append([account(2)]), /made by another process/, attempt);
  second.close();
  assert.equal(names(file), ['A1']);
});

test('a write that another process’s data forbid is refused with 409: nothing was done', async ({ file }) => {
  await withLocal({ file }, (first) =>
    withLocal({ file }, async (second) => {
      const post = { body: { name: 'A' } };
      assert.is((await first.call('POST', '/ledger-accounts', post)).status, 201);
      assert.is((await second.call('POST', '/ledger-accounts', post)).status, 409);
    }),
  );
});

test('a reset leaves nothing, and not while the file is in use', async ({ folder, file }) => {
  resetDataFile(file);
  dieAfter(file, [account(1)]);
  const data = openDataFile(file);
  assert.throws(() => resetDataFile(file), /in use/);
  data.close();
  resetDataFile(file);
  assert.equal(await readdir(join(folder, 'data')), []);
});

const script = fileURLToPath(new URL('./writing-process.ts', import.meta.url));

async function start(file: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no output of the child');
  const [chunk] = await once(child.stdout, 'data');
  return { child, port: Number(String(chunk)) };
}

test('killed at any instant, the next process finds every answered write once and nothing else but the last', async ({
  file,
}) => {
  const answered = new Set<string>();
  const sent = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const { child, port } = await start(file);
    const gone = once(child, 'exit');
    const url = `http://127.0.0.1:${port}/v1`;
    const version = { 'x-finops-version': '2025-06-23' };
    const { body } = await send(`${url}/auth/token`, 'POST', { body: grant }, version);
    const headers = {
      ...version,
      'x-organization-id': organization,
      authorization: `Bearer ${body.access_token}`,
    };
    const write = async (code: string): Promise<void> => {
      sent.add(code);
      const { status } = await send(
        `${url}/ledger-accounts`,
        'POST',
        { body: { nominal_code: code } },
        headers,
      );
      if (status === 201) answered.add(code);
    };
    const lane = async (number: number): Promise<void> => {
      for (let n = 0; child.signalCode === null; n += 1) await write(`${round}-${number}-${n}`);
    };
    const lanes = Promise.allSettled([lane(1), lane(2), lane(3)]);
    const goal = answered.size + 40 + round * 13;
    while (answered.size < goal) await write(`${round}-goal-${sent.size}`);
    child.kill('SIGKILL');
    await gone;
    await lanes;
  }
  await withLocal({ file }, async (local) => {
    const found = (await local.list('/ledger-accounts?limit=250')).map(({ nominal_code }) =>
      String(nominal_code),
    );
    assert.is(new Set(found).size, found.length);
    assert.equal(
      [...answered].filter((code) => !found.includes(code)),
      [],
    );
    assert.equal(
      found.filter((code) => !sent.has(code)),
      [],
    );
    assert.ok(found.length >= 120);
  });
});

test.run();
