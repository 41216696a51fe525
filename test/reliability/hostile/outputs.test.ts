import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csv } from '../../../src/render/csv.ts';
import { figures } from '../figures.ts';
import type { Json } from './arbitrary.ts';
import { hostileApi, type Passing } from './hostile-api.ts';
import { configuration, openOrganization, variablesFor } from './organization.ts';
import { type RanHere, runHere } from './run-here.ts';
import {
  cellsOf,
  harmInCsv,
  harmInGithub,
  harmInHtml,
  harmInJson,
  harmInLines,
  harmInMarkdown,
  harmInSarif,
  harmInXml,
  hostileTexts,
} from './texts.ts';

const harms = {
  json: harmInJson,
  markdown: harmInMarkdown,
  github: harmInGithub,
  sarif: harmInSarif,
  junit: harmInXml,
  html: harmInHtml,
} as const;
/** A form of output; a number is that of the columns of comma-separated values. */
type Form = 'human' | keyof typeof harms | number;

const folder = await mkdtemp(join(tmpdir(), 'ledgerform-outputs-'));
await writeFile(join(folder, 'ledgerform.yaml'), configuration);
const emulator = await openOrganization();
const texts = Object.values(hostileTexts);
let answer: (now: Passing, target: string) => Passing = (now) => now;
const api = await hostileApi(emulator.url, (now, { target }) => answer(now, target));
const test = suite('hostile texts in every output');
test.after(async () => {
  await api.close();
  await emulator.close();
  await rm(folder, { recursive: true });
});
let shown = 0;

const run = (args: readonly string[], terminal = false, more: Readonly<Record<string, string>> = {}) => {
  shown += texts.length;
  return runHere([...args, '--rate-limit', '10000'], {
    cwd: folder,
    variables: { ...variablesFor(api.url), ...more },
    terminal,
  });
};

function harmless({ code, stderr, stdout }: RanHere, form: Form, terminal = false): void {
  assert.not.match(stderr, 'INTERNAL');
  assert.ok([0, 1, 2, 3, 4, 5].includes(code));
  const colours = terminal ? 'coloured' : 'plain';
  assert.is(harmInLines(stderr, colours), null);
  if (form === 'human') assert.is(harmInLines(stdout, colours), null);
  else if (typeof form === 'number') assert.is(harmInCsv(stdout, form), null);
  else assert.is(harms[form](stdout), null);
}

const uuid = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** Every object of a list once more for each text, with the text in each of its own texts. */
function everywhere(now: Passing, target: string): Passing {
  const [, payable] = /\/payables\/0{8}-0000-4000-8000-(\d+)\/line-items/.exec(target) ?? [];
  if (payable !== undefined) {
    const text = texts[Number(payable)] ?? '';
    const line = { id: uuid(1000 + Number(payable)), name: text, description: text, ledger_account_id: null };
    return { ...now, status: 200, body: { data: [line] } };
  }
  const { body } = now;
  if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data)) return now;
  const [first] = body.data;
  if (first === undefined || target.includes('token')) return now;
  const copies = texts.map((text, at): Json => {
    const named = Object.entries(first).map(([name, value]): [string, unknown] =>
      typeof value === 'string' && !/id$|_at$|^status$|^type$/.test(name) ? [name, text] : [name, value],
    );
    const raw = { counterpart_raw_data: { name: text } };
    return {
      ...Object.fromEntries(named),
      id: uuid(at),
      ...('counterpart_raw_data' in first ? raw : {}),
      is_external: at % 2 === 1,
    };
  });
  return { ...now, body: { ...body, data: [...body.data, ...copies] } };
}

const columnsOf = {
  ledger_accounts: 7,
  tax_rates: 8,
  products: 7,
  payables: 6,
  line_items: 9,
  settings: 4,
} as const;

