import { errorProblem, type Problem } from '../model/problem.ts';
import { originOf } from './source-file.ts';
import { memberAt, membersOf, type Tree } from './tree.ts';

/** Refuses what the language already has and this version cannot carry out: passing over it would look like success. */
export function notYetSupported(tree: Tree): readonly Problem[] {
  const member = memberAt(tree, ['assignments']);
  if (
    !member ||
    !membersOf(member.value).some(([, { value }]) => value.type === 'sequence' && value.items.length > 0)
  ) {
    return [];
  }
  const message =
    'Assignments of products and payable lines are part of the language, but this version does not carry them out.';
  const hint = 'Remove `assignments`, or keep them in a file that is not extended, until a later version.';
  return [errorProblem('NOT_YET_SUPPORTED', message, { origin: originOf(member.key), hint })];
}
