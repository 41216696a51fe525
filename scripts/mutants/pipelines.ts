import type { Mutant } from './mutant.ts';

const steps = ['test/workflows/github-steps.test.ts'];
const gitlab = ['test/workflows/gitlab-steps.test.ts'];
const init = ['test/commands/init.test.ts'];
const lint = ['test/workflows/lint.test.ts'];

/** What pipelines promise: one comment, one issue, nothing applied that nobody reviewed; and that `init` overwrites nothing. */
export const pipelineMutants: readonly Mutant[] = [
  {
    title: 'a comment of somebody else that quotes the marker is replaced',
    file: 'action.yml',
    find: ' && isMine(each)',
    replace: '',
    tests: steps,
  },
  {
    title: 'the comment is looked for on the first page alone',
    file: 'action.yml',
    find: 'if (found || some.length < 100) return found;',
    replace: 'if (found || some.length >= 0) return found;',
    tests: steps,
  },
  {
    title: 'a pull request is taken for the issue',
    file: 'action.yml',
    find: '!each.pull_request && ',
    replace: '',
    tests: steps,
  },
  {
    title: 'the issue is closed when nothing is known',
    file: 'action.yml',
    find: "if (exitCode !== 0 && exitCode !== 2) return console.log('Nothing is known about drift, so the issue stays as it is.');",
    replace: '',
    tests: steps,
  },
  {
    title: 'a failed command lets the step succeed',
    file: 'action.yml',
    find: 'if (exitCode !== 0 && exitCode !== 2) process.exitCode = exitCode;',
    replace: 'if (exitCode > 5) process.exitCode = exitCode;',
    tests: steps,
  },
  {
    title: 'a summary can add an output of its own',
    file: 'action.yml',
    find: ".replace(/\\s+/g, ' ').trim()",
    replace: '.trim()',
    tests: steps,
  },
  {
    title: 'a report that could not be posted is no failure',
    file: 'action.yml',
    find: 'process.exitCode = 1;',
    replace: 'process.exitCode = 0;',
    tests: steps,
  },
  {
    title: 'the plan of a fork is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: 'if (run.head_repository?.id !== run.repository.id)',
    replace: 'if (run.head_repository?.id === 0)',
    tests: steps,
  },
  {
    title: 'the plan of a pull request that was not merged is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: 'merged_at !== null && base.ref',
    replace: 'base.ref',
    tests: steps,
  },
  {
    title: 'the plan of an older push is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: '&head_sha=\x24{pull.head.sha}',
    replace: '&head_sha=older',
    tests: steps,
  },
  {
    title: 'what another workflow has kept is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: 'path !== `.github/workflows/\x24{workflow}` || ',
    replace: '',
    tests: steps,
  },
  {
    title: 'by hand the plan of any run is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: 'if (isReviewed && (await isReviewed(run))) return run;',
    replace: 'if (isReviewed) return run;',
    tests: steps,
  },
  {
    title: 'by hand the plan of a tag with the name of the branch is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: "return status === 'identical' || status === 'ahead';",
    replace: 'return status !== null;',
    tests: steps,
  },
  {
    title: 'by hand the plan of an open pull request is applied',
    file: 'templates/github/ledgerform-apply.yml',
    find: 'merged_at !== null && head.sha === head_sha',
    replace: 'head.sha === head_sha',
    tests: steps,
  },
  {
    title: 'a plan is applied on any branch',
    file: 'templates/github/ledgerform-apply.yml',
    find: 'if (env.GITHUB_REF_NAME !== env.DEFAULT_BRANCH)',
    replace: 'if (env.DEFAULT_BRANCH === undefined)',
    tests: steps,
  },
  {
    title: 'a repository that is a fork never gets a plan',
    file: 'templates/github/ledgerform-plan.yml',
    find: 'head.repo.full_name == github.repository',
    replace: 'head.repo.fork != true',
    tests: lint,
  },
  {
    title: 'a repair that leaves something ends without report and issue',
    file: 'templates/gitlab/ledgerform.gitlab-ci.yml',
    find: ' --auto-approve || repaired=$?',
    replace: ' --auto-approve',
    tests: gitlab,
  },
  {
    title: 'a repair that failed lets the job succeed',
    file: 'templates/gitlab/ledgerform.gitlab-ci.yml',
    find: 'for each in "$repaired" "$exitcode"; do',
    replace: 'for each in "$exitcode"; do',
    tests: gitlab,
  },
  {
    title: 'a secret goes to a step that needs none',
    file: 'templates/github/ledgerform-plan.yml',
    find: '          command: validate\n',
    replace:
      '          command: validate\n          client-secret: \x24{{ secrets.TESOURO_CLIENT_SECRET }}\n',
    tests: lint,
  },
  {
    title: 'an action of others is not pinned',
    file: 'templates/github/ledgerform-drift.yml',
    find: 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683',
    replace: 'actions/checkout@v4',
    tests: lint,
  },
  {
    title: 'init overwrites what is there',
    file: 'src/commands/init/put-all.ts',
    find: "flag: 'wx'",
    replace: "flag: 'w'",
    tests: init,
  },
  {
    title: 'init follows a link out of the repository',
    file: 'src/commands/init/put-all.ts',
    find: 'if (real !== null && (await inside(root, real))) return;',
    replace: 'if (real !== null) return;',
    tests: init,
  },
  {
    title: 'the examples of init are in force for a real organization',
    file: 'src/commands/init/starter.ts',
    find: "environment === 'local' ? '' : '# '",
    replace: "''",
    tests: init,
  },
  {
    title: 'a name can read a variable',
    file: 'src/commands/init/starter.ts',
    find: "text.replaceAll('${', () => '$${')",
    replace: 'text',
    tests: init,
  },
];
