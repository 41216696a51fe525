import type { Problem } from '../../model/problem.ts';
import { guardCodes } from '../../model/problem-codes.ts';
import type { Command, OrganizationResult, Result } from '../../model/result.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { endedEarly, verdictText } from '../verdict.ts';
import { changeCases, outcomeCases } from './change-cases.ts';
import { problemCase } from './problem-case.ts';
import { readinessCases } from './readiness-cases.ts';
import { caseElement, type TestCase } from './test-case.ts';
import { type Element, xml } from './xml.ts';

/** A test report as Jenkins and GitLab read it: a suite for each organization; docs/outputs.md says what its tests are. */
export function junit(result: Result, view: ResultView): string {
  const suites = result.organizations.map((one) => ({ one, cases: casesOf(result.command, one, view) }));
  const all = suites.flatMap(({ cases }) => cases);
  return xml({
    name: 'testsuites',
    attributes: { name: `ledgerform ${result.command}`, ...countsOf(all) },
    inside: suites.map(({ cases, one }) => suite(result.command, one, cases)),
  });
}

const countsOf = (cases: readonly TestCase[]) => ({
  tests: cases.length,
  failures: cases.filter(({ failure }) => failure !== undefined).length,
  errors: 0,
});

function suite(command: Command, one: OrganizationResult, cases: readonly TestCase[]): Element {
  const id = one.organization?.name ? ` (${one.organization.id})` : '';
  const environment = one.environment === null ? '' : ` · ${one.environment}`;
  const skipped = cases.filter((each) => each.skipped !== undefined).length;
  return {
    name: 'testsuite',
    attributes: { name: `${whoseText(one)}${id}${environment}`, ...countsOf(cases), skipped },
    inside: [
      ...cases.map((each) => caseElement(each, one.path)),
      { name: 'system-out', attributes: {}, inside: `ledgerform ${command}: ${verdictText(command, one)}` },
    ],
  };
}

function casesOf(command: Command, one: OrganizationResult, view: ResultView): readonly TestCase[] {
  const { apply, exit_code, plan, problems, skipped } = one;
  const valid = 'the configuration is valid';
  if (skipped !== null) return [{ name: valid, skipped }];
  const invalid = exit_code === 3 && plan === null;
  const early = endedEarly(command, one) && !invalid && command !== 'validate';
  const [errors, warnings] = [
    problems.filter(({ severity }) => severity === 'error'),
    problems.filter(({ severity }) => severity === 'warning'),
  ];
  const whole = 'the run came to its end';
  return [
    // What ended the run for another reason is no fault of the configuration.
    problemCase(valid, early ? warnings : problems, view),
    ...(command === 'validate'
      ? []
      : [
          invalid
            ? { name: whole, skipped: 'The configuration is not valid.' }
            : problemCase(whole, early ? errors : [], view),
        ]),
    ...(one.readiness ? readinessCases(one.readiness, view) : []),
    // Guards judge an apply; drift only looks.
    ...(command === 'drift' || plan === null
      ? []
      : guardCases([...plan.warnings, ...(apply?.outcome === 'refused' ? apply.problems : [])], view)),
    ...(plan !== null && apply === null ? changeCases(command, plan, view, early ? notDone : null) : []),
    ...(apply === null ? [] : outcomeCases(apply, plan, view)),
    ...(apply === null || apply.outcome === 'refused'
      ? []
      : [problemCase('everything is as planned', apply.problems, view)]),
  ];
}

/** Of changes that an apply did not come to. */
const notDone = 'The run ended before it.';

/** The guards that every plan is put to, and whatever else refuses it. */
function guardCases(warnings: readonly Problem[], view: ResultView): readonly TestCase[] {
  const refusals = warnings.filter(({ severity }) => severity === 'error');
  const codes = new Set<string>([...guardCodes, ...refusals.map(({ code }) => code)]);
  return [...codes].map((code) =>
    problemCase(`guard ${code}`, unique(refusals.filter((each) => each.code === code)), view),
  );
}

/** A refused apply has the plan's reasons once more. */
const unique = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((each) => [JSON.stringify(each), each])).values(),
];
