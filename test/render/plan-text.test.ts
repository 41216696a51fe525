import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change } from '../../src/model/plan.ts';
import { errorProblem, warningProblem } from '../../src/model/problem.ts';
import { summarize } from '../../src/plan/seal.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { approvalText } from '../../src/render/approval-text.ts';
import { header } from '../../src/render/header.ts';
import { paint } from '../../src/render/paint.ts';
import { type PlanView, planText } from '../../src/render/plan-text.ts';
import { matchesGolden } from './golden.ts';
import { harmful, hostile } from './hostile.ts';
import { assignmentReferences, assignments, changes, consulting, planOf } from './plan-document.ts';

const view = (given: Partial<PlanView> = {}): PlanView => ({
  kinds,
  paint: paint(false),
  showAll: false,
  unchanged: [],
  limitPerSecond: 30,
  linesOf: () => undefined,
  frame: () => '',
  ...given,
});

const test = suite('a plan for people');

test('every action has its sign, values and place', () => {
  matchesGolden('plan.txt', planText(planOf(), view()));
});

test('colours follow the signs', () => {
  matchesGolden('plan-colours.txt', planText(planOf(), view({ paint: paint(true) })));
});

test('everything that was asked for is shown', () => {
  const allowed = { in_use: ['ledger_accounts.old'], deletes: 20, overwrites: 5, dirty: true };
  const config = { ...planOf().config, allowed, targets: ['ledger_accounts.cash'] };
  const warnings = [warningProblem('EXTERNAL_MISSING', 'Not in Xero.', { hint: 'Create it there.' })];
  matchesGolden(
    'plan-all.txt',
    planText(planOf({ config, warnings }), view({ showAll: true, unchanged: ['tax_rates.standard'] })),
  );
});

test('a refused plan is shown whole, with its reasons before the last line', () => {
  const origin = { file: 'ledgerform.yaml', line: 2, column: 1 };
  const warnings = [
    errorProblem('PROTECTED', '1180 Old would be deleted.', {
      origin,
      hint: 'Keep it.',
      address: 'ledger_accounts.old',
    }),
    errorProblem('TOO_MANY_DELETES', 'Too many.'),
  ];
  const frame = (_: readonly string[], line: number, column: number) => `> ${line}:${column} | the line`;
  matchesGolden('plan-refused.txt', planText(planOf({ warnings }), view({ linesOf: () => ['text'], frame })));
});

test('below a warning of a change stands what to do about it', () => {
  const warnings = [warningProblem('CONFLICT', 'Both have changed.', { hint: 'Ask\nsomebody.' })];
  const [change] = changes;
  if (!change) throw new Error('no change');
  const text = planText(planOf({ changes: [{ ...change, warnings }] }), view());
  assert.match(text, /\n {6}warning CONFLICT: Both have changed\.\n {8}→ Ask\\nsomebody\.\n/);
});

const assigning = planOf({
  changes: [consulting, ...assignments],
  unmanaged: [],
  summary: { create: 1, update: 0, delete: 0, assign: 9, unassign: 1, set: 0, drift: 0 },
  observed: { ...planOf().observed, references: assignmentReferences },
});

test('what one rule changes is one group, and what is specific stands alone', () => {
  matchesGolden('assignments.txt', planText(assigning, view()));
});

test('gaps that rules would fill stand below the changes and are counted apart', () => {
  const isGap = ({ before, reason }: Change) => reason === 'rule' && before?.ledger_account === null;
  const drifted = assigning.changes.filter((change) => !isGap(change));
  const gaps = assigning.changes.filter(isGap);
  const shown = planText({ ...assigning, changes: drifted, summary: summarize(drifted) }, view(), {
    gaps,
    pending: [],
  });
  matchesGolden('drift-gaps.txt', shown);
  const none = planText({ ...assigning, changes: [], summary: summarize([]) }, view(), {
    gaps: gaps.slice(0, 1),
    pending: [],
  });
  assert.match(none, /\nNo drift; 1 gap that rules would fill\.\n$/);
});

test('--show-all lists every object of a rule', () => {
  matchesGolden('assignments-all.txt', planText(assigning, view({ showAll: true })));
});

test('a rule over ten thousand products is a few lines, and all of them with --show-all', () => {
  const [one] = assignments;
  const many = Array.from({ length: 10_000 }, (_, at): readonly Change[] =>
    one ? [{ ...one, address: `assignments.products.${at}`, label: `SKU-${at}` }] : [],
  ).flat();
  const plan = { ...assigning, changes: many };
  assert.ok(planText(plan, view()).split('\n').length < 15);
  assert.match(planText(plan, view()), /10,000 products .*\n +SKU-0\n +SKU-1\n +SKU-2\n +and 9,997 more/);
  assert.ok(planText(plan, view({ showAll: true })).split('\n').length > 10_000);
});