const commands: readonly (readonly [args: readonly string[], form: Form])[] = [
  [['plan', '--show-all', '--show-unchanged', '-v', '--stats'], 'human'],
  [['plan', '--json'], 'json'],
  [['plan', '--no-color'], 'human'],
  [['plan', '--out', 'plan.json'], 'human'],
  [['drift', '--show-all'], 'human'],
  [['drift', '--json'], 'json'],
  ...(['ledger_accounts', 'tax_rates', 'products', 'payables', 'line_items', 'settings'] as const).flatMap(
    (kind): [string[], Form][] => [
      [['list', kind], 'human'],
      [['list', kind, '--json'], 'json'],
      [['list', kind, '--format', 'csv'], columnsOf[kind]],
      ...(kind === 'settings' ? [] : [[['list', kind, uuid(3)], 'human'] as [string[], Form]]),
    ],
  ),
  [['readiness', '--show-all'], 'human'],
  [['explain', 'ledger_accounts.income'], 'human'],
  [['explain', `assignments.products.${uuid(4)}`], 'human'],
  [['explain', `ledger_accounts[${uuid(4)}]`], 'human'],
  [['explain', 'settings.ledger_accounts.payments', '--json'], 'json'],
  [['apply', '--auto-approve', '--settle', '0', '--allow-deletes', '1000'], 'human'],
  [['apply', '--auto-approve', '--settle', '0', '--json'], 'json'],
  [['plan', '--format', 'markdown'], 'markdown'],
  [['plan', '--format', 'github'], 'github'],
  [['drift', '--format', 'sarif'], 'sarif'],
  [['drift', '--format', 'markdown'], 'markdown'],
  [['apply', '--auto-approve', '--settle', '0', '--format', 'junit'], 'junit'],
  [['apply', '--auto-approve', '--settle', '0', '--format', 'markdown'], 'markdown'],
  [['plan', '--format', 'html'], 'html'],
  [['drift', '--format', 'html'], 'html'],
];

for (const [args, form] of commands) {
  test(`${args.join(' ')}: texts of the API come out harmless`, async () => {
    answer = everywhere;
    // A terminal gets the colours as well.
    const terminal = form === 'human';
    harmless(await run(args, terminal), form, terminal);
    answer = (now) => now;
  });
}

test('the saved plan and the record hold no control either', async () => {
  answer = everywhere;
  const { stderr } = await run(['plan', '--out', 'plan.json']);
  answer = (now) => now;
  assert.is(harmInJson(await readFile(join(folder, 'plan.json'), 'utf8').catch(() => stderr)), null);
});

test('words of a refusal come out harmless, also in a header', async () => {
  for (const [at, text] of texts.entries()) {
    const latin = text.replace(/[^\x20-\x7e\xa0-\xff]/g, '');
    answer = (now, target) =>
      target.includes('token')
        ? now
        : {
            status: [422, 400, 403, 409, 302][at % 5] ?? 422,
            headers: {
              ...now.headers,
              'x-request-id': latin,
              location: latin,
              'x-organization-id': at % 7 === 6 ? latin : '',
            },
            body: [
              { error: { message: text } },
              { detail: [{ loc: [text], msg: text }] },
              { detail: text },
              { message: text },
            ][at % 4],
          };
    const terminal = at % 2 === 1;
    harmless(
      await run(at % 3 === 0 ? ['plan', '--json'] : ['plan'], terminal),
      at % 3 === 0 ? 'json' : 'human',
      terminal,
    );
  }
  answer = (now) => now;
});

const variableNames = ['LEDGERFORM_ENV', 'TESOURO_API_URL', 'TESOURO_TOKEN_URL', 'HTTPS_PROXY', 'NO_PROXY'];

test('a proxy with a path, or with a name that cannot be read, is taken or refused in plain words', async () => {
  for (const proxy of [
    'http://127.0.0.1:9/x?y#z',
    'http://%zz@127.0.0.1:9',
    'http://%c3@127.0.0.1:9',
    '@a @b/c',
  ]) {
    const variables = { ...variablesFor(api.url), HTTPS_PROXY: proxy };
    const { code, stderr } = await runHere(['list', 'ledger_accounts'], { cwd: folder, variables });
    assert.ok(code === 0 || code === 3, stderr);
    assert.not.match(stderr, 'INTERNAL');
  }
});

test('texts of options, of variables and of file names come out harmless', async () => {
  // The system lets no null into arguments and variables.
  for (const text of texts) {
    if (text.includes('\0')) continue;
    for (const args of [
      [text],
      ['plan', text],
      ['plan', `--${text}`],
      ['plan', '-c', text],
      ['plan', '--json', '-c', text],
      ['plan', '--env', text],
      ['plan', '--api-url', text],
      ['plan', '--timeout', text],
      ['plan', '--target', text],
      ['plan', '--format', text],
      ['list', text],
      ['list', 'products', text],
      ['explain', text],
      ['history', text],
      ['apply', text],
      ['schema', text],
      ['help', text],
    ].filter((_, at) => (at + texts.indexOf(text)) % 3 === 0)) {
      const here = { cwd: folder, variables: {} };
      harmless(await runHere(args, here), args.includes('--json') ? 'json' : 'human');
    }
    // One variable for each text, and in the whole each of them for many.
    const name = variableNames[texts.indexOf(text) % variableNames.length] ?? '';
    const variables = { TESOURO_CLIENT_SECRET: 'x', TESOURO_CLIENT_ID: 'x', TESOURO_API_URL: api.url };
    const ran = await runHere(['plan', '--timeout', '1'], {
      cwd: folder,
      variables: { ...variables, [name]: text },
    });
    harmless(ran, 'human');
  }
});

