import { refusedReport } from '../../src/apply/report.ts';
import type { ApplyReport, Outcome } from '../../src/model/outcome.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import { errorProblem, warningProblem } from '../../src/model/problem.ts';
import type { Command, OrganizationResult, Result } from '../../src/model/result.ts';
import { summarize } from '../../src/plan/seal.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import type { ResultView } from '../../src/render/result-view.ts';
import { fullReadiness, poisonedReadiness } from '../accounting/readiness/full-readiness.ts';
import { readinessOf, theirs } from '../accounting/readiness/readiness-world.ts';
import { assignmentReferences, assignments, changes, consulting, planOf } from './plan-document.ts';

export const resultView: ResultView = {
  kinds,
  version: '1.2.3',
  runUrl: 'https://github.com/acme/books/actions/runs/1',
  chosen: 'a1b2c3d4e5f6',
  linesOf: () => ['version: 1', 'ledger_accounts:', '  cash: { nominal_code: 0400 }'],
  frame: (lines, line) => `> ${line} | ${lines[line - 1]}`,
};

/** A result of one organization. */
export const organizationResult = (given: Partial<OrganizationResult> = {}): OrganizationResult => ({
  path: 'orgs/acme/ledgerform.yaml',
  organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' },
  environment: 'sandbox',
  api_url: 'https://api.sandbox.tesouro.com/v1',
  exit_code: 0,
  plan: null,
  apply: null,
  problems: [],
  skipped: null,
  ...given,
});

/** The result of a command for one configuration. */
export const resultOf = (command: Command, given: Partial<OrganizationResult> = {}): Result => {
  const one = organizationResult(given);
  return { command, organizations: [one], many: false, exit_code: one.exit_code };
};

const origin = { file: 'orgs/acme/ledgerform.yaml', line: 3, column: 25 };
const codeNotText = errorProblem('CODE_NOT_TEXT', 'nominal_code must be text.', {
  origin,
  address: 'ledger_accounts.cash',
  hint: 'Write "0400".',
});
const archived = warningProblem('LOOKUP_ARCHIVED', 'The account 404 is archived.', { origin });

/** Everything that a plan can have: changes of each action, by rules and by none, and a conflict. */
export const fullPlan: Plan = {
  ...planOf(),
  config: {
    ...planOf().config,
    path: origin.file,
    git_commit: '0123456789abcdef0123456789abcdef01234567',
    base: 'v1.4',
    allowed: { in_use: ['ledger_accounts.old'], deletes: null, overwrites: null, dirty: false },
  },
  changes: [
    ...changes.map((each) =>
      each.address === 'ledger_accounts.retainers'
        ? {
            ...each,
            reason: 'conflict' as const,
            warnings: [warningProblem('TWINS', 'The base says "Monthly.", live says "In arrears."')],
          }
        : each,
    ),
    consulting,
    ...assignments,
  ],
  warnings: [archived],
  observed: {
    ...planOf().observed,
    references: { ...planOf().observed.references, ...assignmentReferences },
  },
  summary: summarize([...changes, consulting, ...assignments]),
};

const refusals = [
  errorProblem('PROTECTED', '1180 Old would be deleted.', { origin, address: 'ledger_accounts.old' }),
  errorProblem('TOO_MANY_DELETES', '11 deletes, and policy.max_deletes is 10.', {
    hint: 'Raise it, or plan with --allow-deletes 11.',
  }),
];
const refusedPlan: Plan = { ...fullPlan, warnings: [archived, ...refusals] };

const error = errorProblem('API_REFUSED', 'POST /ledger-accounts: 422 name too long', {
  hint: 'Shorten it.',
});
const statuses: readonly (readonly [Outcome['status'], Outcome['error']])[] = [
  ['applied', null],
  ['failed', error],
  ['skipped', errorProblem('DEPENDENCY_FAILED', 'It needs ledger_accounts.cash.')],
  ['already_done', null],
  ['unknown', errorProblem('LOST_ANSWER', 'No answer.')],
  ['overtaken', warningProblem('OVERTAKEN', 'Somebody filled it meanwhile.')],
];

/** A report with each outcome, of that plan. */
export const partialReport: ApplyReport = {
  format_version: '1',
  outcome: 'partial',
  summary: { applied: 3, failed: 5, skipped: 3, already_done: 3, overtaken: 3 },
  outcomes: fullPlan.changes.map(({ action, address, id }, at): Outcome => {
    const [status, problem] = statuses[at % statuses.length] ?? ['applied', null];
    return { address, action, status, id, error: problem };
  }),
  problems: [errorProblem('NOT_CONVERGED', 'ledger_accounts.cash is not as planned.')],
  converged: false,
  requests: 40,
  writes: 12,
  run: '20261121T100000Z-1a2b3c',
};

