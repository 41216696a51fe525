import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type EmulatorOptions, localCredentials, startEmulator } from '../../src/emulator/emulator.ts';
import { ReadFailed } from '../../src/providers/contract.ts';
import { type Channel, type ChannelOptions, openChannel } from '../../src/providers/tesouro/channel.ts';
import { type Clock, systemClock } from '../../src/providers/tesouro/clock.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';

const test = suite('one channel for several organizations');
const idOf = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;
const connect = (channel: Channel, number: number) =>
  channel.connect({ organization: { id: idOf(number), name: null }, environment: 'sandbox', apiUrl: 'x' });

const plain: EmulatorOptions = {
  port: 0,
  file: null,
  seed: null,
  switches: {},
  rateLimit: null,
  latencyMs: 0,
  faults: [],
  now: () => new Date(),
};
const optionsOf = (baseUrl: string, secret: string = localCredentials.secret): ChannelOptions => ({
  baseUrl,
  credentials: { type: 'client', id: localCredentials.id, secret: new Secret(secret), tokenUrl: null },
  concurrency: 30,
  rateLimit: null,
  deadlineSeconds: 30,
  abort: new AbortController().signal,
  log: () => {},
  environment: {},
});

async function withChannel(
  options: Partial<EmulatorOptions>,
  run: (channel: Channel, emulator: Awaited<ReturnType<typeof startEmulator>>) => Promise<void>,
  secret: string = localCredentials.secret,
): Promise<void> {
  const emulator = await startEmulator({ ...plain, ...options });
  const channel = openChannel(optionsOf(emulator.url, secret));
  try {
    await run(channel, emulator);
  } finally {
    await channel.close();
    await emulator.close();
  }
}

test('they share one token, and the queue that keeps to the limit', () =>
  withChannel({ rateLimit: 20 }, async (channel, emulator) => {
    const providers = [1, 2, 3, 4].map((number) => connect(channel, number));
    await Promise.all(
      providers.flatMap((each) => Array.from({ length: 12 }, () => each.list('ledger_accounts'))),
    );
    assert.is(emulator.stats().throttled, 0);
    assert.is(emulator.stats().requests, 1 + 48);
    const log = emulator.log();
    assert.is(log.filter(({ path }) => path.endsWith('/token')).length, 1);
    for (const number of [1, 2, 3, 4])
      assert.is(log.filter(({ organization }) => organization === idOf(number)).length, 12);
    assert.equal(
      providers.map((each) => each.traffic().requests),
      [12, 12, 12, 12],
    );
    assert.is(channel.traffic().requests, 49);
  }));

test('closing one organization’s provider ends nothing for the others', () =>
  withChannel({}, async (channel) => {
    await connect(channel, 1).close();
    assert.equal(await connect(channel, 2).list('ledger_accounts'), []);
  }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (thrown) {
    if (thrown instanceof ReadFailed) return thrown.error.problem.code;
    throw thrown;
  }
}

test('what an answer says about one organization ends nothing', () =>
  withChannel(
    { faults: [{ method: 'GET', path: `/entities/${idOf(1)}/settings`, kind: 'status', code: 403 }] },
    async (channel) => {
      assert.is(await codeOf(connect(channel, 1).settings()), 'API_REFUSED');
      assert.is(channel.ended(), null);
      assert.is(await codeOf(connect(channel, 2).settings()), 'none');
    },
  ));

test('a refused credential ends it', () =>
  withChannel(
    {},
    async (channel) => {
      assert.is(channel.ended(), null);
      assert.is(await codeOf(connect(channel, 1).settings()), 'AUTH_FAILED');
      assert.is(channel.ended()?.code, 'AUTH_FAILED');
    },
    'wrong',
  ));

test('another organization’s answer ends it', () =>
  withChannel({ faults: [{ method: 'GET', kind: 'wrong-organization' }] }, async (channel) => {
    assert.is(await codeOf(connect(channel, 1).settings()), 'WRONG_ORGANIZATION');
    assert.is(channel.ended()?.code, 'WRONG_ORGANIZATION');
  }));

test('where no connection can be made it has ended, where one breaks off it has not', async () => {
  // Pauses are short, and the time that a request may take is not.
  const after: Clock['after'] = (ms, run) => systemClock.after(ms >= 30_000 ? ms : ms / 100, run);
  const clock = { ...systemClock, after };
  const emulator = await startEmulator({ ...plain, faults: [{ method: 'GET', kind: 'reset-before' }] });
  const open = () =>
    openChannel({ ...optionsOf(emulator.url), deadlineSeconds: null }, { clock, random: () => 0 });
  const [broken, lost] = [open(), open()];
  try {
    assert.is(await codeOf(connect(broken, 1).settings()), 'API_UNREACHABLE');
    assert.is(broken.ended(), null);
    await emulator.close();
    assert.is(await codeOf(connect(lost, 1).settings()), 'API_UNREACHABLE');
    assert.is(lost.ended()?.code, 'API_UNREACHABLE');
  } finally {
    await Promise.all([broken.close(), lost.close()]);
  }
});

test.run();
