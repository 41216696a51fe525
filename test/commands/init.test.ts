import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { answersTo } from '../../src/commands/init/answers.ts';
import { starter } from '../../src/commands/init/starter.ts';
import { listenForInterrupts } from '../../src/commands/interrupt.ts';
import { openShell } from '../../src/commands/shell.ts';
import { Stop } from '../../src/model/problem.ts';
import { codesOf, command, jsonOf, openWorkbench, organization, type Workbench } from './workbench.ts';

const test = suite('ledgerform init');
const project = resolve(import.meta.dirname, '..', '..');
const said = ['init', '--organization', organization];
const always = [
  '.gitignore',
  '.vscode/extensions.json',
  '.vscode/settings.json',
  'ledgerform.yaml',
  'schemas/ledgerform.v1.schema.json',
];
const github = [
  '.github/actions/ledgerform/action.yml',
  '.github/workflows/ledgerform-apply.yml',
  '.github/workflows/ledgerform-drift.yml',
  '.github/workflows/ledgerform-plan.yml',
];

async function inFolder(body: (bench: Workbench) => Promise<void>): Promise<void> {
  const bench = await openWorkbench();
  try {
    await body(bench);
  } finally {
    await bench.remove();
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
}

const outcomesOf = (document: Record<string, unknown>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (document.files as readonly { path: string; outcome: string }[]).map(({ path, outcome }) => [
      path,
      outcome,
    ]), // as the command documents it
  );

for (const [ci, more] of [
  ['none', []],
  ['github', github],
  ['gitlab', ['.gitlab-ci.yml', '.gitlab/ledgerform.gitlab-ci.yml']],
  ['shell', ['ledgerform.sh']],
] as const)
  test(`into an empty folder it writes the files for ${ci}, and lists them`, () =>
    inFolder(async (bench) => {
      const ran = await bench.run([...said, '--ci', ci, '--json']);
      assert.is(ran.code, 0, ran.stderr);
      const files = [...always, ...more].sort();
      assert.equal(await filesIn(bench.folder), files);
      const written = Object.entries(outcomesOf(jsonOf(ran)));
      assert.equal(written.map(([path]) => path).sort(), files);
      assert.ok(written.every(([, outcome]) => outcome === 'written'));
    }));

test('what it writes validates, plans and applies without any account', () =>
  inFolder(async (bench) => {
    await bench.run([...said, '--name', 'Acme GmbH']);
    assert.is((await bench.run(['validate'])).code, 0);
    const planned = jsonOf(await bench.run(['plan', '--json']));
    assert.is((planned.summary as { create: number }).create, 3); // a plan document
    assert.is((await bench.run(['apply', '--auto-approve'])).code, 0);
    assert.is((await bench.run(['plan', '--detailed-exitcode'])).code, 0);
  }));

test('the files of a pipeline are exactly the templates of the package', () =>
  inFolder(async (bench) => {
    await bench.run([...said, '--ci', 'github']);
    const same = async (from: string, to: string) =>
      assert.is(await bench.read(to), await readFile(join(project, from), 'utf8'), to);
    await same('action.yml', '.github/actions/ledgerform/action.yml');
    for (const name of ['plan', 'apply', 'drift'])
      await same(`templates/github/ledgerform-${name}.yml`, `.github/workflows/ledgerform-${name}.yml`);
    await same('schemas/ledgerform.v1.schema.json', 'schemas/ledgerform.v1.schema.json');
  }));

test('what is there is kept to the byte, and only what Git shall not see is added', () =>
  inFolder(async (bench) => {
    await mkdir(join(bench.folder, '.vscode'));
    const own = { 'ledgerform.yaml': '# mine\n', '.vscode/settings.json': '{ "a": 1 }' };
    for (const [name, text] of Object.entries(own)) await bench.write(name, text);
    await bench.write('.gitignore', 'node_modules\r\n/.ledgerform');
    const ran = await bench.run(['init', '--json']);
    assert.is(ran.code, 0, ran.stderr);
    for (const [name, text] of Object.entries(own)) assert.is(await bench.read(name), text);
    assert.is(
      await bench.read('.gitignore'),
      'node_modules\r\n/.ledgerform\r\nplan.json\r\n/plans/\r\nledgerform-plan.md\r\nledgerform-apply.md\r\nledgerform-drift.md\r\n',
    );
    const outcomes = outcomesOf(jsonOf(ran));
    assert.is(outcomes['ledgerform.yaml'], 'kept');
    assert.is(outcomes['.vscode/settings.json'], 'kept');
    assert.is(outcomes['.gitignore'], 'extended');
    assert.is(outcomes['.vscode/extensions.json'], 'written');
    await bench.write('schemas/ledgerform.v1.schema.json', '{}');
    const again = await bench.run(['init', '--json']);
    assert.is(again.code, 0);
    assert.equal(codesOf(jsonOf(again)), ['SCHEMA_DIFFERS']);
    assert.is(await bench.read('schemas/ledgerform.v1.schema.json'), '{}');
    assert.equal([...new Set(Object.values(outcomesOf(jsonOf(again))))], ['kept']);
    assert.is(
      await bench.read('.gitignore'),
      'node_modules\r\n/.ledgerform\r\nplan.json\r\n/plans/\r\nledgerform-plan.md\r\nledgerform-apply.md\r\nledgerform-drift.md\r\n',
    );
  }));

test('in a repository the rest stands at its top, and the configuration where -c says', () =>
  inFolder(async (bench) => {
    await execa('git', ['init', '-q'], { cwd: bench.folder });
    const config = ['-c', 'orgs/acme'];
    const ran = await bench.run([...said, ...config, '--ci', 'gitlab', '--json']);
    assert.is(ran.code, 0, ran.stderr);
    const files = await filesIn(bench.folder);
    assert.ok(files.includes('orgs/acme/ledgerform.yaml'), files.join());
    assert.match(
      await bench.read('orgs/acme/ledgerform.yaml'),
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/ledgerform\.v1\.schema\.json\n/,
    );
    assert.is((await bench.run(['plan', ...config])).code, 0);
    assert.match(String(jsonOf(ran).next), 'LEDGERFORM_CONFIG');
    const { stdout } = await execa('git', ['status', '--porcelain', '--untracked-files=all'], {
      cwd: bench.folder,
    });
    assert.not.match(stdout, '.ledgerform/');
  }));

test('what comes next can be copied into a shell, whatever the folder is called', () =>
  inFolder(async (bench) => {
    const { next } = jsonOf(await bench.run([...said, '-c', 'My Books', '--json']));
    assert.equal(next, [
      "ledgerform validate -c 'My Books/ledgerform.yaml'",
      "ledgerform plan -c 'My Books/ledgerform.yaml'",
    ]);
  }));

test('what comes next is seen from the folder in which somebody is', () =>
  inFolder(async (bench) => {
    await mkdir(join(bench.folder, '.git'));
    await mkdir(join(bench.folder, 'orgs'));
    const nextIn = async (folder: string, ...args: readonly string[]): Promise<unknown> => {
      const cwd = join(bench.folder, folder);
      const ran = await execa(process.execPath, [...command, ...said, ...args, '--json'], { cwd });
      return JSON.parse(ran.stdout).next;
    };
    assert.equal(await nextIn('orgs'), ['ledgerform validate', 'ledgerform plan']);
    assert.equal(await nextIn('orgs', '-c', '../top.yaml'), [
      'ledgerform validate -c ../top.yaml',
      'ledgerform plan -c ../top.yaml',
    ]);
  }));

test('before a pipeline can work with a configuration for the local environment, it is said what to change', () =>
  inFolder(async (bench) => {
    const nextOf = async (...args: readonly string[]) =>
      String(jsonOf(await bench.run([...said, ...args, '--json'])).next);
    for (const ci of ['github', 'gitlab', 'shell'])
      assert.match(await nextOf('--ci', ci, '-c', ci), `${ci}/ledgerform.yaml is for the local environment`);
    assert.not.match(await nextOf('-c', 'none'), 'for the local environment');
    const sandbox = ['--ci', 'github', '--environment', 'sandbox'];
    assert.not.match(await nextOf(...sandbox, '-c', 'sandbox'), 'for the local environment');
    // Of a configuration that was there init knows nothing.
    assert.not.match(await nextOf(...sandbox.slice(0, 2), '-c', 'sandbox'), 'for the local environment');
  }));

test('an existing .gitlab-ci.yml is kept, and the line to add is told', () =>
  inFolder(async (bench) => {
    await bench.write('.gitlab-ci.yml', 'stages: [test]\n');
    const ran = await bench.run([...said, '--ci', 'gitlab', '--json']);
    assert.is(await bench.read('.gitlab-ci.yml'), 'stages: [test]\n');
    assert.match(String(jsonOf(ran).next), 'Include .gitlab/ledgerform.gitlab-ci.yml');
  }));

test('for a real organization the examples are comments: the first plan changes nothing by accident', () =>
  inFolder(async (bench) => {
    await bench.run([...said, '--environment', 'production']);
    assert.is((await bench.run(['validate'])).code, 0);
    const file = parse(await bench.read('ledgerform.yaml'));
    assert.equal(Object.keys(file), ['version', 'organization', 'environment', 'policy']);
    const { environment } = file;
    assert.is(environment, 'production');
    const text = (await bench.read('ledgerform.yaml')).replace(/^# ?/gm, '');
    assert.match(text, /^ledger_accounts:$/m);
  }));

for (const name of [
  'Acme "Ltd"',
  "O'Neill & Sons: #1",
  '\x24{var.SECRET}',
  '$\x24{x}',
  '- a',
  '名前 🧾',
  'back\\slash',
])
  test(`${name} is a name like any other`, () => {
    const answers = { organization: { id: organization, name }, environment: 'local', ci: 'none' } as const;
    const { name: read } = parse(starter('name: NAME # a label\n', 'x', answers));
    // As loading reads it.
    assert.is(read.replaceAll('$\x24{', '\x24{'), name);
    assert.not.match(read, /(^|[^$])\$\{/);
  });

for (const [title, args] of [
  ['nothing is said', ['init']],
  ['the organization is no UUID', ['init', '--organization', 'acme']],
  ['the name has two lines', [...said, '--name', 'a\nb']],
  ['the name has a sign that turns its direction', [...said, '--name', 'Acme \u202egnp.exe']],
  ['the environment is unknown', [...said, '--environment', 'test']],
  ['the pipeline is unknown', [...said, '--ci', 'jenkins']],
] as const)
  test(`without a terminal, when ${title}, nothing is written: exit 3`, () =>
    inFolder(async (bench) => {
      const ran = await bench.run([...args, '--json']);
      assert.is(ran.code, 3);
      assert.equal(codesOf(jsonOf(ran)), ['OPTION_INVALID']);
      assert.equal(await filesIn(bench.folder), []);
    }));

test('a folder that leads out of the repository is refused before anything is written', () =>
  inFolder(async (bench) => {
    const outside = await mkdtemp(join(tmpdir(), 'ledgerform-outside-'));
    try {
      await symlink(outside, join(bench.folder, '.vscode'));
      const ran = await bench.run([...said, '--json']);
      assert.is(ran.code, 3);
      assert.equal(codesOf(jsonOf(ran)), ['FOLDER_LINKED']);
      assert.equal(await readdir(outside), []);
      assert.equal(await readdir(bench.folder), ['.vscode']);
    } finally {
      await rm(outside, { recursive: true });
    }
  }));

/** Answers typed in a terminal, and what came of them. */
async function asked(typed: string | null, options: object = {}, configured = false, root = '/nowhere') {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  let shown = '';
  const interrupt = listenForInterrupts(() => {});
  const stop = new AbortController();
  const edge = {
    stdin,
    stdout: { write: () => true },
    stderr: { write: (text: string) => (shown += text) },
    variables: {},
    cwd: '/',
    now: () => new Date(),
    version: '0',
    home: new URL('file:///'),
  };
  const voice = { format: 'human', color: false, quiet: false, verbose: false } as const;
  const shell = { ...openShell(edge, voice, interrupt), interrupt: { ...interrupt, stop: stop.signal } };
  const answers = answersTo(options, configured, root, shell).catch((thrown: unknown) => {
    if (thrown instanceof Stop) return `${thrown.exitCode} ${thrown.problems.map(({ code }) => code).join()}`;
    throw thrown;
  });
  if (typed === null) stop.abort();
  else stdin.end(typed);
  const result = await answers;
  interrupt.over();
  return { result, questions: shown.split(/: /).length - 1 };
}

test('in a terminal it asks for what no option says, and again until the answer is one', async () => {
  const { questions, result } = await asked(`acme\n${organization}\nAcme\nmoon\nsandbox\n\n`);
  assert.equal(result, {
    organization: { id: organization, name: 'Acme' },
    environment: 'sandbox',
    ci: 'none',
  });
  assert.is(questions, 6);
});

test('what is said is not asked, and an empty answer is the usual one', async () => {
  const given = { organization, ci: 'gitlab' };
  assert.equal((await asked('\n\n', given)).result, {
    organization: { id: organization, name: null },
    environment: 'local',
    ci: 'gitlab',
  });
  const all = { ...given, name: 'Acme', environment: 'sandbox' };
  assert.is((await asked('', all)).questions, 0);
});

test('where there is a configuration only the pipeline is asked for', async () => {
  assert.equal(await asked('github\n', {}, true), {
    result: { organization: null, environment: 'local', ci: 'github' },
    questions: 1,
  });
});

test('the end of the input and Ctrl-C end it before anything is written: exit 130', async () => {
  assert.is((await asked(`${organization}\n`)).result, '130 INTERRUPTED');
  assert.is((await asked(null)).result, '130 INTERRUPTED');
});

test('a repository with workflows of GitHub is asked about GitHub', () =>
  inFolder(async (bench) => {
    await mkdir(join(bench.folder, '.github'));
    const given = { organization, name: 'Acme', environment: 'local' };
    const { result } = await asked('\n', given, false, bench.folder);
    assert.is((result as { ci: string }).ci, 'github'); // no Stop, or the comparison fails
    await rm(join(bench.folder, '.github'), { recursive: true });
    await writeFile(join(bench.folder, '.gitlab-ci.yml'), '');
    assert.is(((await asked('\n', given, false, bench.folder)).result as { ci: string }).ci, 'gitlab'); // the same
  }));

test('in a real terminal the questions are answered by typing', () =>
  inFolder(async (bench) => {
    const quoted = [process.execPath, ...command, 'init'].map((word) => `'${word}'`).join(' ');
    const { exitCode, failed, stdout } = await execa('script', ['-qec', quoted, '/dev/null'], {
      cwd: bench.folder,
      env: { PATH: process.env.PATH ?? '', TERM: 'dumb' },
      extendEnv: false,
      input: `${organization}\nAcme\n\nshell\n`,
      reject: false,
    });
    if (failed && exitCode === undefined) {
      process.stdout.write('not run: there is no `script` to make a terminal\n');
      return;
    }
    assert.is(exitCode, 0, stdout);
    assert.equal(await filesIn(bench.folder), [...always, 'ledgerform.sh'].sort());
    assert.match(await bench.read('ledgerform.yaml'), 'name: "Acme"');
  }));

test.run();
