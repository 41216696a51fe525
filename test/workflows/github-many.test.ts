import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Occasion, type Ran, runJob, workflowIn } from './github-runner.ts';
import { startGitHub } from './github-service.ts';
import { accounts, openStand, secrets } from './stand.ts';

/* The workflows for a repository with many organizations: a pattern in place of a file, a folder in place of a plan. */

const test = suite('the workflows for many organizations');
const ids = ['9d2b4c8f-2087-4738-ba91-7359683c49a4', '1d5c9be0-83f7-4c1a-b2a4-60e7f9d3a815'] as const;
const fileOf = (id: string, body: string): string =>
  `version: 1\norganization: { id: ${id}, name: ${id.slice(0, 4)} }\nenvironment: sandbox\n${body}`;
const filesWith = (body: string): Readonly<Record<string, string>> =>
  Object.fromEntries(ids.map((id, at) => [`orgs/${at}/ledgerform.yaml`, fileOf(id, body)]));

test('their plans are reviewed in one comment and applied after the merge, each recorded', async () => {
  const stand = await openStand('github', { organizations: ids.map((id) => ({ id, name: id })) });
  const github = await startGitHub();
  try {
    const machine = {
      ...stand,
      home: stand.git.home,
      remote: stand.git.remote,
      secrets,
      variables: {
        TESOURO_API_URL: stand.sandbox.emulator.url,
        LEDGERFORM_CONFIG: 'orgs/*/ledgerform.yaml',
        LEDGERFORM_PLAN: 'plans',
      },
      github,
    };
    const run = async (name: string, occasion: Occasion): Promise<Ran> =>
      runJob(await workflowIn(`templates/github/ledgerform-${name}.yml`), occasion, machine);
    const head = await stand.git.pushBranch('accounts', filesWith(accounts));
    const merge = await stand.git.mergeRef('accounts', 1);
    const pull = { number: 1, head: { sha: head, repo: { fork: true, full_name: 'acme/books' } } };
    const planned = await run('plan', {
      event: 'pull_request',
      payload: { pull_request: pull },
      sha: merge,
      ref: 'refs/pull/1/merge',
      refName: '1/merge',
      runId: 1,
    });
    assert.ok(planned.succeeded, planned.log);
    assert.equal([planned.outputs.plan?.changes, planned.outputs.plan?.['plan-path']], ['true', 'plans']);
    assert.is(github.comments.length, 1);
    github.runs.push({
      id: 1,
      file: 'ledgerform-plan.yml',
      event: 'pull_request',
      headSha: head,
      conclusion: 'success',
      fork: false,
    });
    const sha = await stand.git.squash('accounts');
    github.pulls.push({
      number: 1,
      head: { sha: head },
      base: { ref: 'main' },
      merged_at: 'now',
      commits: [sha],
    });
    const onMain = { sha, ref: 'refs/heads/main', refName: 'main' };
    const applied = await run('apply', { ...onMain, event: 'push', runId: 2 });
    assert.ok(applied.succeeded, applied.log);
    assert.is(applied.outputs.apply?.changes, 'true');
    for (const id of ids) assert.is(await stand.git.atRemote(`refs/ledgerform/${id}`), sha);
    const drifted = await run('drift', { ...onMain, event: 'schedule', runId: 3 });
    assert.ok(drifted.succeeded, drifted.log);
    assert.is(github.issues.length, 0);
  } finally {
    await github.web.close();
    await stand.close();
  }
});

test.run();
