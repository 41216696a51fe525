import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { activeConnection, connectionToEnd } from '../../src/accounting/choose-connection.ts';
import {
  connectionLabel,
  connectionWarnings,
  hasPulledSince,
  isInVain,
  isMet,
  noConnection,
} from '../../src/accounting/connection-state.ts';
import type { LiveConnection } from '../../src/model/live.ts';
import { Stop } from '../../src/model/problem.ts';

const test = suite('connections');

const now = new Date('2026-11-28T10:00:00Z');
const of = (id: string, status: string | null, more: Partial<LiveConnection> = {}): LiveConnection => ({
  id,
  status,
  platform: 'xero',
  last_pull: '2026-11-28T09:30:00Z',
  created_at: null,
  connection_url: null,
  business_name: null,
  errors: [],
  ...more,
});
const connected = of('a', 'connected');
const pending = of('p', 'pending_auth', { last_pull: null, connection_url: 'https://link.example/p' });
const withdrawn = of('w', 'deauthorized');
const ended = of('e', 'disconnected');

for (const [name, connections, met] of [
  ['none at all', [], { none: true, active: false, pulled: false }],
  ['one that waits for a person', [pending], { none: true, active: false, pulled: false }],
  [
    'one that is over, though it has pulled',
    [ended, withdrawn],
    { none: true, active: false, pulled: false },
  ],
  ['an active one', [ended, connected], { none: false, active: true, pulled: true }],
  [
    'an active one that never pulled',
    [of('n', 'connected', { last_pull: null }), ended],
    { none: false, active: true, pulled: false },
  ],
] as const)
  test(`what can be required of ${name}`, () => {
    assert.equal(
      {
        none: isMet('none', connections),
        active: isMet('active', connections),
        pulled: isMet('pulled', connections),
      },
      met,
    );
  });

for (const [before, after, moved] of [
  [null, null, false],
  [null, '2026-11-28T09:00:00Z', true],
  ['2026-11-28T09:00:00Z', '2026-11-28T09:00:00Z', false],
  ['2026-11-28T09:00:00Z', '2026-11-28T09:00:00.000Z', false],
  ['2026-11-28T09:00:00Z', '2026-11-28T09:00:01', true],
  ['2026-11-28T09:00:00Z', '2026-11-28T08:00:00Z', false],
  ['2026-11-28T09:00:00Z', null, false],
  ['2026-11-28T09:00:00Z', 'not a time', false],
] as const)
  test(`a pull from ${before} to ${after} ${moved ? 'has moved' : 'has not moved'}`, () => {
    assert.is(hasPulledSince(before, after), moved);
  });

const codesOf = (connections: readonly LiveConnection[]): readonly string[] =>
  connectionWarnings(connections, now).map(({ code }) => code);

test('several active ones, errors and a late pull are warned of', () => {
  assert.equal(codesOf([connected, ended, pending]), []);
  assert.equal(codesOf([connected, of('b', 'connected')]), ['CONNECTION_SEVERAL']);
  assert.equal(codesOf([of('a', 'connected', { errors: ['No access'] })]), ['CONNECTION_ERRORS']);
  assert.equal(codesOf([of('a', 'deauthorized', { errors: ['Withdrawn'] })]), ['CONNECTION_ERRORS']);
  assert.equal(
    codesOf([of('a', 'disconnected', { errors: ['Old'], last_pull: '2025-01-01T00:00:00Z' })]),
    [],
  );
  assert.equal(codesOf([of('a', 'connected', { last_pull: '2026-11-28T08:00:01Z' })]), []);
  assert.equal(codesOf([of('a', 'connected', { last_pull: '2026-11-28T07:59:59Z' })]), ['PULL_OVERDUE']);
  assert.equal(codesOf([of('a', 'connected', { last_pull: null })]), []);
});

test('what former attempts have reported is told only while none is active, with the id to disconnect', () => {
  const refused = of('old', 'deauthorized', { errors: ['The person refused'] });
  assert.equal(codesOf([refused, connected]), []);
  const both = connectionWarnings([refused, of('b', 'connected', { errors: ['No access'] })], now);
  assert.is(both.length, 1);
  assert.match(both[0]?.hint ?? '', 'ledgerform connection disconnect b,');
});

test('waiting is in vain once a person has refused and nothing else is under way', () => {
  assert.is(isInVain([withdrawn, ended]), true);
  for (const open of [[], [ended], [withdrawn, pending], [withdrawn, connected]])
    assert.is(isInVain(open), false);
});

test('what to do without an active one depends on what there is', () => {
  assert.is(noConnection([]).code, 'CONNECTION_NONE');
  assert.is(noConnection([ended]).code, 'CONNECTION_NONE');
  const waiting = noConnection([withdrawn, pending]);
  assert.is(waiting.code, 'CONNECTION_UNAUTHORIZED');
  assert.match(waiting.hint ?? '', /https:\/\/link\.example\/p/);
  assert.match(noConnection([withdrawn]).hint ?? '', /connection disconnect w\b/);
});

function stopOf(work: () => unknown): readonly [number, string | undefined] {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Stop) return [thrown.exitCode, thrown.problems[0]?.code];
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

test('the active one is found, or it is said why not', () => {
  assert.is(activeConnection([ended, connected, pending], undefined), connected);
  assert.is(activeConnection([connected, of('b', 'connected')], 'A'), connected);
  assert.equal(
    stopOf(() => activeConnection([], undefined)),
    [3, 'CONNECTION_NONE'],
  );
  assert.equal(
    stopOf(() => activeConnection([pending], undefined)),
    [3, 'CONNECTION_UNAUTHORIZED'],
  );
  assert.equal(
    stopOf(() => activeConnection([connected, of('b', 'connected')], undefined)),
    [3, 'CONNECTION_SEVERAL'],
  );
  assert.equal(
    stopOf(() => activeConnection([connected], 'x')),
    [3, 'ID_NOT_FOUND'],
  );
  assert.equal(
    stopOf(() => activeConnection([connected, ended], 'e')),
    [3, 'CONNECTION_INACTIVE'],
  );
});

test('the one to end is the active one, or what else is not over', () => {
  assert.is(connectionToEnd([ended, pending, connected], undefined), connected);
  assert.is(connectionToEnd([ended, withdrawn], undefined), withdrawn);
  assert.is(connectionToEnd([ended], undefined), null);
  assert.is(connectionToEnd([connected, ended], 'e'), ended);
  assert.equal(
    stopOf(() => connectionToEnd([pending, withdrawn], undefined)),
    [3, 'CONNECTION_SEVERAL'],
  );
  assert.equal(
    stopOf(() => connectionToEnd([connected, of('b', 'connected')], undefined)),
    [3, 'CONNECTION_SEVERAL'],
  );
  assert.equal(
    stopOf(() => connectionToEnd([], 'x')),
    [3, 'ID_NOT_FOUND'],
  );
});

test('a connection is called by platform and business, or else by its id', () => {
  assert.is(connectionLabel(of('a', null, { business_name: 'Acme Books' })), 'xero, Acme Books');
  assert.is(connectionLabel(of('a', null, { platform: null })), 'a');
});

test.run();
