import type { Problem } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import type { Paint } from '../paint.ts';
import { type CodeFrame, type LinesOf, problemText } from '../problem-text.ts';
import { counted } from '../summary-text.ts';
import { pathsText } from './fleet-plans.ts';

interface ProblemsView {
  readonly paint: Paint;
  readonly showAll: boolean;
  readonly linesOf: LinesOf;
  readonly frame: CodeFrame;
}

/** Different problems that are shown without `--show-all`. */
const shownProblems = 20;
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** What is wrong and what to know, each once with the organizations that it concerns, what is wrong first. */
export function fleetProblems(results: readonly OrganizationResult[], view: ProblemsView): string {
  const sorted = sharedProblems(results, problemsOf);
  const shown = view.showAll ? sorted : sorted.slice(0, shownProblems);
  const left = sorted.length - shown.length;
  const more =
    left === 0 ? '' : `\n${view.paint.dim(`${counted(left, 'problem')} more (--show-all lists them).`)}\n`;
  const blocks = shown.map(({ paths, problem }) => {
    const text = problemText(problem, view.paint, view.linesOf, view.frame);
    const [only, ...others] = paths;
    if (only === problem.file && others.length === 0) return `\n${text}`;
    const whom = others.length === 0 ? 'in' : `in ${counted(paths.size, 'organization')}:`;
    return `\n${text}  ${view.paint.dim(`${whom} ${pathsText([...paths])}`)}\n`;
  });
  return blocks.join('') + more;
}

/** A problem, and the configurations that it is one of. */
export interface SharedProblem {
  readonly problem: Problem;
  readonly paths: ReadonlySet<string>;
}

/** The problems of many organizations, each once, whatever ids it mentions; what is wrong comes first. */
export function sharedProblems(
  results: readonly OrganizationResult[],
  of: (result: OrganizationResult) => readonly Problem[],
): readonly SharedProblem[] {
  const told = new Map<string, { readonly problem: Problem; readonly paths: Set<string> }>();
  for (const result of results)
    for (const problem of of(result)) {
      const key = keyOf(problem);
      const known = told.get(key) ?? { problem, paths: new Set<string>() };
      known.paths.add(result.path);
      told.set(key, known);
    }
  return [...told.values()].sort((a, b) => rank(a.problem) - rank(b.problem));
}

/** Of an apply only why it is refused: all else is told with it. */
const problemsOf = ({ apply, plan, problems }: OrganizationResult): readonly Problem[] => [
  ...problems,
  ...(apply ? (apply.outcome === 'refused' ? apply.problems : []) : (plan?.warnings ?? [])),
];

const rank = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);

/** Ids differ from one organization to the next. */
const keyOf = ({ code, column, file, hint, line, message, severity }: Problem): string =>
  JSON.stringify([severity, code, message.replace(uuid, ''), file, line, column, hint?.replace(uuid, '')]);
