import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leakIn } from '../../scripts/test/leaks.ts';
import { localCredentials } from '../../src/emulator/emulator.ts';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  type Ran,
} from '../commands/workbench.ts';
import { closedOrigin } from '../tesouro/fake-service.ts';
import { selfSigned } from '../tesouro/self-signed.ts';
import { type Asked, echoingService, marks, type Saying } from './echoing-service.ts';
import { figures } from './figures.ts';

/*
 * The real command with marked credentials, against a service that repeats them wherever it can. The workbench throws when
 * one of them is in what a run prints or leaves in its folder; what is tested here besides is that each run went the way
 * that it should.
 */

const test = suite('no secret is shown or saved');
const secrets = Object.values(marks);
const file = { 'ledgerform.yaml': configuration(accounts) };
const credentials = { TESOURO_CLIENT_ID: localCredentials.id, TESOURO_CLIENT_SECRET: marks.secret };
const counts = { runs: 0, failures: 0 };
const codesIn = (ran: Ran): readonly unknown[] => [ran.code, ...codesOf(jsonOf(ran))];
const isToken = ({ path }: Asked): boolean => path.endsWith('/token');

test.after(() =>
  figures('secrets', {
    'command runs with marked credentials': counts.runs,
    'ways to fail, with every secret echoed': counts.failures,
  }),
);

test('whatever command runs, in whatever format', async () => {
  const { emulator } = await openSandbox();
  const front = await echoingService(emulator.url);
  const bench = await openWorkbench(file, secrets);
  const environment = { ...credentials, TESOURO_API_URL: front.url };
  const loud = ['-v', '--stats'];
  const steps: readonly (readonly [code: number, ...args: readonly string[]])[] = [
    [0, 'validate'],
    [0, 'plan', '--show-unchanged', '--show-all'],
    [0, 'plan', '--json'],
    [0, 'plan', '--out', 'plan.json'],
    [0, 'explain', 'ledger_accounts.consulting'],
    [0, 'apply', 'plan.json', '--json'],
    [0, 'apply', '--auto-approve'],
    [0, 'drift'],
    [0, 'list', 'ledger_accounts', '--format', 'csv'],
    [0, 'list', 'settings', '--json'],
    [0, 'history'],
    [0, 'history', '--json'],
    [0, 'local', 'reset'],
    [0, 'completion', 'bash'],
    [0, 'schema'],
    [3, 'plan', '--client-secret', marks.secret],
    [3, 'plan', `--client-secret=${marks.secret}`],
  ];
  for (const [code, ...args] of steps) {
    const ran = await bench.run([...args, ...loud], environment);
    counts.runs += 1;
    assert.is(ran.code, code, `${args.join(' ')}: ${ran.stderr}`);
    if (args[0] === 'apply') assert.match(ran.stderr, /\[secret\]/);
  }
  assert.ok(front.asked.some(({ headers }) => headers.authorization === `Bearer ${marks.token}`));
  assert.ok(front.asked.some(({ body }) => body.includes(JSON.stringify(marks.secret))));
  await Promise.all([emulator.close(), front.close()]);
  await bench.remove();
});

