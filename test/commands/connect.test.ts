import { inspect } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { credentialsFrom } from '../../src/commands/credentials.ts';
import { endpointOf } from '../../src/commands/endpoint.ts';
import type { Environment } from '../../src/model/desired.ts';
import { Stop } from '../../src/model/problem.ts';
import { accounts, codesOf, configuration, jsonOf, openSandbox, openWorkbench, seedOf } from './workbench.ts';

const test = suite('the environment and the account');
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return `${thrown.exitCode} ${thrown.problems.map(({ code }) => code).join()}`;
  }
};

type Row = readonly [
  environment: Environment,
  option: string | undefined,
  variable: string | undefined,
  result: string | null,
];
const endpoints: readonly Row[] = [
  ['sandbox', undefined, undefined, 'https://api.sandbox.tesouro.com/v1'],
  ['production', undefined, undefined, 'https://api.tesouro.com/v1'],
  ['local', undefined, undefined, null],
  ['local', undefined, '', null],
  [
    'sandbox',
    undefined,
    'https://api.sandbox.tesouro.com/finops/v1/',
    'https://api.sandbox.tesouro.com/finops/v1',
  ],
  ['sandbox', 'https://a.example/v1', 'https://b.example/v1', 'https://a.example/v1'],
  ['sandbox', undefined, 'http://127.0.0.1:4010/v1', 'http://127.0.0.1:4010/v1'],
  ['local', 'http://localhost:4010/v1', undefined, 'http://localhost:4010/v1'],
  ['local', 'http://[::1]:4010/v1', undefined, 'http://[::1]:4010/v1'],
];
for (const [environment, option, variable, result] of endpoints)
  test(`${environment} with ${option ?? 'no option'} and ${variable ?? 'no variable'} is ${result ?? 'in this process'}`, () => {
    assert.is(endpointOf(environment, option, { TESOURO_API_URL: variable }), result);
  });

const wrong: readonly (readonly [environment: Environment, url: string])[] = [
  ['sandbox', 'http://api.sandbox.tesouro.com/v1'],
  ['sandbox', 'http://127.0.0.1.example.com/v1'],
  ['sandbox', 'ftp://127.0.0.1/v1'],
  ['sandbox', 'https://user:secret@api.sandbox.tesouro.com/v1'],
  ['sandbox', 'https://api.sandbox.tesouro.com/v1?x=1'],
  ['sandbox', 'api.sandbox.tesouro.com'],
  ['sandbox', 'https://api.tesouro.com/v1'],
  ['production', 'https://api.sandbox.tesouro.com/v1'],
  ['local', 'https://api.sandbox.tesouro.com/v1'],
  ['local', 'https://a.example/v1'],
];
for (const [environment, url] of wrong)
  test(`${environment} refuses ${url}`, () => {
    assert.is(
      codeOf(() => endpointOf(environment, url, {})),
      '3 URL_INVALID',
    );
    assert.is(
      codeOf(() => endpointOf(environment, undefined, { TESOURO_API_URL: url })),
      '3 URL_INVALID',
    );
  });

test('credentials come from the variables, without the line break a file leaves', () => {
  const notes: string[] = [];
  const found = credentialsFrom({ TESOURO_CLIENT_ID: 'id', TESOURO_CLIENT_SECRET: 's3\n' }, (text) =>
    notes.push(text),
  );
  assert.is(found.type, 'client');
  if (found.type === 'client')
    assert.equal([found.id, found.secret.reveal(), found.tokenUrl], ['id', 's3', null]);
  assert.equal(notes, []);
});

test('with both kinds the token wins, and a note says so without it', () => {
  const notes: string[] = [];
  const variables = { TESOURO_ACCESS_TOKEN: 'tok-1', TESOURO_CLIENT_ID: 'id', TESOURO_CLIENT_SECRET: 's3' };
  const found = credentialsFrom(variables, (text) => notes.push(text));
  assert.is(found.type === 'token' && found.token.reveal(), 'tok-1');
  assert.is(notes.length, 1);
  assert.not.match(notes.join(''), /tok-1|s3/);
});

