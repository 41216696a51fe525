import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { refusedReport } from '../../src/apply/report.ts';
import type { Plan } from '../../src/model/plan.ts';
import { errorProblem, warningProblem } from '../../src/model/problem.ts';
import type { Command, OrganizationResult } from '../../src/model/result.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { fleetDocument } from '../../src/render/many/fleet-document.ts';
import { fleetPlans } from '../../src/render/many/fleet-plans.ts';
import { fleetProblems } from '../../src/render/many/fleet-problems.ts';
import { fleetSummary } from '../../src/render/many/fleet-summary.ts';
import { fleetHeader, fleetTable } from '../../src/render/many/fleet-table.ts';
import { resultWords } from '../../src/render/many/result-words.ts';
import { paint } from '../../src/render/paint.ts';
import { harmful, hostile } from './hostile.ts';
import { changes, planOf } from './plan-document.ts';

const test = suite('many organizations for people');
const view = {
  kinds,
  paint: paint(false),
  showAll: false,
  unchanged: [],
  limitPerSecond: null,
  linesOf: () => undefined,
  frame: () => '',
};
const resultOf = (path: string, given: Partial<OrganizationResult> = {}): OrganizationResult => ({
  path,
  organization: { id: path, name: null },
  environment: 'sandbox',
  api_url: null,
  exit_code: 0,
  plan: null,
  apply: null,
  problems: [],
  skipped: null,
  ...given,
});
const apart = { gaps: [], pending: [] };
const shownOf = (path: string, plan: Plan) => ({ result: resultOf(path, { plan }), plan, apart });
/** A plan that is like no other. */
const own = (number: number): Plan =>
  planOf({ changes: changes.slice(0, 1).map((each) => ({ ...each, label: `Label ${number}` })) });

test('without --show-all ten different plans are shown, and how many more there are', () => {
  const shown = Array.from({ length: 14 }, (_, at) => shownOf(`orgs/${at}.yaml`, own(at)));
  const text = fleetPlans([...shown, shownOf('orgs/like-3.yaml', own(3))], view);
  assert.is(text.match(/tax_rates\.reduced {2}Label/g)?.length, 10);
  assert.match(text, /^\n2 organizations: the same 1 change \(orgs\/3\.yaml, orgs\/like-3\.yaml\)/);
  assert.match(text, /\n4 organizations more with changes of their own \(--show-all lists them\)\.\n$/);
  assert.is(fleetPlans(shown, { ...view, showAll: true }).match(/Label/g)?.length, 14);
});

test('a problem that several have is told once, what is wrong first, whatever ids it names', () => {
  const id = (sign: string) => `${sign.repeat(8)}-1111-4111-8111-111111111111`;
  const problem = (sign: string) => errorProblem('LOOKUP_NONE', `Nothing has the id ${id(sign)}.`);
  const text = fleetProblems(
    [
      resultOf('a.yaml', { problems: [warningProblem('RULE_COVERED', 'Covered.'), problem('a')] }),
      resultOf('b.yaml', { problems: [problem('b')] }),
      resultOf('c.yaml', { plan: planOf({ warnings: [problem('c')] }) }),
    ],
    view,
  );
  assert.is(text.match(/LOOKUP_NONE/g)?.length, 1);
  assert.match(text, /in 3 organizations: a\.yaml, b\.yaml, c\.yaml/);
  assert.ok(text.indexOf('LOOKUP_NONE') < text.indexOf('RULE_COVERED'));
  const many = Array.from({ length: 25 }, (_, at) =>
    resultOf('a.yaml', { problems: [errorProblem('LOOKUP_NONE', `No ${at}.`)] }),
  );
  assert.match(fleetProblems(many, view), /\n5 problems more \(--show-all lists them\)\.\n$/);
});

test('the summary counts each organization once', () => {
  const same = [1, 2, 3].map((each) => shownOf(`${each}.yaml`, planOf()));
  const other = shownOf('4.yaml', own(1));
  const refused = {
    ...shownOf('5.yaml', planOf()),
    result: resultOf('5.yaml', { plan: planOf(), exit_code: 4 }),
  };
  const organizations = [
    ...[...same, other, refused].map(({ result }) => result),
    resultOf('6.yaml', { plan: planOf({ changes: [] }) }),
    resultOf('7.yaml', { exit_code: 3, problems: [errorProblem('UNKNOWN_KEY', 'No.')] }),
    resultOf('8.yaml', { exit_code: 3, problems: [errorProblem('NOT_STARTED', 'No.')] }),
    resultOf('9.yaml', { skipped: 'it is a fragment' }),
  ];
  assert.is(
    fleetSummary({ command: 'plan', organizations }, [...same, other, refused]),
    '\nPlan: 3 organizations: the same 6 changes; 1 differ; 1 without changes; 1 refused; 1 failed; 1 not started; 1 skipped.\n',
  );
});

test('a result in words names the first reason', () => {
  const problems = [
    warningProblem('RULE_COVERED', 'x'),
    errorProblem('UNKNOWN_KEY', 'x'),
    errorProblem('TOO_LONG', 'x'),
  ];
  assert.is(resultWords(resultOf('a', { exit_code: 3, problems })), 'failed: UNKNOWN_KEY and 1 more');
  assert.is(resultWords(resultOf('a', { plan: planOf() }), 2), '2 differences');
  assert.is(resultWords(resultOf('a', { plan: planOf() }), 0), 'no drift');
});

