import type { Plan } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { OrganizationResult, Result } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import { type ChangeView, changeText } from '../change-text.ts';
import { findingsOf } from '../findings.ts';
import { labelText } from '../label-text.ts';
import { paint } from '../paint.ts';
import { type ResultView, whoseText } from '../result-view.ts';
import { groupByRule, ruleGroupText, ruleKey, ruleName } from '../rule-group-text.ts';
import { counted } from '../summary-text.ts';
import { referencesOf } from '../value-text.ts';
import { endedEarly, verdictText } from '../verdict.ts';
import { type Annotation, command, type Place } from './command.ts';

/** Annotations of one level for one organization; GitHub shows ten of each level for a step, and the log has all. */
const most = 50;

/** Workflow commands, each on a line of its own: errors, warnings, and as notices the changes, each on the line that it comes from. */
export const github = (result: Result, view: ResultView): string =>
  result.organizations
    .flatMap((one) => annotations(result, one, view))
    .map(command)
    .join('');

function annotations(result: Result, one: OrganizationResult, view: ResultView): readonly Annotation[] {
  const { apply, plan, skipped } = one;
  const found = findingsOf(result.command, one);
  const told = (level: 'error' | 'warning'): readonly Annotation[] =>
    capped(
      found.filter(({ severity }) => severity === level).map((each) => problemAnnotation(each, one)),
      level,
      one,
    );
  const summary: Annotation = {
    level: 'notice',
    title: `Ledgerform ${result.command}: ${whoseText(one)}`,
    lines: [verdictText(result.command, one), ...(skipped === null ? [] : [skipped])],
    place: nowhere,
  };
  const changes =
    plan === null || apply !== null || endedEarly(result.command, one)
      ? []
      : changeAnnotations(result, plan, view);
  return [...told('error'), ...told('warning'), summary, ...capped(changes, 'notice', one)];
}

const nowhere: Place = { file: null, line: null, column: null };

/** The first ones, and how many more there are. */
function capped(
  all: readonly Annotation[],
  level: Annotation['level'],
  one: OrganizationResult,
): readonly Annotation[] {
  if (all.length <= most) return all;
  const rest = `and ${counted(all.length - most + 1, `more ${level}`)}`;
  return [...all.slice(0, most - 1), { level, title: whoseText(one), lines: [rest], place: nowhere }];
}

const problemAnnotation = (problem: Problem, one: OrganizationResult): Annotation => ({
  level: problem.severity,
  title: `${problem.code} ${problem.address ?? whoseText(one)}`,
  lines: [problem.message, ...(problem.hint === null ? [] : [`→ ${problem.hint}`])],
  place: problem,
});

/** A notice for each change, and one for all that a rule changes; of drift only what has drifted, as a warning. */
function changeAnnotations({ command: verb }: Result, plan: Plan, view: ResultView): readonly Annotation[] {
  const shown: ChangeView = { references: referencesOf(plan), kinds: view.kinds, paint: paint(false) };
  const changes = verb === 'drift' ? differencesOf(plan).drifted : plan.changes;
  return groupByRule(changes).flatMap((group): Annotation[] => {
    const [first] = group;
    if (!first) return [];
    const byRule = ruleKey(first) !== null;
    const lines = byRule ? ruleGroupText(group, shown, false) : changeText(first, shown);
    // The first one is what the title says, and where it stands.
    const rest = lines.slice(1).map((line) => line.slice(6));
    const called = byRule || first.label === '' ? [] : [labelText(first.label)];
    const why = first.reason === 'config' ? '' : ` (${first.reason})`;
    const title = byRule ? `${first.action} by ${ruleName(first)}` : `${first.action} ${first.address}${why}`;
    const level = verb === 'drift' ? 'warning' : 'notice';
    return [{ level, title, lines: [...called, ...rest], place: first.source ?? nowhere }];
  });
}
