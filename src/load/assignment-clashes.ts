import type { LineConditions, ProductConditions } from '../model/assignment.ts';
import { errorProblem, type Origin, type Problem, warningProblem } from '../model/problem.ts';
import type { Rule, Specific } from './assignment-list.ts';
import { type Covered, coveredRules } from './covered-rules.ts';

type Item = Specific<unknown> | Rule<ProductConditions | LineConditions>;

/** What the items of one list, in order of precedence, do to each other: one thing named twice, one name of two rules, rules that never come to be asked. */
export function clashesOf(items: readonly Item[]): readonly Problem[] {
  const specifics = items.filter((item) => item.type === 'specific');
  const rules = items.filter((item) => item.type === 'rule');
  return [
    ...twice(specifics, ({ selector }) => JSON.stringify(selector)).map(meantTwice),
    ...twice(rules, ({ name }) => name).map(namedTwice),
    ...coveredRules(rules).map(covered),
  ];
}

interface Pair<T> {
  readonly item: T;
  readonly other: T;
}

/** Each item with the first one that says the same. A file that extends the other's is the one to change; within a file, the later. */
function twice<T extends { readonly origin: Origin }>(
  items: readonly T[],
  said: (item: T) => string | null,
): readonly Pair<T>[] {
  const first = new Map<string, T>();
  return items.flatMap((item) => {
    const word = said(item);
    const earlier = word === null ? undefined : first.get(word);
    if (word !== null && !earlier) first.set(word, item);
    if (!earlier) return [];
    return earlier.origin.file === item.origin.file
      ? [{ item, other: earlier }]
      : [{ item: earlier, other: item }];
  });
}

const meantTwice = ({ item, other }: Pair<Item>): Problem =>
  errorProblem(
    'ASSIGNMENT_TWICE',
    `This names what is named already at ${placeOf(other)}: one of the two would be lost.`,
    {
      origin: item.origin,
      hint: 'Remove one of the two.',
    },
  );

const namedTwice = ({ item, other }: Pair<Rule<unknown>>): Problem =>
  errorProblem('RULE_NAME_TWICE', `The rule at ${placeOf(other)} has the name \`${item.name}\` as well.`, {
    origin: item.origin,
    hint: 'Give one of the two another name, or none.',
  });

function covered({ rule, by }: Covered<Rule<unknown>>): Problem {
  const which = rule.name === null ? 'This rule' : `The rule \`${rule.name}\``;
  const earlier = by.name === null ? 'the rule' : `the rule \`${by.name}\``;
  const message = `${which} can never match: ${earlier} at ${placeOf(by)} stands before it and matches everything that it could match.`;
  return warningProblem('RULE_COVERED', message, {
    origin: rule.origin,
    hint: 'Let it stand before that rule, narrow that rule, or remove it.',
  });
}

const placeOf = ({ origin: { file, line, column } }: Item | Rule<unknown>): string =>
  `${file}:${line}:${column}`;