const incomplete: readonly (readonly [variables: Record<string, string>, says: RegExp])[] = [
  [{}, /TESOURO_CLIENT_ID and TESOURO_CLIENT_SECRET are/],
  [{ TESOURO_CLIENT_ID: 'id' }, /: TESOURO_CLIENT_SECRET is/],
  [{ TESOURO_CLIENT_SECRET: 's3', TESOURO_CLIENT_ID: ' ' }, /: TESOURO_CLIENT_ID is/],
  [{ TESOURO_ACCESS_TOKEN: 'a\nb' }, /TESOURO_ACCESS_TOKEN holds/],
];
for (const [variables, says] of incomplete)
  test(`the variables ${Object.keys(variables).join(' and ') || 'of nobody'} are not enough, and what is missing is named`, () => {
    assert.is(
      codeOf(() => credentialsFrom(variables, () => {})),
      '3 CREDENTIALS_MISSING',
    );
    assert.throws(() => credentialsFrom(variables, () => {}), says);
  });

const ok = { TESOURO_CLIENT_ID: 'id', TESOURO_CLIENT_SECRET: 's3' };
const unusable: readonly (readonly [code: string, variables: Record<string, string>])[] = [
  ['URL_INVALID', { ...ok, TESOURO_TOKEN_URL: 'https://user:hunter2@sso.example/token' }],
  ['URL_INVALID', { ...ok, TESOURO_TOKEN_URL: 'http://sso.example/hunter2' }],
  ['URL_INVALID', { ...ok, TESOURO_TOKEN_URL: 'hunter2' }],
  ['CREDENTIALS_MISSING', { ...ok, TESOURO_CLIENT_SECRET: 'hunter2 hunter2' }],
  ['CREDENTIALS_MISSING', { ...ok, TESOURO_CLIENT_SECRET: 'hunter2\r\nX-Other: hunter2' }],
  ['CREDENTIALS_MISSING', { ...ok, TESOURO_CLIENT_SECRET: 'hunter2é' }],
  ['CREDENTIALS_MISSING', { ...ok, TESOURO_CLIENT_ID: 'hunter2\u0000' }],
  ['CREDENTIALS_MISSING', { TESOURO_ACCESS_TOKEN: 'hunter2\u007f' }],
];
for (const [code, variables] of unusable)
  test(`${code} shows nothing of ${JSON.stringify(variables)}`, () => {
    try {
      credentialsFrom(variables, () => {});
      assert.unreachable();
    } catch (thrown) {
      assert.ok(thrown instanceof Stop && thrown.exitCode === 3);
      assert.is(thrown.problems[0]?.code, code);
      assert.not.match(inspect(thrown, { depth: 9 }), 'hunter2');
    }
  });

test('a token URL is held to the same rules', () => {
  const variables = {
    TESOURO_CLIENT_ID: 'id',
    TESOURO_CLIENT_SECRET: 's3',
    TESOURO_TOKEN_URL: 'http://a.example/token',
  };
  assert.is(
    codeOf(() => credentialsFrom(variables, () => {})),
    '3 URL_INVALID',
  );
});

test('missing and refused credentials, a wrong URL and a conflict have their own codes, and nothing is written', async () => {
  const { emulator, environment } = await openSandbox({ seed: seedOf({}) });
  const bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
  const codes = async (args: readonly string[], variables: Record<string, string>) => {
    const ran = await bench.run(['plan', '--json', ...args], variables);
    return [ran.code, ...codesOf(jsonOf(ran))];
  };
  assert.equal(await codes([], {}), [3, 'CREDENTIALS_MISSING']);
  assert.equal(await codes([], { ...environment, TESOURO_CLIENT_SECRET: 'not-the-right-one' }), [
    1,
    'AUTH_FAILED',
  ]);
  assert.equal(await codes(['--api-url', 'http://a.example/v1'], environment), [3, 'URL_INVALID']);
  assert.equal(await codes(['--env', 'production'], environment), [3, 'ENVIRONMENT_CONFLICT']);
  const prefixed = { ...environment, TESOURO_API_URL: emulator.url.replace('/v1', '/v2') };
  assert.equal(await codes([], prefixed), [1, 'WRONG_BASE_URL']);
  assert.not.ok(emulator.log().some(({ method, path }) => method !== 'GET' && !path.includes('token')));
  await Promise.all([emulator.close(), bench.remove()]);
});

test.run();
