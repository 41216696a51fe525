import { spanOf } from '../model/instant.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { originOf } from './source-file.ts';
import { membersOf, type Tree, textOf } from './tree.ts';

interface Between {
  readonly from?: string;
  readonly to?: string;
}

/** A span of days or moments; null when it cannot be used. What the calendar does not have, and a span that ends before it begins, are problems. */
export function createdBetween(tree: Tree): {
  readonly between: Between | null;
  readonly problems: readonly Problem[];
} {
  const ends: Record<string, string> = {};
  const problems: Problem[] = [];
  let usable = tree.type === 'mapping';
  for (const [end, { value }] of membersOf(tree)) {
    const text = textOf(value);
    if (text === null || !form.test(text) || !(end === 'from' || end === 'to')) usable = false;
    else if (isReal(text)) ends[end] = text;
    else problems.push(notReal(text, value));
  }
  const between: Between = ends;
  const { from, before } = spanOf(between);
  if (usable && from >= before) problems.push(backwards(between, tree));
  return { between: usable && problems.length === 0 ? between : null, problems };
}

const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))?)?$/;

function isReal(text: string): boolean {
  const [year = 0, month = 0, day = 0, ...clock] = (form.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = clock;
  const inMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDay = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= inMonth;
  return isDay && hour <= 23 && zoneHour <= 23 && Math.max(minute, second, zoneMinute) <= 59;
}

const notReal = (text: string, at: Tree): Problem =>
  errorProblem('NOT_ALLOWED', `\`${text}\` is a day or a time that does not exist.`, {
    origin: originOf(at),
    hint: 'Write a day of the calendar, such as `2026-01-31`.',
  });

function backwards({ from, to }: Between, at: Tree): Problem {
  const message = `Nothing was created from \`${from}\` to \`${to}\`, which is before it: the rule can never match.`;
  return errorProblem('RULE_IMPOSSIBLE', message, {
    origin: originOf(at),
    hint: 'Exchange the two, or correct the one that is wrong.',
  });
}
