import type { Desired } from '../../model/desired.ts';
import { comparableText } from '../../model/glob.ts';
import type { LiveLine, LiveProduct } from '../../model/live.ts';
import { editableStatuses } from '../../model/payable-status.ts';
import { type Address, lineAddress, productAddress } from '../../model/value.ts';
import { lineContest, productContest } from '../../plan/assign.ts';
import { compileLineRules, compileProductRules } from '../../plan/match.ts';
import { groupBy } from '../../plan/select.ts';
import { findWinners } from '../../plan/winners.ts';
import type { AssignFacts, Gaps } from './gaps.ts';
import type { ObjectGroup } from './groups.ts';
import { type Conditions, type RuleIdea, ruleIdeas } from './rule-ideas.ts';

/** A new rule for a group, and what else it would do. */
export interface RuleWay extends RuleIdea {
  readonly type: 'rule';
  /** The gaps that it fills, those of the group among them. */
  readonly fills: ReadonlySet<Address>;
  /** What it would decide besides the group: gaps, and things of rules that stand behind it. */
  readonly others: number;
  /** What it matches and leaves as it is, because it has an account. */
  readonly kept: number;
}

/** How the choice for a group is written: an entry for each object, or one rule. */
export type Way = { readonly type: 'entries' } | RuleWay;

/** What a rule is judged by besides the facts. */
export interface Scope {
  /** Gaps that have an answer already. */
  readonly answered: ReadonlySet<Address>;
  /** Only the narrowest rule. */
  readonly narrowest?: true;
}

/**
 * Prepares the ways in which a group can be written: entries, and rules from the narrowest to the widest. A rule stands before the
 * rule that has the say over the group now, else behind all of the own file.
 */
export function waysFor(
  facts: AssignFacts,
  gaps: Gaps,
  isWritable: (text: string) => boolean,
): (group: ObjectGroup, scope: Scope) => readonly Way[] {
  const seen = { product: productsIn(facts), line_item: linesIn(facts) };
  return (group, scope) => {
    const place = placeOf(group, facts);
    if (place === null) return [{ type: 'entries' }];
    const ideas = ruleIdeas(group, isWritable);
    const rules = (scope.narrowest ? ideas.slice(0, 1) : ideas)
      .map((idea) => judged(idea, place, seen[group.type], group, gaps, scope))
      .filter(({ strangers }) => !hasMore(group, facts) || strangers === 0)
      .map(({ way }) => way);
    return [{ type: 'entries' }, ...withoutTwins(rules)];
  };
}

/** One of two rules that decide the same is enough: the narrower. */
function withoutTwins(rules: readonly RuleWay[]): readonly RuleWay[] {
  return rules.filter((rule, at) => !rules.slice(0, at).some((each) => isTwin(each, rule)));
}

const isTwin = (a: RuleWay, b: RuleWay): boolean =>
  a.others === b.others &&
  a.kept === b.kept &&
  a.fills.size === b.fills.size &&
  [...a.fills].every((address) => b.fills.has(address));

/** Where a new rule would stand. */
interface Place {
  /** Among all items. */
  readonly at: number;
  /** Where the item is that has the say over the group now; -1 where none has. */
  readonly item: number;
  /** Behind all of the own file, and so also behind what was chosen before. */
  readonly last: boolean;
}

/** Null where only entries will do. */
function placeOf({ gaps: [{ item }], type }: ObjectGroup, { desired, own }: AssignFacts): Place | null {
  const items: readonly { readonly origin: { readonly file: string } }[] = itemsOf(type, desired);
  const mine = items.filter(({ origin }) => origin.file === own).length;
  if (!item) return { at: mine, item: -1, last: true };
  // A rule beside an entry never wins; one that takes the place of an overwriting rule would have to overwrite accounts too.
  if (item.type === 'specific' || item.overwrite) return null;
  const index = items.indexOf(item);
  const last = item.origin.file !== own;
  return { at: last ? mine : index, item: index, last };
}

const itemsOf = (type: ObjectGroup['type'], { assignments }: Desired) =>
  type === 'product' ? assignments.products : assignments.lineItems;

/** Whether the item that has the say now says more than an account: then a wider rule would say that of others too. */
const hasMore = ({ gaps: [{ item }] }: ObjectGroup, { kind }: AssignFacts): boolean =>
  item !== null && Object.keys(item.targets).some((name) => name !== kind.name);

