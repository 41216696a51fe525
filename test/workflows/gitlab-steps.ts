import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import * as assert from 'uvu/assert';
import { pipelineIn, type Ran, runJob } from './gitlab-runner.ts';
import { type GitLab, startGitLab } from './gitlab-service.ts';
import { type Tracker, trackLines } from './tracked-lines.ts';

/*
 * Jobs of the pipeline for GitLab with a command in place of the tool that ends as it is told and writes reports that are made
 * up, because jobs decide by these what people get to see and what is applied.
 */

/** One case: what is done, and what must come of it. */
export interface StepCase {
  readonly title: string;
  readonly play: (steps: Steps) => Promise<void>;
}

/** How the cases run jobs. */
export interface Steps {
  readonly gitlab: GitLab;
  readonly job: (name: string, told: Told) => Promise<Ran>;
}

interface Told {
  readonly exitCode?: number;
  /** With what a repair ends. */
  readonly repaired?: number;
  readonly markdown?: string | null;
  readonly report?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}

const marker = '<!-- ledgerform:9d2b4c8f-2087-4738-ba91-7359683c49a4:sandbox -->';
const place = '<!-- ledgerform-of:ledgerform.yaml -->';

const forRequest = {
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '7',
  CI_COMMIT_BRANCH: '',
};
const merge = { CI_PIPELINE_SOURCE: 'push' };

const standIn = `#!/bin/sh
echo "pushes to $GIT_CONFIG_VALUE_0" > pushes
for word in "$@"; do
  case $word in
    --repair) exit "$REPAIRED" ;;
    markdown=*) if [ -f "$TOLD/report.md" ]; then cp "$TOLD/report.md" "\${word#markdown=}"; fi ;;
    json=*) if [ -f "$TOLD/report.json" ]; then cp "$TOLD/report.json" "\${word#json=}"; fi ;;
  esac
done
exit "$ENDS"
`;

/** Plays one case with a GitLab of its own. */
export async function playCase({ play }: StepCase, shared?: Tracker): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-gitlab-'));
  const gitlab = await startGitLab();
  const tracker = shared ?? trackLines(join(folder, 'scripts'));
  const pipeline = await pipelineIn('templates/gitlab/ledgerform.gitlab-ci.yml');
  const [bin, remote] = [join(folder, 'bin'), join(folder, 'remote.git')];
  await mkdir(bin);
  await writeFile(join(bin, 'ledgerform'), standIn, { mode: 0o755 });
  await execa('git', ['init', '-q', '--bare', remote]);
  let count = 0;
  const job: Steps['job'] = async (name, told) => {
    count += 1;
    const [workspace, temporary, reports] = ['job', 'temporary', 'told'].map((each) =>
      join(folder, `${each}-${count}`),
    );
    if (!workspace || !temporary || !reports) throw new Error('three folders');
    await execa('git', ['clone', '-q', remote, workspace]);
    for (const each of [temporary, reports]) await mkdir(each);
    const { exitCode = 0, markdown = `${marker}\ntext\n`, repaired = 0, report = {} } = told;
    if (markdown !== null) {
      await writeFile(join(reports, 'report.md'), markdown);
      await writeFile(join(reports, 'report.json'), JSON.stringify(report));
    }
    const environment = {
      TOLD: reports,
      ENDS: String(exitCode),
      REPAIRED: String(repaired),
      LEDGERFORM_REPAIR: '',
      CI_COMMIT_SHA: 'c0ffee',
      CI_COMMIT_BRANCH: 'main',
      ...told.environment,
    };
    const path = `${bin}${delimiter}${process.env.PATH ?? ''}`;
    return runJob(pipeline, name, environment, {
      gitlab,
      tracker,
      workspace,
      temporary,
      home: folder,
      path,
    });
  };
  try {
    await play({ gitlab, job });
  } finally {
    await gitlab.web.close();
    await rm(folder, { recursive: true });
  }
}

