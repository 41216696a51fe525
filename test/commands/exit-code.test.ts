import { CommanderError } from 'commander';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type ExitCode,
  exitCodeOfPlan,
  exitCodeOfReport,
  exitCodeOverMany,
} from '../../src/commands/exit-code.ts';
import { failureOf } from '../../src/commands/fail.ts';
import type { ApplyReport, OutcomeStatus } from '../../src/model/outcome.ts';
import { errorProblem, Stop } from '../../src/model/problem.ts';
import type { ProblemCode } from '../../src/model/problem-codes.ts';
import { ReadFailed } from '../../src/providers/contract.ts';
import { changes } from '../render/plan-document.ts';

const test = suite('exit codes');

const plans: readonly (readonly [count: number, refused: boolean, detailed: boolean, code: number])[] = [
  [0, false, false, 0],
  [0, false, true, 0],
  [1, false, false, 0],
  [1, false, true, 2],
  [1, true, false, 4],
  [1, true, true, 4],
  [0, true, true, 4],
];
for (const [count, refused, detailed, code] of plans)
  test(`a plan of ${count} changes, ${refused ? 'refused' : 'fine'}${detailed ? ', --detailed-exitcode' : ''}: ${code}`, () => {
    assert.is(exitCodeOfPlan({ changes: changes.slice(0, count), warnings: [] }, refused, detailed), code);
  });

const ended = (
  outcome: ApplyReport['outcome'],
  statuses: readonly OutcomeStatus[],
  problem?: ProblemCode,
): ApplyReport => ({
  format_version: '1',
  outcome,
  summary: { applied: 0, failed: 0, skipped: 0, already_done: 0, overtaken: 0 },
  outcomes: statuses.map((status) => ({ address: 'a', action: 'create', status, id: null, error: null })),
  problems: problem ? [errorProblem(problem, 'No.')] : [],
  converged: problem === undefined && outcome !== 'partial',
  requests: 1,
  writes: statuses.filter((status) => status !== 'skipped' && status !== 'already_done').length,
  run: null,
});
const reports: readonly (readonly [what: string, report: ApplyReport, interrupted: boolean, code: number])[] =
  [
    ['applied', ended('applied', ['applied']), false, 0],
    ['nothing to do', ended('nothing', ['already_done']), false, 0],
    ['applied, interrupted', ended('applied', ['applied']), true, 0],
    ['not proven', ended('partial', ['applied'], 'NOT_CONVERGED'), false, 5],
    ['one failed', ended('partial', ['failed']), false, 5],
    ['one failed before it was sent', { ...ended('partial', ['failed']), writes: 0 }, false, 1],
    ['one unknown', ended('partial', ['unknown', 'skipped']), false, 5],
    ['nothing sent', ended('partial', ['skipped'], 'DEADLINE'), false, 1],
    ['nothing sent, interrupted', ended('partial', ['skipped']), true, 130],
    ['one unknown, interrupted', ended('partial', ['unknown']), true, 130],
    ['refused', ended('refused', ['skipped'], 'STALE'), false, 4],
    ['refused, interrupted', ended('refused', ['skipped'], 'STALE'), true, 4],
  ];
for (const [what, report, interrupted, code] of reports)
  test(`${what}: ${code}`, () => {
    assert.is(exitCodeOfReport(report, interrupted), code);
  });

const problem = errorProblem('API_REFUSED', 'No.');
const readFailed = new ReadFailed({ problem, status: 500, requestId: null, endsRun: false });
const thrown: readonly (readonly [
  what: string,
  thrown: unknown,
  interrupted: boolean,
  wrote: boolean,
  code: number,
])[] = [
  ['a stop', new Stop(4, [problem]), false, false, 4],
  ['a stop with 1 after a write', new Stop(1, [problem]), false, true, 5],
  [
    'bad options',
    new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"),
    false,
    false,
    3,
  ],
  ['a failed read', readFailed, false, false, 1],
  ['a failed read after a write', readFailed, false, true, 5],
  ['an interrupted read', readFailed, true, false, 130],
  ['a bug', new TypeError('x is not a function'), false, false, 1],
  ['a bug after a write', new TypeError('x is not a function'), false, true, 5],
  ['a text', 'x', false, false, 1],
];
for (const [what, value, interrupted, wrote, code] of thrown)
  test(`${what}: ${code}`, () => {
    assert.is(failureOf(value, interrupted, wrote).exitCode, code);
  });

test('a bug says so, asks for a report and keeps its stack', () => {
  const { problems, stack } = failureOf(new TypeError('x is not a function'), false, false);
  assert.equal(
    problems.map(({ code }) => code),
    ['INTERNAL'],
  );
  assert.match(problems[0]?.hint ?? '', /report/);
  assert.match(stack ?? '', /TypeError: x is not a function\n +at/);
});

const codesOverMany: readonly (readonly [codes: readonly ExitCode[], code: ExitCode])[] = [
  [[], 0],
  [[0, 0], 0],
  [[0, 2], 2],
  [[2, 3], 3],
  [[3, 4, 2], 4],
  [[4, 1, 3], 1],
  [[1, 130, 4], 130],
  [[0, 5], 5],
  [[130, 5, 1], 5],
];
for (const [codes, code] of codesOverMany)
  test(`over organizations with ${codes.join(', ') || 'nothing'}: ${code}`, () => {
    for (const order of [codes, codes.toReversed()])
      assert.is(exitCodeOverMany(order.map((each) => ({ exit_code: each, apply: null }))), code);
  });

test('over many it is 5 when some were changed and not all succeeded, and what is left for a person is no failure', () => {
  const changed = { exit_code: 0, apply: ended('applied', ['applied']) } as const;
  const idle = { exit_code: 0, apply: ended('nothing', []) } as const;
  for (const code of [1, 3, 4, 130] as const) {
    assert.is(exitCodeOverMany([changed, { exit_code: code, apply: null }]), 5);
    assert.is(exitCodeOverMany([idle, { exit_code: code, apply: null }]), code);
  }
  assert.is(exitCodeOverMany([changed, idle]), 0);
  assert.is(exitCodeOverMany([changed, { exit_code: 2, apply: null }]), 2);
});

test.run();
