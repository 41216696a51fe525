import type { LineConditions, ProductConditions, Targets } from '../model/assignment.ts';
import type { Desired } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import { lineLabel, productLabel } from '../model/labels.ts';
import type { Live, LiveLine, LiveProduct } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { type Address, lineAddress, productAddress } from '../model/value.ts';
import type { CollectionPart } from './collection-part.ts';
import { comparePoints } from './compare-points.ts';
import { type Assignable, type Assignment, diffAssignment } from './diff-assignment.ts';
import { compileLineRules, compileProductRules } from './match.ts';
import { placeOf } from './places.ts';
import { resolveReference } from './resolve-reference.ts';
import { lineSelector, productSelector } from './select.ts';
import { type Contest, findWinners } from './winners.ts';

/** What the section `assignments` comes to. */
export interface ComparedAssignments {
  readonly changes: readonly Change[];
  readonly unchanged: readonly Address[];
  /** Errors and warnings. */
  readonly problems: readonly Problem[];
  /** Addresses of ids that products or lines hold and that nothing was found for, to the ids. */
  readonly dangling: ReadonlyMap<Address, string>;
  /** The id of each product and line that an item has the say over, to its address. */
  readonly managed: ReadonlyMap<string, Address>;
  /** The conditions of the rules behind the changes, by place. */
  readonly rules: Readonly<Record<string, RuleFacts>>;
}

/** What a plan remembers of a rule, so that an apply can tell what no longer matches. */
export type RuleFacts = ProductConditions | LineConditions;

/** Expands the assignments of the file against the live products and lines, and compares each with what it has. */
export function compareAssignments(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
): ComparedAssignments {
  const { products, lineItems } = desired.assignments;
  return join([
    ...(products.length > 0 ? [compare(productContest(products, live), live, kinds, parts)] : []),
    ...(lineItems.length > 0 ? [compare(lineContest(lineItems, live), live, kinds, parts)] : []),
  ]);
}

/** An item of one of the two lists. */
type Item = Desired['assignments']['products'][number] | Desired['assignments']['lineItems'][number];

/** A contest together with what its objects are as things that can be assigned. */
export type AssignmentContest<T, I extends Item> = Contest<T, I> & {
  readonly thing: (object: T) => Assignable;
};

/** Who has the say over which product. */
export function productContest(
  items: Desired['assignments']['products'],
  { products }: Live,
): AssignmentContest<LiveProduct, Desired['assignments']['products'][number]> {
  if (!products) throw new Error('products were not read');
  const select = productSelector(products);
  return {
    items,
    objects: products,
    select: ({ product, origin }) => select(product, origin),
    compile: (rules) => compileProductRules(rules.map(({ when }) => when)),
    label: productLabel,
    thing: (product) => ({
      address: productAddress(product.id),
      kind: 'product_assignment',
      id: product.id,
      label: () => productLabel(product),
      amount: product.amount,
      pointsTo: ({ usedIn }) => usedIn.product && product[usedIn.product],
    }),
  };
}

/** Who has the say over which line. */
export function lineContest(
  items: Desired['assignments']['lineItems'],
  { lines, payables }: Live,
): AssignmentContest<LiveLine, Desired['assignments']['lineItems'][number]> {
  if (!lines || !payables) throw new Error('lines of payables were not read');
  const select = lineSelector(payables.read, lines);
  const label = ({ payable, line }: LiveLine): string => lineLabel(payable, line);
  return {
    items,
    objects: lines,
    select: ({ payable, line_item, origin }) => select(payable, line_item, origin),
    compile: (rules) => compileLineRules(rules.map(({ when }) => when)),
    label,
    thing: (object) => ({
      address: lineAddress(object.payable.id, object.line.id),
      kind: 'line_item_assignment',
      id: object.line.id,
      label: () => label(object),
      amount: object.line.amount,
      pointsTo: ({ usedIn }) => usedIn.line && object.line[usedIn.line],
    }),
  };
}

function compare<T, I extends Item>(
  contest: AssignmentContest<T, I>,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
): ComparedAssignments {
  const { winners, problems } = findWinners(contest);
  const resolved = contest.items.map((item) => resolveItem(item, live, kinds, parts));
  const found: { readonly at: number; readonly size: number; readonly change: Change }[] = [];
  const unchanged: Address[] = [];
  const dangling = new Map<Address, string>();
  const managed = new Map<string, Address>();
  for (const [object, at] of winners) {
    const assignment = resolved[at]?.assignment;
    if (!assignment) continue;
    const thing = contest.thing(object);
    managed.set(thing.id, thing.address);
    const change = diffAssignment(thing, assignment, dangling);
    if (change) found.push({ at, size: Math.abs(thing.amount ?? 0), change });
    else unchanged.push(thing.address);
  }
  const changes = found
    .sort((a, b) => a.at - b.at || b.size - a.size || byLabel(a.change, b.change))
    .map(({ change }) => change);
  const ruling = new Set(found.map(({ at }) => at));
  return {
    changes,
    unchanged: unchanged.sort(comparePoints),
    problems: [...problems, ...resolved.flatMap((each) => each.problems)],
    dangling,
    managed,
    rules: Object.fromEntries(
      contest.items.flatMap((item, at) =>
        item.type === 'rule' && ruling.has(at) ? [[placeOf(item.origin), item.when]] : [],
      ),
    ),
  };
}

const byLabel = (a: Change, b: Change): number =>
  comparePoints(a.label, b.label) || comparePoints(a.address, b.address);

interface ResolvedItem {
  /** Null where a problem says, here or elsewhere, why nothing can be said. */
  readonly assignment: Assignment | null;
  readonly problems: readonly Problem[];
}

function resolveItem(
  item: Item,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
): ResolvedItem {
  const { origin, targets } = item;
  const stated = targetKinds(targets, kinds).map((kind) => {
    const part = parts.get(kind.collection);
    if (!part || live.collections.get(kind.collection)?.scope !== 'all')
      throw new Error(`${kind.collection} were not read`);
    return { part, ...resolveReference(targets[kind.name] ?? null, part, { origin, address: null }) };
  });
  const problems = stated.flatMap((each) => each.problems);
  if (stated.some(({ unclear }) => unclear)) return { assignment: null, problems };
  const rule = item.type === 'rule' ? item : null;
  const assignment: Assignment = {
    targets: stated,
    enforced: rule?.overwrite ?? true,
    reason: rule ? 'rule' : 'config',
    source: { ...origin, rule: rule?.name ?? null },
  };
  return { assignment, problems };
}

/** The kinds that an item says something about, in the order of the kinds. */
export function targetKinds(targets: Targets, kinds: Kinds): readonly CollectionKind[] {
  return kinds.collections.filter(({ name }) => Object.hasOwn(targets, name));
}

function join(all: readonly ComparedAssignments[]): ComparedAssignments {
  return {
    changes: all.flatMap(({ changes }) => changes),
    unchanged: all.flatMap(({ unchanged }) => unchanged),
    problems: all.flatMap(({ problems }) => problems),
    dangling: new Map(all.flatMap(({ dangling }) => [...dangling])),
    managed: new Map(all.flatMap(({ managed }) => [...managed])),
    rules: Object.assign({}, ...all.map(({ rules }) => rules)),
  };
}