test('a rule that replaces many accounts shows the most frequent ones, and how many more there are', () => {
  const [one] = assignments;
  const many = Array.from({ length: 20 }, (_, at): readonly Change[] =>
    one
      ? [
          {
            ...one,
            address: `assignments.products.${at}`,
            before: { ledger_account: `ledger_accounts[${at}]` },
          },
        ]
      : [],
  ).flat();
  const text = planText({ ...assigning, changes: many }, view());
  assert.match(text, /15 products from others/);
  assert.not.match(planText({ ...assigning, changes: many }, view({ showAll: true })), /others/);
});

test('what points to an account that this plan renames is shown with the new name', () => {
  const [template] = changes;
  assert.ok(template);
  const rename: Change = {
    ...template,
    address: 'ledger_accounts.cash',
    kind: 'ledger_account',
    label: '0890 Card clearing',
    before: { nominal_code: '0980' },
    after: { nominal_code: '0890' },
  };
  const set: Change = {
    ...template,
    address: 'settings.ledger_accounts.payments',
    kind: 'setting',
    action: 'set',
    label: 'payments ledger account',
    before: { ledger_account: null },
    after: { ledger_account: rename.address },
  };
  const moved: Change = { ...set, before: set.after, after: { ledger_account: null } };
  const references = {
    [rename.address]: { id: 'a', code: '0980', name: 'Card clearing', external: false },
  };
  const shown = (...given: Change[]) =>
    planText(
      planOf({ changes: given, observed: { at: '2026-01-01T00:00:00.000Z', requests: 1, references } }),
      view(),
    );
  assert.match(shown(rename, set), '(none) -> 0890 Card clearing');
  assert.match(shown(rename, moved), '0980 Card clearing -> (none)');
});

test('an empty plan says so in its last line', () => {
  const text = planText(planOf({ changes: [], unmanaged: [] }), view());
  assert.match(text, /\nNo changes: [^\n]+\n$/);
});

test('differences under normalization are not shown as differences', () => {
  const [first] = changes;
  const text = planText(planOf({ changes: first ? [first] : [] }), view());
  assert.not.match(text, / name /);
  assert.not.match(text, / code /);
  assert.match(text, /7% -> 7\.5%/);
});

test('the cost counts settings as one write and both looks around the apply', () => {
  assert.match(
    planText(planOf(), view({ limitPerSecond: 1 })),
    /5 writes and takes about 13 seconds at 1 request a second/,
  );
  assert.not.match(planText(planOf(), view({ limitPerSecond: null })), /writes/);
});

const [, createCash] = changes;
const createsOf = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, at): Change[] =>
    createCash ? [{ ...createCash, address: `ledger_accounts.a${at}`, label: `${at} Cash clearing` }] : [],
  ).flat();
const describes = (count: number, given: Partial<Change> = {}): readonly Change[] =>
  createsOf(count).map((each, at) => ({
    ...each,
    address: `ledger_accounts.d${at}`,
    action: 'update',
    before: { description: null },
    after: { description: 'Reviewed' },
    ...given,
  }));
const planned = (given: readonly Change[]) => planOf({ changes: given, summary: summarize(given) });

test('a plan of more than thirty changes begins with what it comes to, for each kind, and ends with it', () => {
  const many = [...createsOf(31), ...changes];
  const text = planText(planned(many), view());
  const summary = /^Plan: 32 to create, 2 to update, 2 to set, 1 to delete\.$/gm;
  assert.is(text.match(summary)?.length, 2);
  assert.match(
    text,
    /^\nPlan: [^\n]+\n\n {2}Ledger accounts {2}32 to create, 1 to update, 1 to delete\n {2}Tax rates {8}1 to update\n/,
  );
  assert.match(text, /\nPlan: [^\n]+\n$/);
  assert.is(planText(planned(createsOf(30)), view()).match(/^Plan: /gm)?.length, 1);
});

test('a long plan that is refused says so at its beginning, and the reasons follow', () => {
  const warnings = [errorProblem('TOO_MANY_DELETES', 'Too many.')];
  const text = planText({ ...planned(createsOf(31)), warnings }, view());
  assert.match(text, /^\nPlan: [^\n]+ the reason below; nothing will be written\.\n/);
  assert.match(text, / the reason above; nothing will be written\.\n$/);
});

