import { errorProblem, type Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import { originOf, type Spot } from './source-file.ts';
import { isNull, keyOf, type Mapping } from './tree.ts';

/** How the items of one list are written. */
export interface ItemForm {
  /** The keys that together name one thing. */
  readonly selectors: readonly string[];
  /** The keys that it may assign. */
  readonly targets: readonly string[];
  /** What an item is about: `product`, `products`. */
  readonly noun: { readonly one: string; readonly many: string };
}

/** An item is either specific (it names one thing) or a rule (it says `when`), and it assigns something. What it mixes up is told where it stands. */
export function formProblems(item: Mapping, form: ItemForm): readonly Problem[] {
  const has = (key: string): boolean => item.members.has(key);
  const known = new Set([...form.selectors, ...form.targets, 'when', 'rule', 'overwrite']);
  // An unknown key is told already, and was probably meant to be what seems to be missing.
  const complete = [...item.members.keys()].every((key) => known.has(key));
  const named = form.selectors.filter(has);
  const problems: Problem[] = [];
  if (has('when')) problems.push(...ruleProblems(item, form, named));
  else if (named.length > 0) problems.push(...specificProblems(item, form));
  const missing = complete && !has('when') ? missingProblem(item, form, named) : null;
  if (missing) problems.push(missing);
  if (complete && !form.targets.some(has)) {
    const keys = form.targets.map(quoted).join(' or ');
    problems.push(problem('MISSING_KEY', 'This item assigns nothing.', `Add ${keys}.`, item));
  }
  return problems;
}

function ruleProblems(
  item: Mapping,
  { noun, targets }: ItemForm,
  named: readonly string[],
): readonly Problem[] {
  const problems = targets
    .map((key) => item.members.get(key)?.value)
    .filter(isNull)
    .map((value) => {
      const message = `A rule cannot unassign: \`null\` is for items that name one ${noun.one}.`;
      const hint = `Leave the key out, or name the ${noun.many} one by one.`;
      return problem('NOT_ALLOWED', message, hint, value);
    });
  if (named.length === 0) return problems;
  const message = `This item is a rule (\`when\`) and names one ${noun.one} (${named.map(quoted).join(', ')}) at once.`;
  return [problem('NOT_ALLOWED', message, 'Keep one of the two.', keyOf(item, 'when')), ...problems];
}

const specificProblems = (item: Mapping, { noun }: ItemForm): readonly Problem[] =>
  [
    ['overwrite', `it always enforces what it says. \`overwrite\` is for rules`] as const,
    ['rule', `only rules have a name`] as const,
  ]
    .filter(([key]) => item.members.has(key))
    .map(([key, why]) =>
      problem(
        'NOT_ALLOWED',
        `This item names one ${noun.one}, and ${why}.`,
        `Remove \`${key}\`.`,
        keyOf(item, key),
      ),
    );

function missingProblem(
  item: Mapping,
  { selectors, noun }: ItemForm,
  named: readonly string[],
): Problem | null {
  const missing = selectors.filter((key) => !named.includes(key)).map(quoted);
  if (missing.length === 0) return null;
  const all = selectors.map(quoted).join(' and ');
  if (named.length > 0) {
    const message = `${named.map(quoted).join(' and ')} alone does not name one ${noun.one}: that takes ${all}.`;
    return problem(
      'MISSING_KEY',
      message,
      `Add ${missing.join(' and ')}, or make it a rule by \`when\`.`,
      item,
    );
  }
  const message = `This item says neither which ${noun.one} is meant (${all}) nor which ${noun.many} (\`when\`).`;
  return problem('MISSING_KEY', message, 'Add one of the two.', item);
}

const quoted = (key: string): string => `\`${key}\``;

const problem = (code: ProblemCode, message: string, hint: string, spot: Spot): Problem =>
  errorProblem(code, message, { origin: originOf(spot), hint });
