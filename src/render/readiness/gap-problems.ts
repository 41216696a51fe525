import { errorProblem, type Problem, warningProblem } from '../../model/problem.ts';
import type { Fix, Gap, Readiness } from '../../model/readiness.ts';
import { filledText, fixTitle, groupsToTell, groupText } from './gap-words.ts';

/** Groups that a problem names. */
const named = 5;

/** What is missing as problems, for the forms that know nothing else: what blocks is an error, and what is covered is none. */
export const gapProblems = ({ gaps }: Readiness): readonly Problem[] =>
  gaps.flatMap((gap) => (gap.severity === 'covered' ? [] : [gapProblem(gap)]));

/** One gap as a problem. */
export function gapProblem(gap: Gap): Problem {
  const { code, fixes, message, severity } = gap;
  const groups = groupsToTell(gap);
  const shown = groups
    .slice(0, named)
    .flatMap((group) => [groupText(group), ...(group.hint === null ? [] : [group.hint])]);
  const rest = groups.length - named;
  const text = [
    [message, filledText(gap)].filter((part) => part !== '').join(' '),
    ...shown,
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join('\n');
  const hint = fixes.length === 0 ? null : fixes.map(fixText).join('\n');
  return severity === 'blocks' ? errorProblem(code, text, { hint }) : warningProblem(code, text, { hint });
}

const fixText = (fix: Fix): string => `${fixTitle(fix)}:${fix.type === 'yaml' ? '\n' : ' '}${fix.text}`;
