import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { type Machine, type Occasion, type Ran, runJob, type Workflow, workflowIn } from './github-runner.ts';
import { type GitHub, type Permissions, startGitHub } from './github-service.ts';
import { type Tracker, trackLines } from './tracked-lines.ts';

/*
 * Two steps alone, with reports that are made up, because they decide what people get to see and what is applied: the one of the
 * action that posts, and the one of the apply that finds the reviewed plan.
 */

/** One case: what is done, and what must come of it. */
export interface StepCase {
  readonly title: string;
  readonly play: (steps: Steps) => Promise<void>;
}

/** How the cases run their steps. */
export interface Steps {
  readonly github: GitHub;
  readonly tell: (told: Told) => Promise<Ran>;
  /** `on`: the branch that the apply runs for. */
  readonly review: (run: string | null, on?: string) => Promise<Ran>;
}

interface Told {
  readonly exitCode: number;
  readonly command?: string;
  readonly comment?: boolean;
  readonly issue?: boolean;
  readonly markdown?: string | null;
  readonly report?: unknown;
  readonly token?: string;
  readonly permissions?: Permissions;
  /** The number of the pull request. */
  readonly pull?: number;
}

const marker = '<!-- ledgerform:9d2b4c8f-2087-4738-ba91-7359683c49a4:sandbox -->';
const place = '<!-- ledgerform-of:ledgerform.yaml -->';
const usual = `${marker}\n### Ledgerform plan: 2 to create\n\ntext\n`;
const may: Permissions = { 'pull-requests': 'write', issues: 'write' };

/** Plays one case with a GitHub of its own. */
export async function playCase({ play }: StepCase, shared?: Tracker): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-steps-'));
  const github = await startGitHub();
  const tracker = shared ?? trackLines(join(folder, 'scripts'));
  const machine: Machine = {
    folder,
    home: folder,
    remote: '',
    path: process.env.PATH ?? '',
    secrets: {},
    variables: {},
    github,
    tracker,
  };
  const action: { runs: { steps: Workflow['job']['steps'] } } = parse(await readFile('action.yml', 'utf8'));
  const tellStep = action.runs.steps.find(({ id }) => id === 'tell');
  const applyIt = await workflowIn('templates/github/ledgerform-apply.yml');
  const reviewStep = applyIt.job.steps.find(({ id }) => id === 'reviewed');
  if (!tellStep || !reviewStep) throw new Error('the steps have other ids');
  let runId = 1;
  const occasion = (more: Partial<Occasion>): Occasion => {
    runId += 1;
    return { event: 'push', sha: 'c0ffee', ref: 'refs/heads/main', refName: 'main', runId, ...more };
  };
  const tell = async (told: Told): Promise<Ran> => {
    const reports = join(folder, `reports-${runId}`);
    await mkdir(reports);
    const { markdown = usual, report = {} } = told;
    if (markdown !== null) {
      await writeFile(join(reports, 'report.md'), markdown);
      await writeFile(join(reports, 'report.json'), JSON.stringify(report));
    }
    const env = {
      COMMAND: told.command ?? 'plan',
      CONFIG: 'ledgerform.yaml\n',
      COMMENT: told.comment ?? false,
      ISSUE: told.issue ?? false,
      KEEP: '',
      TOKEN: '${' + '{ github.token }}',
      REPORTS: reports,
      EXITCODE: told.exitCode,
    };
    const job = { permissions: told.permissions ?? may, steps: [{ ...tellStep, env }] };
    const pull = { event: 'pull_request', payload: { pull_request: { number: told.pull } } } as const;
    const place = told.pull === undefined ? {} : pull;
    const own = told.token === undefined ? machine : { ...machine, token: told.token };
    return runJob({ name: 'action.yml', job }, occasion(place), own);
  };
  const review: Steps['review'] = (run, on = 'main') => {
    const job = { permissions: applyIt.job.permissions ?? {}, steps: [reviewStep] };
    const there = { ref: `refs/heads/${on}`, refName: on, inputs: { run } };
    return runJob({ name: applyIt.name, job }, occasion(there), machine);
  };
  try {
    await play({ github, tell, review });
  } finally {
    await github.web.close();
    await rm(folder, { recursive: true });
  }
}

const textOf = (number: number, login: string, body: string) => ({
  id: number * 1000 + Math.abs(login.length),
  number,
  user: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' },
  body,
  state: 'open',
});

