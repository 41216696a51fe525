import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runUrlOf } from '../../src/commands/run-url.ts';
import { unpainted } from '../../src/render/paint.ts';
import { type RanHere, runHere } from '../reliability/hostile/run-here.ts';
import {
  harmInGithub,
  harmInHtml,
  harmInMarkdown,
  harmInSarif,
  harmInXml,
} from '../reliability/hostile/texts.ts';
import { accounts, codesOf, configuration } from './workbench.ts';

const folder = await mkdtemp(join(tmpdir(), 'ledgerform-reports-'));
const test = suite('reports beside the output');
test.after(() => rm(folder, { recursive: true }));
const write = (name: string, text: string) => writeFile(join(folder, name), text);
const read = (name: string) => readFile(join(folder, name), 'utf8');
const run = (args: readonly string[], variables: Readonly<Record<string, string>> = {}, terminal = false) =>
  runHere(args, { cwd: folder, variables, terminal });
await write('ledgerform.yaml', configuration(accounts, 'local'));
await write('wrong.yaml', configuration('ledger_accounts:\n  cash:\n    nominal_code: 0400\n', 'local'));

const all = ['human', 'json', 'markdown', 'github', 'sarif', 'junit', 'html'] as const;
const reports = all.flatMap((form) => ['--report', `${form}=r.${form}`]);
const harms = {
  markdown: harmInMarkdown,
  github: harmInGithub,
  sarif: harmInSarif,
  junit: harmInXml,
  html: harmInHtml,
} as const;
const made = Object.keys(harms) as readonly (keyof typeof harms)[];

/** Whether every report is there and whole; it is removed, so that the next run has to write it. */
async function wholeReports(ran: RanHere): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(all.map(async (form) => [form, await read(`r.${form}`)] as const));
  for (const form of all) await rm(join(folder, `r.${form}`));
  const byForm: Readonly<Record<string, string>> = Object.fromEntries(texts);
  for (const form of made) assert.is(harms[form](byForm[form] ?? ''), null, `${form}: ${ran.stderr}`);
  return byForm;
}
const documentOf = (text: string | undefined): Record<string, unknown> => JSON.parse(text ?? '');