const echo = { error: { message: `${marks.token} ${marks.secret} Authorization: Bearer ${marks.token}` } };
const says = (status: number, value: unknown = echo, headers = {}): Saying => ({
  status,
  headers,
  body: typeof value === 'string' ? value : JSON.stringify(value),
});
const expired = { error: { message: `The token ${marks.token} has been expired.` } };
type Row = readonly [codes: readonly unknown[], say: (asked: Asked) => Saying, args?: readonly string[]];
const apiSays = (saying: Saying) => (asked: Asked) => (isToken(asked) ? null : saying);
const failures: Readonly<Record<string, Row>> = {
  'a refused token': [[1, 'AUTH_FAILED'], apiSays(says(401))],
  'an expired token, twice': [[1, 'AUTH_FAILED'], apiSays(says(400, expired))],
  'what is not JSON': [
    [1, 'API_ANSWER'],
    apiSays(says(200, `<p>${marks.token}`, { 'content-type': 'text/html' })),
  ],
  'no list': [[1, 'READ_INCOMPLETE'], apiSays(says(200, { data: [{ id: 7, name: marks.token }] }))],
  'refused credentials': [
    [1, 'AUTH_FAILED'],
    () => says(401, { error: 'no', error_description: marks.secret }),
  ],
  'an echo in Base64': [
    [1, 'AUTH_FAILED'],
    () => says(400, Buffer.from(`client-1:${marks.secret}`).toString('base64')),
  ],
  'a token that no header can hold': [
    [1, 'AUTH_FAILED'],
    () => says(200, { access_token: `${marks.token}\n${marks.token}` }),
  ],
  'no time': [[1, 'DEADLINE'], () => 'hang', ['--timeout', '0.5']],
};
for (const [name, [codes, say, args = []]] of Object.entries(failures))
  test(`failing for ${name}`, async () => {
    const front = await echoingService(null, say);
    const bench = await openWorkbench(file, secrets);
    const ran = await bench.run(['plan', '--json', '-v', '--stats', ...args], {
      ...credentials,
      TESOURO_API_URL: front.url,
    });
    counts.runs += 1;
    counts.failures += 1;
    assert.equal(codesIn(ran), codes);
    await front.close();
    await bench.remove();
  });

for (const from of ['the API', 'the token endpoint'])
  test(`a redirect of ${from} to another host leads nowhere`, async () => {
    const elsewhere = await echoingService(null);
    const sent = from === 'the API' ? marks.token : marks.secret;
    const location = `${elsewhere.url}/${encodeURIComponent(sent)}?t=${marks.token}`;
    const front = await echoingService(null, (asked) =>
      isToken(asked) && from === 'the API' ? null : says(307, '', { location }),
    );
    const bench = await openWorkbench(file, secrets);
    const environment = { ...credentials, TESOURO_API_URL: front.url };
    assert.equal(codesIn(await bench.run(['plan', '--json', '-v'], environment)), [1, 'API_ANSWER']);
    assert.equal(elsewhere.asked, []);
    counts.runs += 1;
    counts.failures += 1;
    await Promise.all([elsewhere.close(), front.close()]);
    await bench.remove();
  });