/** What each command can come to, by the name of its golden file. */
export const results: Readonly<Record<string, Result>> = {
  'validate-valid': resultOf('validate', { api_url: null }),
  'validate-wrong': resultOf('validate', {
    organization: null,
    environment: null,
    api_url: null,
    exit_code: 3,
    problems: [codeNotText, archived],
  }),
  'plan-changes': resultOf('plan', { plan: fullPlan, exit_code: 2 }),
  'plan-nothing': resultOf('plan', {
    plan: { ...planOf(), changes: [], unmanaged: [], summary: summarize([]) },
  }),
  'plan-refused': resultOf('plan', { plan: refusedPlan, exit_code: 4 }),
  'plan-failed': resultOf('plan', {
    exit_code: 1,
    problems: [errorProblem('API_UNREACHABLE', 'The service does not answer.', { hint: 'Try again.' })],
  }),
  drift: resultOf('drift', { plan: fullPlan, exit_code: 2 }),
  'readiness-ready': resultOf('readiness', { readiness: readinessOf(theirs) }),
  'readiness-not-ready': resultOf('readiness', { readiness: fullReadiness, exit_code: 2 }),
  'apply-partial': resultOf('apply', { plan: fullPlan, apply: partialReport, exit_code: 5 }),
  'apply-refused': resultOf('apply', {
    plan: refusedPlan,
    apply: refusedReport(refusedPlan, refusals, 7),
    exit_code: 4,
  }),
  'apply-failed': resultOf('apply', {
    plan: fullPlan,
    exit_code: 1,
    problems: [errorProblem('API_UNREACHABLE', 'The service does not answer.', { hint: 'Try again.' })],
  }),
  'apply-not-started': resultOf('apply', {
    plan: fullPlan,
    exit_code: 1,
    problems: [errorProblem('NOT_STARTED', 'Not started, and nothing was written. The run was interrupted.')],
  }),
  'many-apply': {
    command: 'apply',
    many: true,
    exit_code: 5,
    organizations: [
      organizationResult({ plan: fullPlan, apply: partialReport, exit_code: 5 }),
      organizationResult({
        path: 'orgs/brix/ledgerform.yaml',
        exit_code: 4,
        plan: refusedPlan,
        apply: refusedReport(refusedPlan, refusals, 7),
      }),
      organizationResult({ path: 'orgs/clay/ledgerform.yaml', exit_code: 1, problems: [error] }),
      organizationResult({ path: 'orgs/dune/ledgerform.yaml', exit_code: 1, problems: [error] }),
    ],
  },
  many: {
    command: 'plan',
    many: true,
    exit_code: 1,
    organizations: [
      organizationResult({ plan: planOf() }),
      organizationResult({
        path: 'orgs/brix/ledgerform.yaml',
        organization: { id: '11111111-2087-4738-ba91-7359683c49a4', name: 'Brix Ltd' },
        plan: planOf(),
      }),
      organizationResult({
        path: 'orgs/clay/ledgerform.yaml',
        organization: { id: '22222222-2087-4738-ba91-7359683c49a4', name: null },
        plan: { ...planOf(), changes: [], unmanaged: [], summary: summarize([]) },
      }),
      organizationResult({
        path: 'orgs/dune/ledgerform.yaml',
        organization: null,
        exit_code: 3,
        problems: [codeNotText],
      }),
      organizationResult({ path: 'orgs/east/ledgerform.yaml', exit_code: 4, plan: refusedPlan }),
      organizationResult({
        path: 'orgs/shared.yaml',
        organization: null,
        environment: null,
        skipped: 'It names no organization: it is only there to be extended.',
      }),
    ],
  },
};

/** What every command can come to where nothing but these two texts comes from files and from the API. */
export function poisoned(text: string, other: string, count = 2): readonly Result[] {
  const problem = errorProblem('IN_USE', text, { hint: other, address: text });
  const placed = warningProblem('TWINS', other, { origin: { file: text, line: 1, column: 1 }, hint: text });
  const poison = (change: Change, at: number): Change => ({
    ...change,
    address: `${other}${at}`,
    label: text,
    id: other,
    before: change.before && { name: text, description: `${other}\n${text}`, [text.slice(0, 50)]: text },
    after: change.after && { name: other, description: `${text}\n${other}`, [text.slice(0, 50)]: other },
    source: change.source && { file: other, line: 1, column: 1, rule: text },
    warnings: [placed],
  });
  const some = [...changes, ...assignments].flatMap((change) =>
    Array.from({ length: count }, (_, at) => poison(change, at)),
  );
  const plan: Plan = {
    ...fullPlan,
    changes: some,
    warnings: [problem, placed],
    config: { ...fullPlan.config, base: text, git_commit: other, targets: [text, other] },
    unmanaged: [{ address: text, id: text, code: other, name: other }],
  };
  const apply: ApplyReport = {
    ...partialReport,
    outcomes: some.map(({ action, address }, at) => {
      const [status, error] = statuses[at % statuses.length] ?? ['applied', null];
      return { address, action, status, id: text, error: error && { ...error, message: text, hint: other } };
    }),
    problems: [problem, placed],
    run: text,
  };
  const whose = { path: `p${text}`, organization: { id: other, name: text }, api_url: other };
  const skipped = organizationResult({ path: `p${other}`, organization: null, skipped: text });
  return [
    resultOf('validate', { ...whose, organization: null, problems: [problem, placed], exit_code: 3 }),
    resultOf('plan', { ...whose, plan, problems: [placed], exit_code: 4 }),
    resultOf('readiness', {
      ...whose,
      readiness: poisonedReadiness(text, other),
      problems: [placed],
      exit_code: 2,
    }),
    resultOf('drift', { ...whose, plan: { ...plan, config: { ...plan.config, base: null } }, exit_code: 2 }),
    resultOf('apply', { ...whose, plan, apply, exit_code: 5 }),
    resultOf('apply', { ...whose, plan: null, apply: { ...apply, outcome: 'refused' }, exit_code: 4 }),
    {
      command: 'plan',
      many: true,
      exit_code: 4,
      organizations: [
        organizationResult({ ...whose, plan }),
        skipped,
        organizationResult({ ...whose, plan, apply }),
      ],
    },
  ];
}
