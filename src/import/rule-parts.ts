import { isList, isMapping, type Written } from '../load/edit/edits.ts';
import { escapeVariables } from '../load/variables.ts';
import type { LineConditions, ProductConditions } from '../model/assignment.ts';
import type { Address } from '../model/value.ts';
import { compileLineRules, compileProductRules } from '../plan/match.ts';
import { countText } from '../plan/words.ts';
import { type AllReferences, targetsOf } from './assigned-part.ts';
import { type ChosenRule, chooseRules } from './choose-rules.ts';
import { snakeCase } from './latin.ts';
import type { Part } from './part.ts';
import { type RuleIdea, ruleIdeas } from './rule-idea.ts';
import type { Thing } from './thing.ts';

/** Rules, and the things that need no entry because of them. */
export interface Ruled {
  readonly parts: readonly Part[];
  readonly decided: ReadonlySet<Address>;
}

/**
 * Rules in place of many entries for things of one list. They say exactly what is live: what a rule matches has what it says, or an entry of
 * its own; no rule matches a thing in whose gap it would have a say, or one (of `all` but not of `own`) that is decided elsewhere.
 */
export function ruleParts(
  all: readonly Thing[],
  own: readonly Thing[],
  references: AllReferences,
  excluded: ReadonlyMap<Address, string>,
): Ruled {
  const mine = new Set(own);
  const standing = new Map(
    all.map((thing) => [thing, mine.has(thing) ? pointing(thing, references) : 'untouchable'] as const),
  );
  const ideas = ruleIdeas(all).filter((idea) => !excluded.has(addressOf(idea)));
  let rules = chooseRules(ideas, standing);
  for (;;) {
    const judged = judge(rules, standing);
    if (!judged.wrong) return { parts: named(judged.used, references), decided: judged.decided };
    rules = rules.filter((rule) => rule !== judged.wrong);
  }
}

/** What a thing points to that is there: the ids in the order of the kinds, null for a gap. */
export type Pointing = readonly (string | null)[];

const pointing = ({ targets }: Thing, references: AllReferences): Pointing =>
  [...targets].map(([kind, id]) =>
    id !== null && references.get(kind.collection)?.index.byId.has(id) ? id : null,
  );

interface Judged {
  /** A rule that matches what it must not. */
  readonly wrong: ChosenRule | null;
  readonly decided: ReadonlySet<Address>;
  /** Rules that decide anything, and how much. */
  readonly used: ReadonlyMap<ChosenRule, number>;
}

/** What the rules come to, by the code that will read them from the file. */
function judge(rules: readonly ChosenRule[], standing: ReadonlyMap<Thing, Pointing | 'untouchable'>): Judged {
  const first = compiled(rules);
  const decided = new Set<Address>();
  const counts = new Map(rules.map((rule) => [rule, 0]));
  for (const [thing, points] of standing) {
    const rule = rules[first(thing)];
    if (!rule) continue;
    const filled =
      points === 'untouchable' || rule.points.some((id, at) => id !== null && points[at] === null);
    if (filled) return { wrong: rule, decided, used: counts };
    if (!rule.points.every((id, at) => id === points[at])) continue;
    decided.add(thing.address);
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const idle = rules.find((rule) => counts.get(rule) === 0);
  return { wrong: idle ?? null, decided, used: counts };
}

function compiled(rules: readonly ChosenRule[]): (thing: Thing) => number {
  const conditions = rules.map(({ idea: { when } }) => when);
  const products = compileProductRules(conditions.filter(isOnProducts));
  const lines = compileLineRules(conditions.filter(isOnLines));
  return (thing) => (thing.list === 'products' ? products(thing.object) : lines(thing.object));
}

const isOnLines = (when: RuleIdea['when']): when is LineConditions => 'payable' in when;
const isOnProducts = (when: RuleIdea['when']): when is ProductConditions => !('payable' in when);

const addressOf = ({ key, when }: RuleIdea): Address =>
  `assignments.${isOnLines(when) ? 'line_items' : 'products'} rule ${key}`;

function named(rules: ReadonlyMap<ChosenRule, number>, references: AllReferences): readonly Part[] {
  const names = new Set<string>();
  return [...rules].map(([{ example, idea }, count]): Part => {
    const name = freeName(snakeCase(idea.words).slice(0, 60) || 'rule', names);
    const { targets } = targetsOf(example, references);
    return {
      address: addressOf(idea),
      label: `rule ${name}`,
      path: ['assignments', example.list],
      key: null,
      value: { rule: name, when: whenText(idea.when), ...targets },
      remark: countText(count, nouns[example.list]),
      notes: [],
    };
  });
}

const nouns = { products: { one: 'product', many: 'products' }, line_items: { one: 'line', many: 'lines' } };

function freeName(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let at = 2; names.has(name); at += 1) name = `${wanted}_${at}`;
  names.add(name);
  return name;
}

/** The conditions as a file says them: one value alone, and no status, because leaving it out means the same. */
function whenText(when: RuleIdea['when']): Written {
  if (!isOnLines(when)) return single({ ...when });
  const { status: _usual, created_at: _none, ...payable } = when.payable;
  return single({
    ...(Object.keys(payable).length > 0 && { payable }),
    ...(Object.keys(when.line_item).length > 0 && { line_item: { ...when.line_item } }),
  });
}

function single(value: Written): Written {
  if (typeof value === 'string') return escapeVariables(value);
  if (isList(value)) return single(value[0] ?? null);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, single(each)]));
}