test('a fragment that was checked is no organization', () => {
  const organizations = [resultOf('a.yaml'), resultOf('shared/chart.yaml', { organization: null })];
  assert.is(fleetHeader(organizations, view.paint), '1 organization · sandbox\n');
  assert.is(
    fleetSummary({ command: 'validate', organizations }, []),
    '\nValidate: 1 valid; 1 fragment valid.\n',
  );
  // Of a file that is not valid nobody knows.
  const broken = resultOf('b.yaml', { organization: null, exit_code: 3 });
  assert.match(fleetHeader([...organizations, broken], view.paint), '2 organizations');
});

test('where one failed before it was reached is no place of its own', () => {
  const reached = resultOf('a.yaml', { api_url: 'https://a.example' });
  const failed = resultOf('b.yaml', { exit_code: 3 });
  const local = resultOf('c.yaml', { environment: 'local', exit_code: 3 });
  assert.is(
    fleetHeader([failed, reached, local], view.paint),
    '3 organizations · sandbox https://a.example · local\n',
  );
});

test('without organizations there is no table, and of saved plans it says so', () => {
  assert.is(fleetTable([], 'configuration', Number.POSITIVE_INFINITY), '');
  const result = resultOf('plans/a.json');
  assert.match(
    fleetTable([{ result, plan: null, words: 'no changes' }], 'plan', Number.POSITIVE_INFINITY),
    /^organization +plan /,
  );
});

test('nothing that a file or the API says can do harm', () => {
  for (const [what, text] of Object.entries(hostile)) {
    const plan = planOf({ changes: changes.map((each) => ({ ...each, label: text, address: text })) });
    const result = resultOf(text, {
      organization: { id: text, name: text },
      api_url: text,
      plan,
      problems: [errorProblem('LOOKUP_NONE', text, { hint: text, address: text })],
    });
    const shown = [{ result, plan, apart: { gaps: plan.changes, pending: plan.changes } }];
    const drawn = [
      fleetHeader([result], view.paint),
      fleetTable([{ result, plan, words: resultWords(result) }], 'configuration', Number.POSITIVE_INFINITY),
      fleetPlans(shown, view),
      fleetPlans([...shown, ...shown], view),
      fleetPlans(
        [{ ...shown[0], result, plan: planOf({ changes: [] }), apart: { gaps: plan.changes, pending: [] } }],
        view,
      ),
      fleetProblems([result], view),
      fleetSummary({ command: 'plan', organizations: [result] }, shown),
    ];
    for (const each of drawn) assert.not.match(each, harmful, what);
  }
});

test('in the document an organization that has neither plan nor report says so with problems', () => {
  const organizations = [
    resultOf('a.yaml', { plan: planOf() }),
    resultOf('b.yaml'),
    resultOf('c.yaml', { skipped: 'why' }),
  ];
  const document = fleetDocument({ command: 'plan', organizations, many: true, exit_code: 0 });
  assert.equal(
    document.organizations.map((each) => Object.keys(each).slice(3)),
    [['plan'], ['problems'], ['problems', 'skipped']],
  );
  assert.equal(document.groups[0]?.organizations, ['a.yaml']);
});

const keys = (command: Command, organizations: readonly OrganizationResult[]) =>
  fleetDocument({ command, organizations, many: true, exit_code: 0 }).organizations.map((each) =>
    Object.keys(each).slice(3),
  );

test('an organization has a plan, a report or problems, and beside the first two only what loading warned of', () => {
  const plan = planOf();
  const apply = refusedReport(plan, [], 0);
  const problems = [errorProblem('NOT_STARTED', 'No.')];
  const warned = [warningProblem('RULE_COVERED', 'Covered.')];
  assert.equal(
    keys('apply', [
      resultOf('a', { plan, apply, exit_code: 4 }),
      resultOf('b', { plan, problems, exit_code: 1 }),
      resultOf('c', { plan, apply, problems: warned }),
    ]),
    [['apply'], ['problems'], ['apply', 'problems']],
  );
  // A repair is told by its report as well.
  assert.equal(
    keys('drift', [
      resultOf('a', { plan, apply, exit_code: 2 }),
      resultOf('b', { plan, problems, exit_code: 130 }),
      resultOf('c', { plan, problems: warned, exit_code: 2 }),
    ]),
    [['apply'], ['problems'], ['plan', 'problems']],
  );
});

test('groups of drift are of what has drifted, and of an apply of those that came to it', () => {
  const based = { ...planOf().config, base: 'v1' };
  const drifted = planOf({
    config: based,
    changes: changes.map((each, at) => ({ ...each, reason: at === 0 ? 'drift' : 'config' })),
  });
  const waiting = planOf({ config: based, changes: changes.map((each) => ({ ...each, reason: 'config' })) });
  const groups = (command: Command, organizations: readonly OrganizationResult[]) =>
    fleetDocument({ command, organizations, many: true, exit_code: 0 }).groups;
  assert.equal(
    groups('drift', [resultOf('a', { plan: drifted, exit_code: 2 }), resultOf('b', { plan: waiting })]),
    [{ addresses: ['tax_rates.reduced'], organizations: ['a'] }],
  );
  const problems = [errorProblem('NOT_STARTED', 'No.')];
  const [group, ...more] = groups('apply', [
    resultOf('a', { plan: planOf(), apply: refusedReport(planOf(), [], 0), exit_code: 4 }),
    resultOf('b', { plan: planOf(), problems, exit_code: 1 }),
  ]);
  assert.equal([group?.organizations, more], [['a'], []]);
});

test.run();