test('a file whose name is hostile comes out harmless, and so does what it extends', async () => {
  for (const [at, text] of texts.entries()) {
    const name = `${at}${text.replaceAll(/[\0/]/g, '')}`.slice(0, 60).replace(/\p{Cs}/gu, '');
    await writeFile(
      join(folder, name),
      `version: 1\nextends: [${JSON.stringify(`./${text}`)}]\nunknown: 1\n`,
    );
    harmless(await runHere(['validate', '-c', name], { cwd: folder, terminal: true }), 'human', true);
    harmless(await runHere(['validate', '-c', name, '--json'], { cwd: folder }), 'json');
    await rm(join(folder, name));
  }
});

const forms = ['json', 'markdown', 'github', 'sarif', 'junit', 'html'] as const;

test('texts of a configuration come out harmless where its problems are told', async () => {
  const body = texts.map(
    (text) => `  ${JSON.stringify(text)}: { name: ${JSON.stringify(text)}, x${JSON.stringify(text)}: 1 }\n`,
  );
  for (const [at, line] of body.entries()) {
    await writeFile(
      join(folder, 'bad.yaml'),
      `version: 1\ntax_rates:\n${line}settings: { ledger_accounts: { payments: ${JSON.stringify(texts[at])} } }\n# ${texts[at]}\n`,
    );
    harmless(await runHere(['validate', '-c', 'bad.yaml'], { cwd: folder }), 'human');
    const form = forms[at % forms.length] ?? 'json';
    harmless(await runHere(['validate', '-c', 'bad.yaml', '--format', form], { cwd: folder }), form);
  }
});

test('records of runs that no run has written are told, and come out harmless', async () => {
  const runs = join(folder, '.ledgerform', 'runs');
  await mkdir(runs, { recursive: true });
  for (const name of await readdir(runs)) await rm(join(runs, name));
  const at = '2026-01-31T12:00:00.000Z';
  for (const [number, text] of [...texts, 7, null, [], {}].entries()) {
    const run = {
      type: 'run',
      run: text,
      at: text,
      actor: text,
      host: text,
      git_commit: text,
      plan_digest: text,
      organization: { id: text, name: text },
      environment: text,
      api_url: text,
      config: { path: text },
    };
    const write = {
      type: 'write',
      write: 1,
      at,
      address: text,
      action: text,
      label: text,
      id: text,
      before: { name: text },
      after: { name: text },
    };
    const outcome = {
      type: 'outcome',
      write: 1,
      at,
      address: text,
      status: text,
      id: text,
      request_id: text,
      error: { message: text },
    };
    const end = { type: 'end', at: text, outcome: text, summary: {}, converged: true };
    const odd = {
      type: 'write',
      write: 2,
      at,
      address: 'x',
      action: 'set',
      label: 'x',
      before: { '::x': '1' },
      after: null,
    };
    const lines = [run, write, outcome, odd, end, text, { type: text }, { type: '__proto__' }];
    const id = `20260131T120000Z-${number.toString(16).padStart(6, '0')}`;
    await writeFile(join(runs, `${id}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    harmless(await runHere(['history', id], { cwd: folder }), 'human');
    harmless(await runHere(['history', id, '--json'], { cwd: folder }), 'json');
  }
  harmless(await runHere(['history'], { cwd: folder, terminal: true }), 'human', true);
  harmless(await runHere(['history', '--json'], { cwd: folder }), 'json');
});

test('a row of comma-separated values gives its texts back, in front of a formula a mark', () => {
  for (const text of texts) {
    const written = csv(['a', 'b'], [[text, text]]);
    assert.is(harmInCsv(written, 2), null);
    assert.is(cellsOf(written.split('\r\n')[1] ?? '')?.length, 2);
  }
});

test.after(() => figures('hostile-outputs', { 'hostile texts shown': shown, 'hostile texts': texts.length }));

test.run();