/** What must hold of the jobs. */
export const stepCases: readonly StepCase[] = [
  {
    title: 'a repair that leaves something for a person still ends in a report and an issue',
    play: async ({ gitlab, job }) => {
      const repair = { environment: { LEDGERFORM_REPAIR: 'true' } };
      const left = await job('ledgerform-drift', { repaired: 2, exitCode: 2, ...repair });
      assert.is(left.code, 0, left.log);
      assert.ok(existsSync(join(left.workspace, 'ledgerform-drift.md')));
      assert.equal(
        gitlab.issues.map(({ description }) => description),
        [`${marker}\n${place}\ntext\n`],
      );
    },
  },
  {
    title: 'a repair that failed fails the job, after the report and the issue',
    play: async ({ gitlab, job }) => {
      const repair = { environment: { LEDGERFORM_REPAIR: 'true' } };
      const came: (number | undefined)[] = [];
      for (const [repaired, exitCode] of [
        [4, 2],
        [5, 0],
        [0, 1],
        [1, 3],
      ] as const)
        came.push((await job('ledgerform-drift', { repaired, exitCode, ...repair })).code);
      assert.equal(came, [4, 5, 1, 1]);
      assert.equal(
        gitlab.issues.map(({ state }) => state),
        ['closed'],
      );
    },
  },
  {
    title:
      'of many organizations one that cannot be looked at hides no drift of the others, and fails the job',
    play: async ({ gitlab, job }) => {
      const seen: unknown[] = [];
      for (const [word, ...codes] of [
        // Of one that failed nobody knows, and the rest is as it shall be.
        ['unknown', 3, 0],
        ['one', 0, 2, 3],
        ['two', 0, 1, 0],
        ['three', 2, 0, 0],
        ['none', 0, 0, 0],
      ] as const) {
        const { code } = await job('ledgerform-drift', {
          exitCode: Math.max(...codes),
          markdown: `${marker}\n${word}`,
          report: { organizations: codes.map((exit_code) => ({ exit_code })) },
        });
        const [issue] = gitlab.issues;
        const note = issue?.description?.split('\n').find((line) => line.startsWith('**'));
        seen.push([code, issue?.state, issue?.description?.split('\n').at(-1), note?.slice(0, 45)]);
      }
      const blind = '**1 of 3 organizations could not be looked at';
      assert.equal(seen, [
        [3, undefined, undefined, undefined],
        [3, 'opened', 'one', blind],
        [1, 'opened', 'one', blind],
        [0, 'opened', 'three', undefined],
        [0, 'closed', 'none', undefined],
      ]);
      assert.is(gitlab.issues.length, 1);
    },
  },
  {
    title: 'runs over other organizations, also with the same patterns, have notes and issues of their own',
    play: async ({ gitlab, job }) => {
      const markers = ['organizations:1', 'organizations:2', 'id:sandbox'].map(
        (each) => `<!-- ledgerform:${each} -->`,
      );
      const environment = forRequest;
      for (const round of ['first', 'second'])
        for (const each of markers) {
          await job('ledgerform-plan', { exitCode: 3, markdown: `${each}\n${round}`, environment });
          await job('ledgerform-drift', { exitCode: 2, markdown: `${each}\n${round}` });
        }
      const expected = markers.map((each) => `${each}\n${place}\nsecond`);
      assert.equal(
        gitlab.notes.map(({ body }) => body),
        expected,
      );
      assert.equal(
        gitlab.issues.map(({ description }) => description),
        expected,
      );
      // What cannot be read is told by its path, and replaces what could be.
      const path = '<!-- ledgerform:ledgerform.yaml -->';
      await job('ledgerform-plan', { exitCode: 3, markdown: `${path}\nthird`, environment });
      assert.equal(
        gitlab.notes.map(({ body }) => body?.split('\n').at(-1)),
        ['third', 'second', 'second'],
      );
    },
  },
  {
    title: 'a command that came to no report ends the job with its exit code, and nothing is posted',
    play: async ({ gitlab, job }) => {
      const environment = forRequest;
      for (const name of ['ledgerform-plan', 'ledgerform-drift']) {
        const ran = await job(name, { exitCode: 3, markdown: null, environment });
        assert.is(ran.code, 3, ran.log);
      }
      assert.is(gitlab.web.requests.length, 0);
    },
  },
  {
    title: 'only the job that applies gets the token that can push, and without it nothing is applied',
    play: async ({ gitlab, job }) => {
      await merged(gitlab, { sha: 'head' });
      const came = await job('ledgerform-apply', { environment: merge });
      assert.is(came.code, 0, came.log);
      const pushes = await readFile(join(came.workspace, 'pushes'), 'utf8');
      assert.match(pushes, `ledgerform:${gitlab.pushToken}@gitlab.test:443/acme/books.git`);
      for (const [name, environment] of [
        ['ledgerform-plan', forRequest],
        ['ledgerform-drift', {}],
      ] as const)
        assert.is(
          await readFile(join((await job(name, { exitCode: 2, environment })).workspace, 'pushes'), 'utf8'),
          'pushes to \n',
        );
      const without = await job('ledgerform-apply', { environment: { ...merge, LEDGERFORM_PUSH_TOKEN: '' } });
      assert.is(without.code, 1);
      assert.match(without.log, 'LEDGERFORM_PUSH_TOKEN');
      assert.not.ok(existsSync(join(without.workspace, 'pushes')));
    },
  },
  {
    title:
      'what to do is told where a plan was refused because it is out of date, whatever came of the others',
    play: async ({ gitlab, job }) => {
      await merged(gitlab, { sha: 'head' });
      const because = (code: string, severity = 'error') => ({ problems: [{ code, severity }] });
      const seen: unknown[] = [];
      for (const [exitCode, report] of [
        [4, because('PLAN_OUTDATED')],
        [4, because('DIRTY_CONFIGURATION')],
        [5, { organizations: [{ apply: {} }, { apply: because('STALE') }] }],
        [5, { organizations: [because('PLAN_OUTDATED', 'warning')] }],
      ] as const) {
        const { code, log } = await job('ledgerform-apply', { exitCode, report, environment: merge });
        seen.push([code, log.includes('is out of date. Run a pipeline by hand')]);
      }
      assert.equal(seen, [
        [4, true],
        [4, false],
        [5, true],
        [5, false],
      ]);
      const none = await job('ledgerform-apply', { exitCode: 3, markdown: null, environment: merge });
      assert.is(none.code, 3);
    },
  },
  {
    title: 'with merged results the plan of a merge is that of the merge commit that was made for it',
    play: async ({ gitlab, job }) => {
      Object.assign(gitlab.parents, { mixed: ['target', 'head'], before: ['target', 'older'] });
      const ref = 'refs/merge-requests/7/merge';
      const train = 'refs/merge-requests/7/train';
      await merged(gitlab, { sha: 'before', ref });
      const old = await job('ledgerform-apply', { environment: merge });
      assert.is(old.code, 1);
      assert.match(old.log, 'no finished plan of merge request 7');
      await merged(gitlab, { sha: 'mixed', ref });
      await merged(gitlab, { sha: 'unseen', ref: train });
      const came = await job('ledgerform-apply', { environment: merge });
      assert.is(came.code, 0, came.log);
      assert.ok(gitlab.web.requests.some((each) => each.includes('/jobs/602/artifacts')));
    },
  },
];

/** A merge request that was merged, and one more pipeline for it that has kept a plan. */
async function merged(
  { pipelines, requests }: GitLab,
  { ref, sha }: { readonly sha: string; readonly ref?: string },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-kept-'));
  await writeFile(join(folder, 'plan.json'), '{}');
  const { stdout } = await execa('tar', ['-cf', '-', 'plan.json'], { cwd: folder, encoding: 'buffer' });
  await rm(folder, { recursive: true });
  const id = 601 + pipelines.length;
  const job = { id, name: 'ledgerform-plan', succeeded: true, kept: Buffer.from(stdout) };
  pipelines.push({ id, iid: 7, sha, ...(ref === undefined ? {} : { ref }), job });
  const place = { target_branch: 'main', source_project_id: 1, target_project_id: 1 };
  if (requests.length === 0)
    requests.push({ iid: 7, sha: 'head', state: 'merged', ...place, commits: ['c0ffee'] });
}