test('of many new objects what the label says is not said again, and nothing else is left out', () => {
  const [first, ...others] = createsOf(40);
  const described = first && {
    ...first,
    after: {
      ...first.after,
      description: 'What is left of the year before, and of all the years before that one.',
    },
  };
  const text = planText(planned(described ? [described, ...others] : others), view());
  assert.match(text, /\n {6}description +"What is left of the year before/);
  assert.match(
    text,
    / {2}\+ ledger_accounts\.a7 {2}7 Cash clearing {2}nominal_code "1090" {2}ledgerform\.yaml:20\n/,
  );
  assert.match(planText(planned(createsOf(40)), view({ showAll: true })), /\n {6}name {10}"Cash clearing"\n/);
});

test('many changes of the same values to the same values are told together, and all of them with --show-all', () => {
  const many = planned([...createsOf(31), ...describes(20)]);
  const text = planText(many, view());
  assert.match(
    text,
    /~ 20 alike {2}description \(none\) -> "Reviewed"\n {6}ledger_accounts\.d0 .*\n.*d1 .*\n.*d2 .*\n {6}and 17 more/,
  );
  assert.not.match(text, /ledger_accounts\.d3 /);
  assert.match(planText(many, view({ showAll: true })), /ledger_accounts\.d19 /);
});

const apartOnes: readonly (readonly [what: string, given: Partial<Change>])[] = [
  ['a delete', { action: 'delete', after: null }],
  ['drift', { reason: 'drift' }],
  ['a conflict', { reason: 'conflict' }],
  ['what is warned of', { warnings: [warningProblem('CONFLICT', 'Both have changed.')] }],
];
for (const [what, given] of apartOnes)
  test(`${what} is told by itself, however many there are`, () => {
    const text = planText(planned([...createsOf(31), ...describes(20, given)]), view());
    for (let at = 0; at < 20; at += 1) assert.match(text, new RegExp(`ledger_accounts\\.d${at} `));
  });

test('above the question stand all deletes, what somebody else has a part in, and every warning', () => {
  const warnings = [warningProblem('EXTERNAL_MISSING', 'Not in Xero.', { hint: 'Create it there.' })];
  const text = approvalText({ ...planned([...createsOf(40), ...changes]), warnings }, view());
  assert.match(text, /- ledger_accounts\[44444444/);
  assert.match(text, /~ ledger_accounts\.retainers .*\(drift\)/);
  assert.match(text, /TAX_RATE_CHANGED/);
  assert.match(text, /EXTERNAL_MISSING/);
  assert.match(text, /\nPlan: 41 to create.*\n$/);
  assert.not.match(text, /ledger_accounts\.a1 /);
});

test('ten thousand changes are drawn', () => {
  const [, create] = changes;
  const many = Array.from({ length: 10_000 }, (_, at): Change[] =>
    create ? [{ ...create, address: `ledger_accounts.a${at}` }] : [],
  ).flat();
  const started = performance.now();
  assert.ok(planText(planOf({ changes: many }), view()).split('\n').length > 10_000);
  assert.ok(performance.now() - started < 5000);
});

for (const [what, text] of Object.entries(hostile))
  test(`${what} in names, values and messages reaches nobody`, () => {
    const poisoned = [...changes, ...assignments].map((each) => ({
      ...each,
      label: text,
      address: `ledger_accounts.${text}`,
      before: each.before && { ...each.before, name: text, description: `${text}\n\n${text}` },
      after: each.after && { ...each.after, name: `${text}!`, description: `${text}\n${text}` },
      source: { file: text, line: 1, column: 1, rule: text },
      warnings: [warningProblem('TWINS', text, { hint: text, address: text })],
    }));
    const plan = planOf({
      changes: poisoned,
      unmanaged: [{ address: text, id: text, code: text, name: text }],
      warnings: [
        warningProblem('TWINS', text, {
          hint: text,
          address: text,
          origin: { file: text, line: 1, column: 1 },
        }),
      ],
      organization: { id: text, name: text },
      api_url: text,
    });
    const shown = planText(plan, view({ showAll: true, unchanged: [text] }));
    assert.not.match(shown, harmful);
    assert.is(shown.match(/^Plan: /gm)?.length, 1);
    const account = { organization: plan.organization, environment: plan.environment, apiUrl: plan.api_url };
    assert.not.match(header(account, paint(false)), harmful);
  });

test.run();
