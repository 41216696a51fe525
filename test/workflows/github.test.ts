import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { organization } from '../commands/workbench.ts';
import {
  artifact,
  type Machine,
  type Occasion,
  type Ran,
  runJob,
  type Workflow,
  workflowIn,
} from './github-runner.ts';
import { startGitHub } from './github-service.ts';
import { playCase, stepCases } from './github-steps.ts';
import { accounts, configuration, openStand, type Stand, secrets } from './stand.ts';

/*
 * A repository as `init` makes it, from pull request to merge to drift to repair: the lines of the workflows and of the action
 * are read from their files and run, against the emulator, a bare remote, and the part of GitHub that they talk to.
 */

const test = suite('the workflows for GitHub');
const ref = `refs/ledgerform/${organization}`;
const marker = `<!-- ledgerform:${organization}:sandbox -->`;
const fee = '  fee: { name: Fee, nominal_code: "5001" }\nsettings:';
const hostile = '::error::x %0A::set-output name=a::b ##[group]';

test('from pull request to merge to drift to repair, every line of theirs is run', async () => {
  const stand = await openStand('github');
  const github = await startGitHub();
  try {
    const machine: Machine = {
      ...stand,
      home: stand.git.home,
      remote: stand.git.remote,
      secrets,
      variables: { TESOURO_API_URL: stand.sandbox.emulator.url },
      github,
    };
    const [planIt, applyIt, driftIt] = await Promise.all(
      ['plan', 'apply', 'drift'].map((name) => workflowIn(`templates/github/ledgerform-${name}.yml`)),
    );
    if (!planIt || !applyIt || !driftIt) throw new Error('three workflows');
    let runId = 100;

    /** Runs the plan of a pull request as it is pushed now, and keeps the run as GitHub does. */
    const planned = async (
      branch: string,
      number: number,
      files: Readonly<Record<string, string>>,
    ): Promise<Ran> => {
      const head = await stand.git.pushBranch(branch, files);
      const sha = await stand.git.mergeRef(branch, number);
      runId += 1;
      const ran = await runJob(planIt, pullRequest(number, head, sha, runId), machine);
      keep('ledgerform-plan.yml', 'pull_request', head, ran);
      return ran;
    };
    const keep = (file: string, event: string, headSha: string, { succeeded }: Ran, fork = false) =>
      github.runs.push({
        id: runId,
        file,
        event,
        headSha,
        conclusion: succeeded ? 'success' : 'failure',
        fork,
      });
    /** Merges a pull request as one commit, and runs the apply. */
    const merged = async (branch: string, number: number): Promise<Ran & { readonly sha: string }> => {
      const head = await stand.git.git('rev-parse', branch);
      const sha = await stand.git.squash(branch);
      github.pulls.push({
        number,
        head: { sha: head },
        base: { ref: 'main' },
        merged_at: 'now',
        commits: [sha],
      });
      runId += 1;
      return { ...(await runJob(applyIt, onMain('push', sha, runId), machine)), sha };
    };
    const byHand = async (
      workflow: Workflow,
      inputs: Readonly<Record<string, unknown>> = {},
    ): Promise<Ran> => {
      runId += 1;
      const sha = await stand.git.git('rev-parse', 'main');
      const ran = await runJob(workflow, { ...onMain('workflow_dispatch', sha, runId), inputs }, machine);
      keep(workflow.name, 'workflow_dispatch', sha, ran);
      return ran;
    };
    const nightly = async (): Promise<Ran> => {
      runId += 1;
      return runJob(driftIt, onMain('schedule', await stand.git.git('rev-parse', 'main'), runId), machine);
    };

    // A pull request: the plan, one comment, and the plan is kept.
    const first = await planned('accounts', 1, { 'ledgerform.yaml': configuration(accounts) });
    assert.ok(first.succeeded, first.log);
    assert.is(github.comments.length, 1);
    assert.is(github.comments[0]?.number, 1);
    assert.is(github.comments[0]?.body?.split('\n')[0], marker);
    assert.match(github.comments[0]?.body ?? '', '4010');
    assert.match(first.summary, marker);
    assert.equal([first.outputs.plan?.changes, first.outputs.plan?.exitcode], ['true', '2']);
    assert.is(first.outputs.plan?.['plan-path'], 'plan.json');
    assert.match(first.outputs.plan?.summary ?? '', /2 to create/);

    // What is pushed next updates the same comment, valid or not, and what names and codes say is no command.
    const wrong = accounts.replace('"4010"', '4010');
    const second = await planned('accounts', 1, { 'ledgerform.yaml': configuration(wrong) });
    assert.not.ok(second.succeeded);
    const errors = second.commands.filter((line) => line.startsWith('::error '));
    assert.is(errors.length, 2, 'of validate and of plan');
    assert.match(errors[0] ?? '', /file=ledgerform\.yaml,line=7/);
    assert.is(github.comments.length, 1);
    assert.match(github.comments[0]?.body ?? '', 'CODE_NOT_TEXT');
    const named = accounts.replace('Consulting income', hostile);
    const third = await planned('accounts', 1, { 'ledgerform.yaml': configuration(named) });
    assert.ok(third.succeeded, third.log);
    assert.equal(
      third.commands.filter((line) => !/^::(notice|warning) /.test(line)),
      [],
    );
    await planned('accounts', 1, { 'ledgerform.yaml': configuration(accounts) });
    assert.is(github.comments.length, 1);
    assert.not.match(github.comments[0]?.body ?? '', 'CODE_NOT_TEXT');

    // The merge is one new commit: exactly the reviewed plan is applied, and that commit is recorded.
    const applied = await merged('accounts', 1);
    assert.ok(applied.succeeded, applied.log);
    assert.is(await stand.git.atRemote(ref), applied.sha);
    assert.is(applied.outputs.apply?.changes, 'true');
    assert.is((await recordsOf(machine, runId)).length, 1);

    // Nothing drifts; then somebody changes an account: one issue, updated the next night.
    const clean = await nightly();
    assert.ok(clean.succeeded, clean.log);
    assert.is(github.issues.length, 0);
    await stand.meddle(accounts.replace('Consulting income', 'Changed by hand'));
    for (const night of [1, 2]) {
      const drifted = await nightly();
      assert.ok(drifted.succeeded, drifted.log);
      assert.is(github.issues.length, 1, `night ${night}`);
      assert.is(github.issues[0]?.state, 'open');
      assert.match(github.issues[0]?.body ?? '', 'Changed by hand');
    }
    const repaired = await byHand(driftIt, { repair: true });
    assert.ok(repaired.succeeded, repaired.log);
    assert.is(github.issues[0]?.state, 'closed');
    assert.is(github.issues.length, 1);
    assert.is((await recordsOf(machine, runId)).length, 1);

    // Nothing is applied that nobody has reviewed, and the way out is to plan by hand what was merged.
    const before = await stand.git.atRemote(ref);
    await stand.git.pushBranch('unplanned', { 'notes.yaml': 'a: 1\n' });
    const unplanned = await merged('unplanned', 2);
    assert.match(unplanned.commands.join(), 'no finished plan of pull request 2');

    // Two pull requests at once: the plan of the second is out of date.
    await planned('one', 3, { 'ledgerform.yaml': configuration(accounts.replace('settings:', fee)) });
    await planned('two', 4, { 'other.yaml': 'a: 1\n' });
    assert.ok((await merged('one', 3)).succeeded);
    const stale = await merged('two', 4);
    assert.not.ok(stale.succeeded);
    assert.match(stale.commands.join('\n'), /out of date/);
    assert.not.equal(await stand.git.atRemote(ref), before);
    const anew = await byHand(planIt);
    assert.ok(anew.succeeded, anew.log);
    const done = await byHand(applyIt, { run: String(runId) });
    assert.ok(done.succeeded, done.log);
    assert.is(await stand.git.atRemote(ref), stale.sha);

    await actionAlone(stand, machine, applied.sha);
    for (const each of stepCases) await playCase(each, stand.tracker);
    assert.equal(stand.tracker.notRun(), []);
  } finally {
    await github.web.close();
    await stand.close();
  }
});