/** Products or lines, and which item has the say over each. */
interface Seen {
  readonly winners: ReadonlyMap<Address, { readonly at: number; readonly rule: boolean }>;
  /** The addresses of what the conditions match. */
  readonly matching: (when: Conditions) => readonly Address[];
}

/** A way, and how many of the others are not of the item that has the say over the group. */
interface Judged {
  readonly way: RuleWay;
  readonly strangers: number;
}

function judged(
  idea: RuleIdea,
  place: Place,
  { matching, winners }: Seen,
  group: ObjectGroup,
  { lacking }: Gaps,
  { answered }: Scope,
): Judged {
  const own = new Set(group.gaps.map(({ address }) => address));
  const fills = new Set(own);
  let [kept, others, strangers] = [0, 0, 0];
  for (const address of matching(idea.when)) {
    const winner = winners.get(address);
    const isTaken = winner?.rule === true && winner.at >= place.at;
    if (own.has(address) || (answered.has(address) && place.last) || (winner && !isTaken)) continue;
    const isSibling = winner?.at === place.item;
    if (lacking.has(address)) fills.add(address);
    // Of the same rule's things those with an account get from the new one what they got from it.
    if (lacking.has(address) || (isTaken && !isSibling)) others += 1;
    else kept += 1;
    if (!isSibling && (lacking.has(address) || isTaken)) strangers += 1;
  }
  return { way: { ...idea, type: 'rule', fills, others, kept }, strangers };
}

function productsIn({ desired, live }: AssignFacts): Seen {
  const { products: items } = desired.assignments;
  const products = live.products ?? [];
  const won = live.products
    ? findWinners(productContest(items, live)).winners
    : new Map<LiveProduct, number>();
  const addressOf = ({ id }: LiveProduct): Address => productAddress(id);
  const byName = groupBy(products, ({ name }) => comparableText(name));
  return {
    winners: winnersIn(won, items, addressOf),
    matching: ({ name, type }) => {
      const first = compileProductRules([
        { ...(type === undefined ? {} : { type: [type] }), ...(name === undefined ? {} : { name: [name] }) },
      ]);
      const candidates = candidatesFor(name, byName) ?? products;
      return candidates.filter((product) => first(product) === 0).map(addressOf);
    },
  };
}

function linesIn({ desired, live }: AssignFacts): Seen {
  const { lineItems: items } = desired.assignments;
  const lines = live.lines ?? [];
  const won = live.lines ? findWinners(lineContest(items, live)).winners : new Map<LiveLine, number>();
  const addressOf = ({ line, payable }: LiveLine): Address => lineAddress(payable.id, line.id);
  const byVendor = groupBy(lines, ({ payable }) => comparableText(payable.counterpart_name));
  const byName = groupBy(lines, ({ line }) => comparableText(line.name));
  return {
    winners: winnersIn(won, items, addressOf),
    matching: ({ line_item = {}, payable = {} }) => {
      const { counterpart_name: vendor } = payable;
      const { description, name } = line_item;
      const first = compileLineRules([
        {
          payable: { status: editableStatuses, ...(vendor !== undefined && { counterpart_name: [vendor] }) },
          line_item: {
            ...(name === undefined ? {} : { name: [name] }),
            ...(description === undefined ? {} : { description: [description] }),
          },
        },
      ]);
      const candidates = [candidatesFor(vendor, byVendor), candidatesFor(name, byName)].flatMap((each) =>
        each ? [each] : [],
      );
      const fewest = candidates.reduce((least, each) => (each.length < least.length ? each : least), lines);
      return fewest.filter((line) => first(line) === 0).map(addressOf);
    },
  };
}

function candidatesFor<T>(text: string | undefined, index: ReadonlyMap<string, T[]>): readonly T[] | null {
  return text === undefined || text.includes('*') ? null : (index.get(comparableText(text)) ?? []);
}

function winnersIn<T>(
  won: ReadonlyMap<T, number>,
  items: readonly { readonly type: 'specific' | 'rule' }[],
  addressOf: (object: T) => Address,
): Seen['winners'] {
  return new Map(
    [...won].map(([object, at]) => [addressOf(object), { at, rule: items[at]?.type === 'rule' }]),
  );
}
