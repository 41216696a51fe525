import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApplyReport, Outcome } from '../../src/model/outcome.ts';
import { errorProblem, warningProblem } from '../../src/model/problem.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { paint } from '../../src/render/paint.ts';
import { reportText } from '../../src/render/report-text.ts';
import { matchesGolden } from './golden.ts';
import { harmful, hostile } from './hostile.ts';
import { assignments, changes } from './plan-document.ts';

const view = { changes: [], kinds, paint: paint(false), linesOf: () => undefined, frame: () => '' };
const outcome = (address: string, status: Outcome['status'], error: Outcome['error'] = null): Outcome => ({
  address,
  action: 'create',
  status,
  id: null,
  error,
});
const report = (given: Partial<ApplyReport>): ApplyReport => ({
  format_version: '1',
  outcome: 'applied',
  summary: { applied: 0, failed: 0, skipped: 0, already_done: 0, overtaken: 0 },
  outcomes: [],
  problems: [],
  converged: true,
  requests: 7,
  writes: 3,
  run: '20261121T100000Z-1a2b3c',
  ...given,
});

const test = suite('a report for people');

test('what was done, what not and why, and whether it is proven', () => {
  const outcomes = [
    outcome('tax_rates.a', 'applied'),
    outcome('tax_rates.b', 'already_done'),
    outcome('tax_rates.c', 'overtaken'),
    outcome(
      'tax_rates.d',
      'failed',
      errorProblem('API_REFUSED', 'POST /accounting-tax-rates: 422 name too long', { hint: 'Shorten it.' }),
    ),
    outcome('tax_rates.e', 'unknown', errorProblem('LOST_ANSWER', 'No answer.')),
    outcome('tax_rates.f', 'skipped', errorProblem('DEPENDENCY_FAILED', 'It needs tax_rates.d.')),
  ];
  const summary = { applied: 1, failed: 2, skipped: 1, already_done: 1, overtaken: 1 };
  const problems = [errorProblem('NOT_CONVERGED', 'tax_rates.a is not as planned.')];
  matchesGolden(
    'report.txt',
    reportText(report({ outcome: 'partial', converged: false, outcomes, problems, summary }), view),
  );
});

test('a proven apply says so in its last line', () => {
  const text = reportText(
    report({ outcomes: [outcome('tax_rates.a', 'applied')], summary: { ...report({}).summary, applied: 1 } }),
    view,
  );
  assert.match(text, /\nApply: 1 applied; a second look found everything as planned\.[^\n]*\n$/);
});

test('of many done changes only the first are listed', () => {
  const outcomes = Array.from({ length: 900 }, (_, at) => outcome(`tax_rates.a${at}`, 'applied'));
  const text = reportText(report({ outcomes }), view);
  assert.ok(text.split('\n').length < 60);
  assert.match(text, /860 more/);
});

test('assignments are told by rule, overtaken ones as such, and refusals for one reason together', () => {
  const [rule, second, third, fourth, fifth, gift] = assignments;
  const hosting = assignments.find(({ kind }) => kind === 'line_item_assignment');
  const [, cash] = changes;
  if (!rule || !second || !third || !fourth || !fifth || !gift || !hosting || !cash)
    throw new Error('no changes');
  const lines = Array.from({ length: 25 }, (_, at) => ({
    ...hosting,
    address: `assignments.line_items.p/${at}`,
    label: `INV-${at} Hetzner / Hosting`,
  }));
  const filled = (label: string) =>
    warningProblem('OVERTAKEN', `${label}: somebody else filled the gap meanwhile.`);
  const outcomes = [
    outcome(cash.address, 'applied'),
    ...[rule, second].map(({ address }) => ({ ...outcome(address, 'applied'), action: 'assign' as const })),
    ...[third, fourth, fifth, gift].map(({ address, label }) => ({
      ...outcome(address, 'overtaken', filled(label)),
      action: 'assign' as const,
    })),
    ...lines.map(({ address, label }, at) => ({
      ...outcome(
        address,
        'failed',
        errorProblem(
          'PAYABLE_LOCKED',
          `${label}: PATCH /payables/${String(at).padStart(8, '0')}-aaaa-4aaa-8aaa-aaaaaaaaaaaa: 409 the payable is locked.`,
          { hint: 'Unlock it in Tesouro.' },
        ),
      ),
      action: 'assign' as const,
    })),
  ];
  const summary = { applied: 3, failed: 25, skipped: 0, already_done: 0, overtaken: 4 };
  matchesGolden(
    'report-assignments.txt',
    reportText(report({ outcome: 'partial', outcomes, summary }), {
      ...view,
      changes: [cash, ...assignments, ...lines],
    }),
  );
});

for (const [what, text] of Object.entries(hostile))
  test(`${what} in an answer of the API reaches nobody`, () => {
    const error = errorProblem('API_REFUSED', text, { address: text, hint: text });
    const outcomes = (['applied', 'already_done', 'overtaken', 'failed', 'unknown', 'skipped'] as const).map(
      (status) => outcome(text, status, error),
    );
    const named = changes.map((change) => ({ ...change, address: text, label: text }));
    const given = report({ outcomes: [...outcomes, ...outcomes], problems: [error], run: text });
    for (const changesAtHand of [[], named])
      assert.not.match(reportText(given, { ...view, changes: changesAtHand }), harmful);
  });

test('what nobody knows is not called failed', () => {
  const outcomes = [outcome('tax_rates.a', 'unknown'), outcome('tax_rates.b', 'failed')];
  const summary = { applied: 0, failed: 2, skipped: 0, already_done: 0, overtaken: 0 };
  assert.match(reportText(report({ outcomes, summary }), view), 'Apply: 1 failed, 1 unknown;');
  const alone = { outcomes: outcomes.slice(0, 1), summary: { ...summary, failed: 1 } };
  assert.match(reportText(report(alone), view), 'Apply: 1 unknown;');
});

test.run();
