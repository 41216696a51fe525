import type { Command, OrganizationResult } from '../../model/result.ts';
import { differencesOf } from '../../plan/differences.ts';
import type { ResultView } from '../result-view.ts';
import { applyProblems, applyTables } from './apply-sections.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { planSections } from './plan-sections.ts';
import { problemSection } from './problems.ts';
import { readinessSections } from './readiness-sections.ts';
import { anchorsOf, mayCome, standingOut } from './standing-out.ts';

/** All that is to be said of one organization, what matters most first. `tools` stand above what they search. */
export function oneMain(command: Command, one: OrganizationResult, view: ResultView, tools: Markup): Markup {
  const { apply, plan, problems, readiness } = one;
  const done = apply !== null && apply.outcome !== 'refused';
  const planWarnings = plan?.warnings ?? [];
  const section = (title: string, some: typeof problems): Markup => problemSection(title, some, view);
  const isOf = (severity: 'error' | 'warning') => (problem: (typeof problems)[number]) =>
    problem.severity === severity;
  // Guards judge an apply; drift only looks.
  const refused = command === 'drift' || apply !== null ? [] : planWarnings.filter(isOf('error'));
  const shown = plan === null || done ? [] : command === 'drift' ? differencesOf(plan).drifted : plan.changes;
  const standing =
    plan === null
      ? nothing
      : standingOut({
          command,
          comes: mayCome(one),
          plan: { ...plan, changes: shown },
          anchors: anchorsOf(plan),
        });
  return markup`${section('Refused: nothing will be written', refused)}${section('Problems', problems.filter(isOf('error')))}${
    apply === null ? nothing : applyProblems(apply, plan, view)
  }${standing}${section('Warnings', [...problems, ...planWarnings].filter(isOf('warning')))}${
    readiness ? readinessSections(readiness, tools) : nothing
  }${plan === null ? nothing : done ? applyTables(apply, plan, view, tools) : planSections(command, plan, view, tools)}`;
}