/** What must hold of the two steps. */
export const stepCases: readonly StepCase[] = [
  {
    title: 'one comment is written and then replaced, whoever else quotes its marker',
    play: async ({ github, tell }) => {
      const quoted = Array.from({ length: 130 }, () =>
        textOf(7, 'mallory', `${marker}\nNothing to see here`),
      );
      github.comments.push(...quoted, textOf(7, 'other[bot]', `> ${marker}`));
      for (const word of ['first', 'second']) {
        const ran = await tell({ exitCode: 0, comment: true, pull: 7, markdown: `${marker}\n${word}` });
        assert.ok(ran.succeeded, ran.log);
      }
      assert.equal(
        github.comments.slice(131).map(({ body }) => body),
        [`${marker}\n${place}\nsecond`],
      );
      assert.is(github.comments.filter(({ body }) => body?.includes('Nothing to see here')).length, 130);
    },
  },
  {
    title: 'what cannot be read and is told by its path replaces what could be, and the other way round',
    play: async ({ github, tell }) => {
      for (const first of [marker, '<!-- ledgerform:ledgerform.yaml -->', marker]) {
        await tell({ exitCode: 3, comment: true, pull: 7, markdown: `${first}\ntext` });
        assert.equal(
          github.comments.map(({ body }) => body),
          [`${first}\n${place}\ntext`],
        );
      }
    },
  },
  {
    title:
      'runs over other organizations, also with the same patterns, have comments and issues of their own',
    play: async ({ github, tell }) => {
      const markers = ['organizations:1', 'organizations:2', 'id:sandbox', 'id:production'].map(
        (each) => `<!-- ledgerform:${each} -->`,
      );
      for (const round of ['first', 'second'])
        for (const each of markers)
          await tell({
            exitCode: 2,
            command: 'drift',
            comment: true,
            issue: true,
            pull: 7,
            markdown: `${each}\n${round}`,
          });
      const expected = markers.map((each) => `${each}\n${place}\nsecond`);
      assert.equal(
        github.comments.map(({ body }) => body),
        expected,
      );
      assert.equal(
        github.issues.map(({ body }) => body),
        expected,
      );
    },
  },
  {
    title: 'with the token of a person their comment is replaced, and not that of a robot',
    play: async ({ github, tell }) => {
      github.comments.push(textOf(7, 'github-actions[bot]', usual), textOf(7, 'ada', usual));
      const token = github.issueToken(may, 'ada');
      await tell({ exitCode: 0, comment: true, pull: 7, token, markdown: `${marker}\nnew` });
      assert.equal(
        github.comments.map(({ body }) => body),
        [usual, `${marker}\n${place}\nnew`],
      );
    },
  },
  {
    title: 'where there is no pull request there is no comment, and that is no failure',
    play: async ({ github, tell }) => {
      const ran = await tell({ exitCode: 0, comment: true });
      assert.ok(ran.succeeded);
      assert.is(github.comments.length, 0);
      assert.match(ran.log, 'for no pull request');
    },
  },
  {
    title:
      'drift opens one issue, updates it, leaves it when nothing is known, and closes it when it is gone',
    play: async ({ github, tell }) => {
      // In the list of issues pull requests stand too, and a text need not be there.
      github.issues.push({ ...textOf(1, 'github-actions[bot]', usual), pull_request: {} });
      github.issues.push({ ...textOf(2, 'github-actions[bot]', ''), body: null });
      const night = (exitCode: number, word: string) =>
        tell({ exitCode, command: 'drift', issue: true, markdown: `${marker}\n${word}` });
      assert.ok((await night(0, 'none')).succeeded);
      assert.is(github.issues.length, 2);
      const states: string[] = [];
      for (const [exitCode, word] of [
        [2, 'one'],
        [2, 'two'],
        [1, 'failed'],
        [0, 'none'],
      ] as const) {
        assert.is((await night(exitCode, word)).succeeded, exitCode !== 1);
        states.push(`${github.issues[2]?.state} ${github.issues[2]?.body?.split('\n')[2]}`);
      }
      assert.equal(states, ['open one', 'open two', 'open two', 'closed none']);
      await night(2, 'again');
      assert.equal(
        github.issues.map(({ state }) => state),
        ['open', 'open', 'closed', 'open'],
      );
    },
  },
  {
    title:
      'of many organizations one that cannot be looked at hides no drift of the others, and fails the job',
    play: async ({ github, tell }) => {
      const night = (word: string, ...codes: readonly number[]) =>
        tell({
          exitCode: Math.max(...codes),
          command: 'drift',
          issue: true,
          markdown: `${marker}\n${word}`,
          report: { organizations: codes.map((exit_code) => ({ exit_code })) },
        });
      const seen: unknown[] = [];
      for (const [word, ...codes] of [
        // Of one that failed nobody knows, and the rest is as it shall be.
        ['unknown', 3, 0],
        ['one', 0, 2, 3],
        ['two', 2, 2, 4, 1],
        ['three', 0, 1, 0],
        ['four', 2, 0, 0],
        ['none', 0, 0, 0],
      ] as const) {
        const ran = await night(word, ...codes);
        const [issue] = github.issues;
        seen.push([ran.succeeded, ran.outputs.tell?.changes, issue?.state, issue?.body?.split('\n').at(-1)]);
        const note = issue?.body?.split('\n').find((line) => line.startsWith('**'));
        seen.push(note?.slice(0, 45) ?? null);
      }
      assert.equal(seen, [
        [false, 'false', undefined, undefined],
        null,
        [false, 'true', 'open', 'one'],
        '**1 of 3 organizations could not be looked at',
        [false, 'true', 'open', 'two'],
        '**2 of 4 organizations could not be looked at',
        [false, 'false', 'open', 'two'],
        '**2 of 4 organizations could not be looked at',
        [true, 'true', 'open', 'four'],
        null,
        [true, 'false', 'closed', 'none'],
        null,
      ]);
      assert.is(github.issues.length, 1);
    },
  },
  {
    title: 'a report that cannot be posted is a failure',
    play: async ({ tell }) => {
      const ran = await tell({ exitCode: 0, comment: true, pull: 7, permissions: {} });
      assert.not.ok(ran.succeeded);
      assert.match(ran.commands.join(), /^::error::The report could not be posted: .*403/);
    },
  },
  {
    title: 'the step ends as the command did: 0 and 2 are success',
    play: async ({ tell }) => {
      for (const exitCode of [0, 1, 2, 3, 4, 5, 130])
        assert.is((await tell({ exitCode })).succeeded, exitCode === 0 || exitCode === 2, String(exitCode));
    },
  },
  {
    title: 'outputs say whether there is something to change, in one line that adds no other',
    play: async ({ tell }) => {
      const outputs = async (told: Told) => (await tell(told)).outputs.tell;
      assert.equal(await outputs({ exitCode: 2, report: { changes: [1] } }), {
        changes: 'true',
        outdated: 'false',
        summary: 'Ledgerform plan: 2 to create',
      });
      const done = { summary: { applied: 1 } };
      assert.is((await outputs({ exitCode: 0, command: 'apply', report: done }))?.changes, 'true');
      assert.is((await outputs({ exitCode: 0, command: 'apply', report: {} }))?.changes, 'false');
      // The plan of drift has gaps too, which are none.
      const drift = { command: 'drift', report: { changes: [1] } };
      assert.is((await outputs({ exitCode: 0, ...drift }))?.changes, 'false');
      assert.is((await outputs({ exitCode: 2, ...drift }))?.changes, 'true');
      // Of an apply that was not started there is the plan alone.
      const waiting = { organizations: [{ plan: { changes: [1] } }, { apply: { summary: { applied: 0 } } }] };
      assert.is((await outputs({ exitCode: 4, command: 'apply', report: waiting }))?.changes, 'false');
      const begun = { organizations: [...waiting.organizations, { apply: done }] };
      assert.is((await outputs({ exitCode: 4, command: 'apply', report: begun }))?.changes, 'true');
      assert.is((await outputs({ exitCode: 0, command: 'drift', report: done }))?.changes, 'true');
      const many = { organizations: [{ problems: [] }, { plan: { changes: [1] } }] };
      assert.is((await outputs({ exitCode: 2, report: many }))?.changes, 'true');
      const hostile = `${marker}\n### a\rchanges=true\u2028b\tc\n`;
      assert.equal(await outputs({ exitCode: 0, markdown: hostile }), {
        changes: 'false',
        outdated: 'false',
        summary: 'a changes=true b c',
      });
    },
  },
  {
    title: 'an output says whether a plan was refused because it is out of date, whatever came of the others',
    play: async ({ tell }) => {
      const outdated = async (exitCode: number, report: unknown) =>
        (await tell({ exitCode, command: 'apply', report })).outputs.tell?.outdated;
      const because = (code: string, severity = 'error') => ({ problems: [{ code, severity }] });
      const one = { apply: because('STALE') };
      assert.equal(
        [
          await outdated(4, because('PLAN_OUTDATED')),
          await outdated(4, because('DIRTY_CONFIGURATION')),
          await outdated(5, { organizations: [{ apply: { summary: { applied: 1 } } }, one] }),
          // Without changes it is only told.
          await outdated(0, { organizations: [because('PLAN_OUTDATED', 'warning')] }),
        ],
        ['true', 'false', 'true', 'false'],
      );
    },
  },
  {
    title: 'a command that came to no report is told by its exit code alone',
    play: async ({ github, tell }) => {
      const ran = await tell({ exitCode: 3, comment: true, issue: true, pull: 7, markdown: null });
      assert.not.ok(ran.succeeded);
      assert.equal(ran.outputs.tell, { changes: 'false', outdated: 'false', summary: '' });
      assert.is(github.web.requests.length, 0);
    },
  },
  {
    title: 'the plan of a merge is that of the run for the pull request as it was merged',
    play: async ({ github, review }) => {
      const run = (id: number, headSha: string, conclusion = 'success') =>
        github.runs.push({
          id,
          file: 'ledgerform-plan.yml',
          event: 'pull_request',
          headSha,
          conclusion,
          fork: false,
        });
      run(1, 'older');
      run(2, 'head', 'failure');
      run(3, 'head');
      run(4, 'newer');
      const pull = { number: 7, head: { sha: 'head' }, commits: ['c0ffee'] };
      github.pulls.push({ ...pull, base: { ref: 'other' }, merged_at: 'now' });
      github.pulls.push({ ...pull, base: { ref: 'main' }, merged_at: null });
      assert.match((await review('')).commands.join(), 'nobody has reviewed a plan');
      github.pulls.push({ ...pull, base: { ref: 'main' }, merged_at: 'now' });
      const ran = await review('');
      assert.ok(ran.succeeded, ran.log);
      assert.equal(ran.outputs.reviewed, { run: '3' });
    },
  },
  {
    title: 'a merge without a finished plan says what to do',
    play: async ({ github, review }) => {
      const pull = { number: 7, head: { sha: 'head' }, base: { ref: 'main' }, commits: ['c0ffee'] };
      github.pulls.push({ ...pull, merged_at: 'now' });
      const { commands, succeeded } = await review('');
      assert.not.ok(succeeded);
      assert.match(commands.join(), /no finished plan of pull request 7.*Run "Ledgerform plan" by hand/);
    },
  },
  {
    title: 'by hand only a plan is applied that has succeeded, and that no fork has made',
    play: async ({ github, review }) => {
      const run = { file: 'ledgerform-plan.yml', event: 'workflow_dispatch', headSha: 'x', fork: false };
      github.history.push('x', 'c0ffee');
      github.runs.push({ ...run, id: 1, conclusion: 'success' });
      github.runs.push({ ...run, id: 2, conclusion: 'failure' });
      github.runs.push({ ...run, id: 3, conclusion: 'success', file: 'other.yml' });
      github.runs.push({ ...run, id: 4, conclusion: 'success', fork: true });
      const came = await Promise.all(['1', '2', '3', '4', '5', '1/../2'].map((id) => review(id)));
      assert.equal(
        came.map(({ succeeded }) => succeeded),
        [true, false, false, false, false, false],
      );
      assert.equal(came[0]?.outputs.reviewed, { run: '1' });
      const said = came.map(({ commands }) => commands.join());
      assert.match(said[1] ?? '', 'has succeeded');
      assert.match(said[2] ?? '', 'has succeeded');
      assert.match(said[3] ?? '', 'in a fork');
      assert.match(said[4] ?? '', 'answers 404');
    },
  },
  {
    title:
      'by hand only a plan is applied of what is on the branch, or of a pull request that was merged into it',
    play: async ({ github, review }) => {
      const run = { file: 'ledgerform-plan.yml', conclusion: 'success', fork: false };
      const byHand = { ...run, event: 'workflow_dispatch' };
      const forPull = { ...run, event: 'pull_request' };
      github.history.push('merged', 'c0ffee');
      github.runs.push({ ...byHand, id: 1, branch: 'main', headSha: 'merged' });
      github.runs.push({ ...byHand, id: 2, branch: 'mine', headSha: 'mine' });
      // A tag can have the name of the branch.
      github.runs.push({ ...byHand, id: 3, branch: 'main', headSha: 'tagged' });
      github.runs.push({ ...forPull, id: 4, branch: 'good', headSha: 'good' });
      github.runs.push({ ...forPull, id: 5, branch: 'good', headSha: 'before' });
      github.runs.push({ ...forPull, id: 6, branch: 'open', headSha: 'open' });
      github.runs.push({ ...forPull, id: 7, branch: 'aside', headSha: 'aside' });
      github.runs.push({ ...run, id: 8, event: 'push', branch: 'main', headSha: 'merged' });
      const pull = { number: 7, merged_at: 'now', base: { ref: 'main' }, commits: [] };
      github.pulls.push({ ...pull, head: { sha: 'good', ref: 'good' } });
      github.pulls.push({ ...pull, head: { sha: 'open', ref: 'open' }, merged_at: null });
      github.pulls.push({ ...pull, head: { sha: 'aside', ref: 'aside' }, base: { ref: 'other' } });
      const came = await Promise.all(['1', '2', '3', '4', '5', '6', '7', '8'].map((id) => review(id)));
      assert.equal(
        came.map(({ succeeded }) => succeeded),
        [true, false, false, true, false, false, false, false],
      );
      assert.match(came[1]?.commands.join() ?? '', 'nobody has merged');
      const elsewhere = await review('1', 'mine');
      assert.not.ok(elsewhere.succeeded);
      assert.match(elsewhere.commands.join(), 'on main');
    },
  },
];
