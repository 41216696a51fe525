import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { organization } from '../commands/workbench.ts';
import { type Job, pipelineIn, type Ran, runJob } from './gitlab-runner.ts';
import { startGitLab } from './gitlab-service.ts';
import { playCase, stepCases } from './gitlab-steps.ts';
import { accounts, configuration, openStand } from './stand.ts';

/* The same as for GitHub, with the lines of the pipeline for GitLab. */

const test = suite('the pipeline for GitLab');
const ref = `refs/ledgerform/${organization}`;
const marker = `<!-- ledgerform:${organization}:sandbox -->`;
const fee = '  fee: { name: Fee, nominal_code: "5001" }\nsettings:';

test('from merge request to merge to drift to repair, every line of it is run', async () => {
  const stand = await openStand('gitlab');
  const gitlab = await startGitLab();
  try {
    const pipeline = await pipelineIn('templates/gitlab/ledgerform.gitlab-ci.yml');
    // What GitLab's address is here.
    const address = `https://ledgerform:${gitlab.pushToken}@gitlab.test:443/acme/books.git`;
    await appendFile(
      join(stand.git.home, '.gitconfig'),
      `[url "${stand.git.remote}"]\ninsteadOf = ${address}\n`,
    );
    let count = 0;

    const run = async (
      name: string,
      sha: string,
      environment: Readonly<Record<string, string>>,
      more: { readonly path?: string; readonly from?: Ran } = {},
    ): Promise<Ran> => {
      count += 1;
      const workspace = join(stand.folder, `job-${count}`);
      const home = { PATH: stand.path, HOME: stand.git.home };
      await execa('git', ['clone', '-q', stand.git.remote, workspace], { env: home, extendEnv: false });
      await execa('git', ['checkout', '-q', '--detach', sha], {
        cwd: workspace,
        env: home,
        extendEnv: false,
      });
      if (more.from) await keep(pipeline['ledgerform-plan'], more.from.workspace, workspace);
      const temporary = join(stand.folder, `temporary-${count}`);
      await mkdir(temporary);
      const given = { CI_COMMIT_SHA: sha, TESOURO_API_URL: stand.sandbox.emulator.url, ...environment };
      return runJob(pipeline, name, given, {
        gitlab,
        tracker: stand.tracker,
        workspace,
        temporary,
        home: stand.git.home,
        path: more.path ?? stand.path,
      });
    };
    const planned = async (
      branch: string,
      iid: number,
      files: Readonly<Record<string, string>>,
      environment: Readonly<Record<string, string>> = {},
      more: { readonly path?: string } = {},
    ): Promise<Ran> => {
      const sha = await stand.git.pushBranch(branch, files);
      const request = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: String(iid) };
      const ran = await run('ledgerform-plan', sha, { ...request, ...environment }, more);
      const tar = join(ran.workspace, 'ledgerform-plan.tar');
      const kept = existsSync(tar) ? await readFile(tar) : null;
      const job = { id: 500 + count, name: 'ledgerform-plan', succeeded: ran.code === 0, kept };
      gitlab.pipelines.push({ id: count, iid, sha, job });
      return ran;
    };
    const merged = async (
      branch: string,
      iid: number,
      source = 1,
    ): Promise<Ran & { readonly sha: string }> => {
      const head = await stand.git.git('rev-parse', branch);
      const sha = await stand.git.squash(branch);
      const place = { target_branch: 'main', source_project_id: source, target_project_id: 1 };
      gitlab.requests.push({ iid, sha: head, state: 'merged', ...place, commits: [sha] });
      const onMain = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' };
      return { ...(await run('ledgerform-apply', sha, onMain)), sha };
    };
    const nightly = async (environment: Readonly<Record<string, string>> = {}): Promise<Ran> => {
      const sha = await stand.git.git('rev-parse', 'main');
      const onMain = { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main', LEDGERFORM_REPAIR: '' };
      return run('ledgerform-drift', sha, { ...onMain, ...environment });
    };

    // The first runner has no ledgerform yet. Others have quoted the marker, more often than fits on a page.
    const quoted = { id: 1, iid: 1, author: { id: 66 }, body: `${marker}\nNothing to see here`, state: '' };
    // A note need have no text.
    gitlab.notes.push({ ...quoted, body: null });
    gitlab.notes.push(...Array.from({ length: 129 }, () => quoted));
    const bare = { ...stand.npm, LEDGERFORM_VERSION: await stand.packed() };
    const first = await planned('accounts', 1, { 'ledgerform.yaml': configuration(accounts) }, bare, {
      path: stand.barePath,
    });
    assert.is(first.code, 0, first.log);
    assert.is(gitlab.notes.length, 131);
    assert.match(gitlab.notes[130]?.body ?? '', '4010');
    assert.ok(existsSync(join(first.workspace, 'ledgerform.xml')));
    const wrong = accounts.replace('"4010"', '4010');
    const second = await planned('accounts', 1, { 'ledgerform.yaml': configuration(wrong) });
    assert.is(second.code, 3, second.log);
    assert.is(gitlab.notes.length, 131);
    assert.match(gitlab.notes[130]?.body ?? '', 'CODE_NOT_TEXT');
    await planned('accounts', 1, { 'ledgerform.yaml': configuration(accounts) });
    assert.is(gitlab.notes.length, 131);
    assert.ok(gitlab.notes.slice(1, 130).every(({ body }) => body?.includes('Nothing to see here')));

    const applied = await merged('accounts', 1);
    assert.is(applied.code, 0, applied.log);
    assert.is(await stand.git.atRemote(ref), applied.sha);

    assert.is((await nightly()).code, 0);
    assert.is(gitlab.issues.length, 0);
    await stand.meddle(accounts.replace('Consulting income', 'Changed by hand'));
    for (const night of [1, 2]) {
      const drifted = await nightly();
      assert.is(drifted.code, 0, drifted.log);
      assert.is(gitlab.issues.length, 1, `night ${night}`);
      assert.match(gitlab.issues[0]?.description ?? '', 'Changed by hand');
    }
    const unknown = await nightly({ TESOURO_CLIENT_SECRET: 'wrong' });
    assert.is(unknown.code, 1, unknown.log);
    assert.match(unknown.log, 'the issue stays as it is');
    assert.is(gitlab.issues[0]?.state, 'opened');
    const repaired = await nightly({ LEDGERFORM_REPAIR: 'true' });
    assert.is(repaired.code, 0, repaired.log);
    // What writes keeps its records.
    for (const name of ['ledgerform-apply', 'ledgerform-drift'])
      assert.ok(pipeline[name]?.artifacts?.paths.includes('.ledgerform/runs'), name);
    assert.is(gitlab.issues[0]?.state, 'closed');

    // Nothing is applied that nobody has reviewed.
    const direct = await run('ledgerform-apply', await stand.git.git('rev-parse', 'main~1'), {
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'main',
    });
    assert.is(direct.code, 1);
    assert.match(direct.log, 'nobody has reviewed');
    await stand.git.pushBranch('unplanned', { 'notes.yaml': 'a: 1\n' });
    assert.match((await merged('unplanned', 2)).log, 'no finished plan of merge request 2');
    await stand.git.pushBranch('fork', { 'notes.yaml': 'a: 2\n' });
    assert.match((await merged('fork', 3, 2)).log, 'in a fork');
    const sha = await stand.git.pushBranch('gone', { 'notes.yaml': 'a: 3\n' });
    gitlab.pipelines.push({
      id: 4,
      iid: 4,
      sha,
      job: { id: 4, name: 'ledgerform-plan', succeeded: true, kept: null },
    });
    assert.match((await merged('gone', 4)).log, 'not kept any more');

    // A plan that is out of date, and the way out by hand.
    await planned('one', 5, { 'ledgerform.yaml': configuration(accounts.replace('settings:', fee)) });
    await planned('two', 6, { 'other.yaml': 'a: 1\n' });
    assert.is((await merged('one', 5)).code, 0);
    const stale = await merged('two', 6);
    assert.is(stale.code, 4, stale.log);
    assert.match(stale.log, 'Run a pipeline by hand');
    const byHand = { CI_PIPELINE_SOURCE: 'web', CI_COMMIT_BRANCH: 'main' };
    const anew = await run('ledgerform-plan', stale.sha, byHand);
    assert.is(anew.code, 0, anew.log);
    const done = await run('ledgerform-apply', stale.sha, byHand, { from: anew });
    assert.is(done.code, 0, done.log);
    assert.is(await stand.git.atRemote(ref), stale.sha);

    // A token that is none.
    const powerless = await planned(
      'more',
      8,
      { 'other.yaml': 'a: 3\n' },
      { LEDGERFORM_GITLAB_TOKEN: 'none' },
    );
    assert.is(powerless.code, 1);
    assert.match(powerless.log, 'HTTP 401');
    for (const each of stepCases) await playCase(each, stand.tracker);
    assert.equal(stand.tracker.notRun(), []);
  } finally {
    await gitlab.web.close();
    await stand.close();
  }
});

/** Hands the files that a job keeps to a later one of the pipeline. */
async function keep(job: Job | undefined, from: string, to: string): Promise<void> {
  for (const path of job?.artifacts?.paths ?? [])
    if (existsSync(join(from, path))) {
      await mkdir(dirname(join(to, path)), { recursive: true });
      await cp(join(from, path), join(to, path));
    }
}

test.run();
