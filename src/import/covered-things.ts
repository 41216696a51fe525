import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Address } from '../model/value.ts';
import { type AssignmentContest, lineContest, productContest, targetKinds } from '../plan/assign.ts';
import type { CollectionPart } from '../plan/collection-part.ts';
import { type Assignable, isGap } from '../plan/diff-assignment.ts';
import { resolveReference } from '../plan/resolve-reference.ts';
import { findWinners } from '../plan/winners.ts';
import type { Covered } from './covered.ts';

type Items = Desired['assignments'];
type Item = Items['products'][number] | Items['lineItems'][number];

/** What a configuration is compared with. */
export interface CoveringFacts {
  readonly live: Live;
  readonly kinds: Kinds;
  readonly parts: ReadonlyMap<string, CollectionPart>;
  /** The configuration's own file. */
  readonly own: string;
}

/** The products and lines that the items of a configuration have the say over. */
export function coveredThings({ assignments }: Desired, facts: CoveringFacts): Covered['things'] {
  const { lineItems, products } = assignments;
  const { live } = facts;
  return new Map([
    ...(products.length > 0 && live.products ? won(productContest(products, live), facts) : []),
    ...(lineItems.length > 0 && live.lines ? won(lineContest(lineItems, live), facts) : []),
  ]);
}

function won<T, I extends Item>(
  contest: AssignmentContest<T, I>,
  facts: CoveringFacts,
): readonly (readonly [Address, 'settled' | 'behind' | 'exception'])[] {
  const { winners } = findWinners(contest);
  const leaves = contest.items.map((item) => leaving(item, facts));
  return [...winners].map(([object, at]) => {
    const item = contest.items[at];
    const thing = contest.thing(object);
    if (leaves[at]?.(thing)) return [thing.address, 'exception'];
    const settled = item?.type === 'specific' || item?.origin.file === facts.own;
    return [thing.address, settled ? 'settled' : 'behind'];
  });
}

/** Whether a thing that an item wins has something else, which the item leaves to it: a rule that fills gaps, and finds none. */
function leaving(
  { origin, targets, ...item }: Item,
  { kinds, parts }: CoveringFacts,
): (thing: Assignable) => boolean {
  if (item.type === 'specific' || item.overwrite) return () => false;
  const stated = targetKinds(targets, kinds).flatMap((kind) => {
    const part = parts.get(kind.collection);
    return part
      ? [{ part, ...resolveReference(targets[kind.name] ?? null, part, { origin, address: null }) }]
      : [];
  });
  if (stated.some(({ unclear }) => unclear)) return () => false;
  return (thing) => {
    const pointing = stated.map(({ after, part }) => ({ after, part, id: thing.pointsTo(part.live.kind) }));
    // A gap is for the rule to fill.
    if (pointing.some(({ after, id, part }) => after !== null && isGap(part, id))) return false;
    return pointing.some(({ after, id, part }) => id !== null && part.addressOf(id) !== after);
  };
}
