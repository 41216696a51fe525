import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Command, OrganizationResult } from '../model/result.ts';
import { gapProblems } from './readiness/gap-problems.ts';

/** Every problem, warning and refusal of a result, each once and with the place that it can be shown at. */
export function findingsOf(
  command: Command,
  { apply, plan, problems, readiness }: OrganizationResult,
): readonly Problem[] {
  const changes = plan?.changes ?? [];
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const found = [
    ...problems,
    // Guards judge an apply; drift only looks.
    ...(plan?.warnings ?? []).filter(({ severity }) => command !== 'drift' || severity === 'warning'),
    ...changes.flatMap((change) => change.warnings.map((each) => placed(each, change))),
    ...(readiness ? gapProblems(readiness) : []),
    ...(apply?.problems ?? []),
    ...(apply?.outcomes ?? []).flatMap(({ address, error }) =>
      error === null ? [] : [placed({ ...error, address }, byAddress.get(address))],
    ),
  ];
  const seen = new Set<string>();
  return found.filter((each) => {
    const key = JSON.stringify(each);
    return !seen.has(key) && seen.add(key);
  });
}

/** What is said of a change stands where the change comes from. */
function placed(problem: Problem, change: Change | undefined): Problem {
  const address = problem.address ?? change?.address ?? null;
  const source = change?.source ?? null;
  if (problem.file !== null || source === null) return { ...problem, address };
  return { ...problem, address, file: source.file, line: source.line, column: source.column };
}