test('a certificate that nobody vouches for, or of another name, gets nothing sent', async () => {
  const trusted = selfSigned('localhost');
  const other = selfSigned('elsewhere.example');
  const { emulator } = await openSandbox();
  const [front, wrong] = await Promise.all([
    echoingService(emulator.url, () => null, trusted),
    echoingService(emulator.url, () => null, other),
  ]);
  const bench = await openWorkbench(
    { ...file, 'trusted.pem': trusted.cert, 'other.pem': other.cert },
    secrets,
  );
  const plan = async (url: string, more: Readonly<Record<string, string>>) => {
    counts.runs += 1;
    return bench.run(['plan', '--json', '-v'], { ...credentials, TESOURO_API_URL: url, ...more });
  };
  const ca = (name: string) => ({ NODE_EXTRA_CA_CERTS: join(bench.folder, name) });
  const elsewhere = wrong.url.replace('127.0.0.1', 'localhost');
  for (const [url, more] of [
    [front.url, {}],
    [front.url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    [elsewhere, ca('other.pem')],
  ] as const) {
    assert.equal(codesIn(await plan(url, more)), [1, 'API_UNREACHABLE']);
    counts.failures += 1;
  }
  assert.equal([...front.asked, ...wrong.asked], []);
  assert.is((await plan(front.url, ca('trusted.pem'))).code, 0);
  await Promise.all([front.close(), wrong.close(), emulator.close()]);
  await bench.remove();
});

const password = 'mark-password-9f2c';
const unusable: readonly (readonly [
  codes: readonly unknown[],
  environment: Readonly<Record<string, string>>,
])[] = [
  [[3, 'URL_INVALID'], { TESOURO_API_URL: `https://user:${password}@api.example/v1` }],
  [[3, 'URL_INVALID'], { TESOURO_TOKEN_URL: `https://user:${password}@sso.example/token` }],
  [[3, 'URL_INVALID'], { HTTPS_PROXY: `http://us%er:${password}@127.0.0.1:9` }],
  [[3, 'CREDENTIALS_MISSING'], { TESOURO_CLIENT_SECRET: `${password}\nX-Other: ${password}` }],
];
test('variables that cannot be used, and a proxy that cannot be reached, are told without their values', async () => {
  const bench = await openWorkbench(file, [...secrets, password]);
  const origin = await closedOrigin();
  const proxied = { HTTPS_PROXY: origin.replace('://', `://user:${password}@`) };
  const rows = [...unusable, [[1, 'API_UNREACHABLE'], proxied] as const];
  for (const [codes, environment] of rows) {
    const given = { TESOURO_API_URL: 'https://api.example/v1', ...credentials, ...environment };
    const ran = await bench.run(['plan', '--json', '-v', '--timeout', '2'], given);
    counts.runs += 1;
    counts.failures += 1;
    assert.equal(codesIn(ran), codes, JSON.stringify(Object.keys(environment)));
  }
  await bench.remove();
});

test('Ctrl-C while a request waits', async () => {
  let reached = (): void => {};
  const waiting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const front = await echoingService(null, (asked) => {
    if (!isToken(asked)) reached();
    return isToken(asked) ? null : 'hang';
  });
  const bench = await openWorkbench(file, secrets);
  const child = bench.start(['plan', '-v', '--stats'], { ...credentials, TESOURO_API_URL: front.url });
  await waiting;
  child.kill('SIGINT');
  assert.is((await child).exitCode, 130);
  counts.runs += 1;
  counts.failures += 1;
  await bench.remove();
  await front.close();
});

/** Breaks what every request goes through, and shows all that it was given, as the worst of bugs might. */
const bug = `import { inspect } from 'node:util';
const entries = Object.entries;
Object.entries = (value) => {
  if (value?.authorization !== undefined)
    throw new TypeError(\`broken by \${inspect(value, { depth: 9, showHidden: true })} \${JSON.stringify(value)} \${value.authorization}\`, { cause: value });
  return entries(value);
};
`;
test('a bug that prints all that it knows of a request', async () => {
  const { emulator } = await openSandbox();
  const front = await echoingService(emulator.url);
  const bench = await openWorkbench({ ...file, 'bug.mjs': bug }, secrets);
  for (const args of [
    ['plan', '-v'],
    ['plan', '--json', '-v'],
  ]) {
    const ran = await bench.run(args, {
      ...credentials,
      TESOURO_API_URL: front.url,
      NODE_OPTIONS: '--import ./bug.mjs',
    });
    assert.is(ran.code, 1);
    assert.match(ran.stdout + ran.stderr, /broken by .*\[secret\]/s);
    counts.runs += 1;
  }
  counts.failures += 1;
  await Promise.all([emulator.close(), front.close()]);
  await bench.remove();
});

test('a workbench notices what is printed and what is written', async () => {
  const leaky = `process.stderr.write(process.env.TESOURO_CLIENT_SECRET);\n`;
  const bench = await openWorkbench({ ...file, 'leaky.mjs': leaky });
  const failure = async (environment: Readonly<Record<string, string>>): Promise<string> =>
    bench.run(['validate'], environment).then(
      () => 'none',
      (error: unknown) => String(error),
    );
  assert.is(await failure(credentials), 'none');
  assert.match(
    await failure({ ...credentials, NODE_OPTIONS: '--import ./leaky.mjs' }),
    /validate printed secret/,
  );
  await bench.write('.hidden', encodeURIComponent(marks.secret));
  assert.match(await failure(credentials), /\.hidden holds secret/);
  assert.is.not(leakIn(await bench.read('.hidden'), [marks.secret]), null);
  await bench.write('.hidden', '');
  await bench.remove();
});

test.run();
