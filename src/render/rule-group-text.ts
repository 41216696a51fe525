import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { type ChangeView, signOf, signText, touchedFields, warningLines } from './change-text.ts';
import { labelText } from './label-text.ts';
import { printable } from './printable.ts';
import { counted, numberText } from './summary-text.ts';
import { referencePair } from './value-text.ts';

/** Labels and ways that a group shows of many. */
const shownLabels = 3;
const shownWays = 5;

/** Changes of a block as they are shown: those by one rule together, where its first one stands. */
export function groupByRule(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  const ofRule = new Map<string, Change[]>();
  for (const change of changes) {
    const rule = ruleKey(change);
    const group = rule === null ? undefined : ofRule.get(rule);
    if (group) group.push(change);
    else {
      const fresh = [change];
      groups.push(fresh);
      if (rule !== null) ofRule.set(rule, fresh);
    }
  }
  return groups;
}

/** Which rule a change is by; null for a change by none. */
export const ruleKey = ({ reason, source }: Pick<Change, 'reason' | 'source'>): string | null =>
  reason === 'rule' && source !== null ? `${source.file}:${source.line}:${source.column}` : null;

/** `rule consulting`, or just `rule` for one that has no name; its place is told beside it. */
export const ruleName = ({ source }: Pick<Change, 'source'>): string =>
  source?.rule ? `rule ${labelText(source.rule)}` : 'rule';

/** What an assignment is about: `product`, `line item`. */
export const nounOf = ({ kind }: Pick<Change, 'kind'>): string =>
  kind.replace(/_assignment$/, '').replaceAll('_', ' ');

/** All that one rule changes: its name and place, and for each old and new account how many objects and the largest of them, which a plan has first. */
export function ruleGroupText(
  changes: readonly Change[],
  view: ChangeView,
  showAll: boolean,
): readonly string[] {
  const [first] = changes;
  if (!first) return [];
  const { paint } = view;
  const signs = new Set(changes.map(signOf));
  const sign = signs.size === 1 ? signOf(first) : '~';
  const place = first.source === null ? '' : printable(`${first.source.file}:${first.source.line}`);
  const ways = [...waysOf(changes, view)].sort(([, a], [, b]) => b.length - a.length);
  const shown = showAll ? ways : ways.slice(0, shownWays);
  const lines = shown.flatMap(([way, some]) => [
    `${counted(some.length, nounOf(first))}  ${way}`,
    ...labelLines(some, view, showAll).map((line) => `    ${line}`),
  ]);
  const rest = ways.slice(shown.length).reduce((sum, [, some]) => sum + some.length, 0);
  if (rest > 0) lines.push(`${counted(rest, nounOf(first))} from others (--show-all lists them)`);
  return [
    `  ${signText(sign, paint)} ${paint.bold(ruleName(first))}  ${paint.dim(place)}`,
    ...[...lines, ...warningLines(warningsOf(changes), paint)].map((line) => `      ${line}`),
  ];
}

/** Changes by what becomes of what: `ledger_account (none) -> 4010 Consulting income`. */
export function waysOf(changes: readonly Change[], view: ChangeView): ReadonlyMap<string, readonly Change[]> {
  const ways = new Map<string, Change[]>();
  for (const change of changes) {
    const way = wayText(change, view);
    const some = ways.get(way);
    if (some) some.push(change);
    else ways.set(way, [change]);
  }
  return ways;
}

const wayText = (change: Change, { kinds, paint, references }: ChangeView): string =>
  touchedFields(change, kinds)
    .map(([name, after]) => {
      const [old, fresh] = referencePair(change.before?.[name] ?? null, after, references);
      return `${name} ${old} ${paint.yellow('->')} ${fresh}`;
    })
    .join(', ');

/** What the objects are called: all of them, or the first ones and how many more there are. */
function labelLines(changes: readonly Change[], { paint }: ChangeView, showAll: boolean): readonly string[] {
  return showAll
    ? changes.map(({ address, label }) => `${labelText(label)}  ${paint.dim(printable(address))}`)
    : firstLabels(changes, ' (--show-all lists them)');
}

/** The labels of the first changes, and how many more there are. */
export function firstLabels(changes: readonly Change[], how: string): readonly string[] {
  const more = changes.length - shownLabels;
  // One more takes no more room than to say so.
  if (more <= 1) return changes.map(({ label }) => labelText(label));
  const rest = `and ${numberText(more)} more${how}`;
  return [...changes.slice(0, shownLabels).map(({ label }) => labelText(label)), rest];
}

/** Each warning once for the whole group, with what to do about the first of them. */
export function warningsOf(
  changes: readonly Change[],
): readonly Pick<Problem, 'code' | 'hint' | 'message'>[] {
  const byCode = new Map<Problem['code'], { readonly first: Problem; count: number }>();
  for (const each of changes.flatMap(({ warnings }) => warnings)) {
    const seen = byCode.get(each.code);
    if (seen) seen.count += 1;
    else byCode.set(each.code, { first: each, count: 1 });
  }
  return [...byCode].map(([code, { count, first }]) => ({
    code,
    message: count > 1 ? `${first.message} (and ${numberText(count - 1)} more like it)` : first.message,
    hint: first.hint,
  }));
}