test('all forms of a plan are written in one run, and people see what they see without them', async () => {
  const ran = await run(['plan', ...reports]);
  const { human, json, markdown } = await wholeReports(ran);
  assert.is(ran.code, 0);
  assert.is(ran.stdout, human);
  assert.equal(Object.keys(documentOf(json)).includes('digest'), true);
  assert.match(markdown ?? '', /^### Ledgerform plan: 2 to create, 1 to set$/m);
});

test('with --json the report is the very document, and a report for people has no colours', async () => {
  const json = await run(['plan', '--json', ...reports], {}, true);
  assert.is((await wholeReports(json)).json, json.stdout);
  const human = await run(['plan', ...reports], {}, true);
  assert.is.not(unpainted(human.stdout), human.stdout);
  assert.is((await wholeReports(human)).human, unpainted(human.stdout));
});

for (const form of made)
  test(`--format ${form} prints nothing else on stdout, of a success and of a failure`, async () => {
    for (const args of [['validate'], ['plan'], ['drift'], ['validate', '-c', 'wrong.yaml']]) {
      const ran = await run([...args, '--format', form]);
      assert.is(harms[form](ran.stdout), null, args.join(' '));
      assert.is.not(ran.stdout, '');
    }
    const failed = await run(['plan', '-c', 'none.yaml', '--format', form]);
    assert.is(failed.code, 3);
    assert.is(harms[form](failed.stdout), null);
    assert.match(failed.stdout, 'FILE_NOT_FOUND');
    // Whoever lets stdout go into a file still reads why.
    assert.match(failed.stderr, 'FILE_NOT_FOUND');
  });

test('problems of a configuration are in every report', async () => {
  const ran = await run(['validate', '-c', 'wrong.yaml', ...reports]);
  assert.is(ran.code, 3);
  const texts = await wholeReports(ran);
  for (const form of all) assert.match(texts[form] ?? '', 'CODE_NOT_TEXT', form);
  assert.is(texts.human, ran.stdout);
});

test('a configuration that is not valid is told under the marker of its organization, so that its next comment replaces this one', async () => {
  for (const args of [['validate'], ['plan'], ['drift'], ['apply', '--auto-approve']]) {
    const ran = await run([...args, '-c', 'wrong.yaml', '--format', 'markdown']);
    assert.is(ran.code, 3);
    assert.match(ran.stdout, /^<!-- ledgerform:9d2b4c8f-2087-4738-ba91-7359683c49a4:local -->/, args[0]);
  }
  await write('broken.yaml', configuration('ledger_accounts: [\n', 'local'));
  const broken = await run(['plan', '-c', 'broken.yaml', '--format', 'markdown']);
  assert.match(broken.stdout, /^<!-- ledgerform:broken\.yaml -->/);
});

test('a run that fails early still leaves every report, with whom it was about', async () => {
  const variables = {
    TESOURO_API_URL: 'http://127.0.0.1:9',
    TESOURO_CLIENT_ID: 'a',
    TESOURO_CLIENT_SECRET: 'b',
  };
  const ran = await run(['plan', '--timeout', '1', ...reports], variables);
  assert.is(ran.code, 1);
  const texts = await wholeReports(ran);
  for (const form of all) assert.match(texts[form] ?? '', 'API_UNREACHABLE', form);
  assert.match(texts.markdown ?? '', /^<!-- ledgerform:9d2b4c8f-2087-4738-ba91-7359683c49a4:local -->/);
  const { exit_code, ok } = documentOf(texts.json);
  assert.equal([ok, exit_code], [false, 1]);
  const missing = await run(['drift', '-c', 'none.yaml', ...reports]);
  assert.is(missing.code, 3);
  assert.equal(codesOf(documentOf((await wholeReports(missing)).json)), ['FILE_NOT_FOUND']);
});

test('an apply that is refused says so in every report, once', async () => {
  await run(['plan', '--out', 'plan.json']);
  await write('ledgerform.yaml', configuration(`${accounts}# changed\n`, 'local').replace('Cash', 'Till'));
  for (const extra of [[], ['--json'], ['--format', 'markdown']]) {
    const ran = await run(['apply', 'plan.json', ...extra, ...reports]);
    assert.is(ran.code, 4);
    const texts = await wholeReports(ran);
    for (const form of all) assert.match(texts[form] ?? '', 'PLAN_OUTDATED', form);
    assert.is(documentOf(texts.json).outcome, 'refused');
    if (extra.includes('markdown')) assert.is(texts.markdown, ran.stdout);
    if (extra.includes('--json')) assert.is(texts.json, ran.stdout);
  }
  await write('ledgerform.yaml', configuration(accounts, 'local'));
});

test('nobody who could approve is told in every report', async () => {
  const ran = await run(['apply', ...reports]);
  assert.is(ran.code, 3);
  for (const text of Object.values(await wholeReports(ran))) assert.match(text, 'APPROVAL_NEEDED');
});

test('a report that turns out not to be writable takes nothing back and hides nothing', async () => {
  // There is room for the name, but not for that of the file that is written beside it.
  const long = `${'x'.repeat(245)}.json`;
  const ran = await run(['apply', '--auto-approve', '--report', `json=${long}`, ...reports]);
  assert.is(ran.code, 5);
  assert.match(ran.stdout, /Apply: 3 applied/);
  assert.match(ran.stderr, 'OUTPUT_UNWRITABLE');
  assert.is(documentOf((await wholeReports(ran)).json).outcome, 'applied');
  assert.is((await run(['plan', '--report', `json=${long}`])).code, 1);
});

test('what an apply did is in every report', async () => {
  await write('ledgerform.yaml', configuration(accounts.replace('Cash', 'Till'), 'local'));
  const ran = await run(['apply', '--auto-approve', ...reports]);
  assert.is(ran.code, 0);
  const { human, junit, markdown } = await wholeReports(ran);
  assert.is(human, ran.stdout);
  assert.match(markdown ?? '', /^### Ledgerform apply: 1 applied$/m);
  assert.match(markdown ?? '', '✓ updated');
  assert.match(junit ?? '', 'everything is as planned');
  const again = await run(['apply', '--auto-approve', ...reports]);
  assert.match((await wholeReports(again)).markdown ?? '', /^### Ledgerform apply: nothing to do$/m);
});

test('what a repair and an acceptance of drift did, and what they left, is in every report', async () => {
  const git = (...args: readonly string[]) => execa('git', args, { cwd: folder });
  await git('init', '--quiet');
  await write('drift.yaml', configuration(accounts, 'local'));
  await git('add', 'drift.yaml');
  await git('-c', 'user.name=a', '-c', 'user.email=a@example.invalid', 'commit', '--quiet', '-m', 'x');
  const path = { PATH: process.env.PATH ?? '' };
  await run(['apply', '--auto-approve', '-c', 'drift.yaml'], path);
  const moveAway = async (name: string) => {
    await write('other.yaml', configuration(accounts.replace('Cash clearing', name), 'local'));
    assert.is((await run(['apply', '--auto-approve', '-c', 'other.yaml'], path)).code, 0);
  };
  const drift = ['drift', '-c', 'drift.yaml', '--base', 'HEAD'];
  await moveAway('Till');
  const seen = await run([...drift, ...reports], path);
  assert.is(seen.code, 2, seen.stderr);
  assert.match((await wholeReports(seen)).markdown ?? '', /^### Ledgerform drift: 1 drifted$/m);
  const repaired = await run([...drift, '--repair', '--auto-approve', ...reports], path);
  assert.is(repaired.code, 0, repaired.stderr);
  const texts = await wholeReports(repaired);
  assert.is(texts.human, repaired.stdout);
  assert.match(texts.markdown ?? '', /^### Ledgerform drift: 1 applied$/m);
  await moveAway('Drawer');
  const accepted = await run([...drift, '--accept', ...reports], path);
  assert.is(accepted.code, 0, accepted.stderr);
  assert.match((await wholeReports(accepted)).markdown ?? '', /^### Ledgerform drift: no drift$/m);
  assert.match(await read('drift.yaml'), 'Drawer');
});

test('many organizations have the same reports as one', async () => {
  for (const [name, id] of [
    ['a', '1'],
    ['b', '2'],
  ]) {
    await mkdir(join(folder, 'orgs', name ?? ''), { recursive: true });
    const own = configuration(accounts, 'local')
      .replace('9d2b4c8f', `${id}d2b4c8f`)
      .replace('Acme', `Acme ${name}`);
    await write(`orgs/${name}/ledgerform.yaml`, own);
  }
  for (const args of [['validate'], ['plan'], ['drift'], ['apply', '--auto-approve']]) {
    const ran = await run([...args, '-c', 'orgs', ...reports]);
    const texts = await wholeReports(ran);
    assert.is(texts.human, ran.stdout);
    assert.match(
      texts.markdown ?? '',
      /^<!-- ledgerform:organizations:[0-9a-f]{12} -->\n### Ledgerform \w+, 2 organizations: /,
    );
    assert.is(texts.junit?.match(/<testsuite /g)?.length, 2);
    const json = await run([...args, '-c', 'orgs', '--json', ...reports]);
    assert.is((await wholeReports(json)).json, json.stdout);
  }
  const failed = await run(['plan', '-c', 'orgs', '-c', 'orgs/none-*', '--env', 'production', ...reports]);
  assert.is.not(failed.code, 0);
  assert.match(
    (await wholeReports(failed)).markdown ?? '',
    /^<!-- ledgerform:organizations:[0-9a-f]{12} -->/,
  );
});

test('the log of the run is linked as the pipeline says, and only where that is an address', () => {
  const github = {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/books',
    GITHUB_RUN_ID: '7',
  };
  assert.is(runUrlOf(github), 'https://github.com/acme/books/actions/runs/7');
  assert.is(
    runUrlOf({ ...github, LEDGERFORM_RUN_URL: 'https://ci.example/1?a=b' }),
    'https://ci.example/1?a=b',
  );
  assert.is(
    runUrlOf({ CI_JOB_URL: 'https://gitlab.example/acme/books/-/jobs/1' }),
    'https://gitlab.example/acme/books/-/jobs/1',
  );
  for (const url of [
    '',
    'javascript:alert(1)',
    'https://a)b',
    'https://a b',
    'https://a\n',
    `https://a/${'b'.repeat(500)}`,
  ])
    assert.is(runUrlOf({ LEDGERFORM_RUN_URL: url }), null);
});

test.run();
