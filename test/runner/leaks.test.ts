import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leakIn } from '../../scripts/test/leaks.ts';
import { localCredentials } from '../../src/emulator/emulator.ts';
import { createTokens } from '../../src/emulator/tokens.ts';

const test = suite('the search for secrets');

const token = createTokens(() => new Date(), '401').issue(60);
for (const text of [
  localCredentials.secret,
  `x ${token} y`,
  'Authorization: Bearer tok-abc-123',
  '{"authorization":"Basic dXNlcjpwYXNz"}',
  "headers: { authorization: 'abcdef' }",
  '\\"Authorization\\":\\"abcdef\\"',
  'bearer+tok-abc-123',
])
  test(`${JSON.stringify(text).slice(0, 30)} is found`, () => {
    assert.is.not(leakIn(text), null);
  });

for (const text of [
  '',
  'the local environment',
  'authorization: [secret]',
  "authorization: '[secret]'",
  'Authorization: Bearer [secret]',
  'needs authorization',
  'local · http://127.0.0.1:4010/v1',
])
  test(`${JSON.stringify(text)} is no leak`, () => {
    assert.is(leakIn(text), null);
  });

const secret = 'a"b/c&secret-value';
for (const [name, text] of [
  ['as it is', secret],
  ['in JSON', JSON.stringify({ secret })],
  ['in a URL', encodeURIComponent(secret)],
  ['in hex', Buffer.from(secret).toString('hex')],
  ['in Base64', Buffer.from(secret).toString('base64')],
  ['in a Basic header', Buffer.from(`id:${secret}`).toString('base64url')],
  ['in Base64, elsewhere', Buffer.from(`id1:${secret}!`).toString('base64')],
  ['in Base64, at the third place', Buffer.from(`ids1:${secret}!!`).toString('base64')],
] as const)
  test(`a known secret is found ${name}`, () => {
    assert.is(leakIn(`before ${text} after`, ['other', secret]), 'secret number 2');
    assert.is(leakIn('before after', ['other', secret]), null);
  });

test.run();