/** The records of applies that a run has kept. */
const recordsOf = (machine: Machine, runId: number): Promise<readonly string[]> =>
  readdir(join(artifact(machine, runId, 'ledgerform-runs'), '.ledgerform', 'runs'));

/** The action in other circumstances than those of the workflows. */
async function actionAlone(stand: Stand, machine: Machine, sha: string): Promise<void> {
  let runId = 900;
  const run = (
    given: Readonly<Record<string, unknown>>,
    more: Partial<Machine> & { readonly occasion?: Partial<Occasion> } = {},
  ): Promise<Ran> => {
    runId += 1;
    const step = { id: 'one', uses: './.github/actions/ledgerform', with: given };
    const permissions = { 'pull-requests': 'write', issues: 'write' };
    const checkout = { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0 } };
    const workflow = { name: 'alone', job: { permissions, steps: [checkout, step] } };
    return runJob(workflow, { ...onMain('push', sha, runId), ...more.occasion }, { ...machine, ...more });
  };
  const credentials = {
    'client-id': secrets.TESOURO_CLIENT_ID,
    'client-secret': secrets.TESOURO_CLIENT_SECRET,
  };
  const api = { 'api-url': stand.sandbox.emulator.url };

  const bare = { path: stand.barePath, environment: stand.npm };
  const installed = await run({ command: 'validate', version: await stand.packed(), comment: true }, bare);
  assert.ok(installed.succeeded, installed.log);
  assert.match(installed.log, 'for no pull request');
  assert.is(installed.outputs.one?.exitcode, '0');

  const planned = await run({
    command: 'plan',
    'access-token': await accessToken(stand),
    base: 'HEAD',
    config: '\nledgerform.yaml\n',
    args: '--show-unchanged\n\n--target\nledger_accounts.cash',
    ...api,
  });
  assert.ok(planned.succeeded, planned.log);
  assert.equal([planned.outputs.one?.changes, planned.outputs.one?.exitcode], ['false', '0']);

  const mistyped = await run({ command: 'plan', args: '--nonsense', ...credentials, ...api, comment: true });
  assert.not.ok(mistyped.succeeded);
  assert.is(mistyped.outputs.one?.exitcode, '3');
  assert.is(mistyped.outputs.one?.['plan-path'], '');
}

async function accessToken({ sandbox }: Stand): Promise<string> {
  const { client_id, client_secret } = {
    client_id: secrets.TESOURO_CLIENT_ID,
    client_secret: secrets.TESOURO_CLIENT_SECRET,
  };
  const answer = await fetch(`${sandbox.emulator.url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-finops-version': '2025-06-23' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id, client_secret }),
  });
  const { access_token: token }: { readonly access_token?: string } = JSON.parse(await answer.text());
  if (token === undefined) throw new Error('the emulator gave no token');
  return token;
}

const pullRequest = (number: number, head: string, sha: string, runId: number): Occasion => ({
  event: 'pull_request',
  payload: { pull_request: { number, head: { sha: head, repo: { fork: false, full_name: 'acme/books' } } } },
  sha,
  ref: `refs/pull/${number}/merge`,
  refName: `${number}/merge`,
  runId,
});

const onMain = (event: Occasion['event'], sha: string, runId: number): Occasion => ({
  event,
  sha,
  ref: 'refs/heads/main',
  refName: 'main',
  runId,
});

test.run();
